"""One browser without script, as small as can be: it keeps a cookie, reads forms, and counts what it asked for."""

from __future__ import annotations

import http.client
import re
from html.parser import HTMLParser
from urllib.parse import urlencode

Fields = dict[str, list[str]]
COOKIE = re.compile(r"([^=;]+)=([^;]*)")


class _Form(HTMLParser):
    """The fields of a page as they stand, without its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        is_empty = found.get("type") in ("radio", "checkbox") and "checked" not in found
        if tag == "input" and found.get("name") and not is_empty:
            self.fields.setdefault(str(found["name"]), []).append(found.get("value") or "")


class Browser:
    """A visitor of a server on 127.0.0.1. answers: how many requests were made.

    origin: what it says with each form; "null" is what browsers say on pages that send no referrer.
    """

    def __init__(self, port: int, cookies: dict[str, str] | None = None, origin: str = "null") -> None:
        self.port, self.cookies, self.origin, self.answers = port, dict(cookies or {}), origin, 0

    def get(self, path: str) -> str:
        """Open a page and return its HTML. Raises AssertionError unless it is there."""
        status, body = self.ask("GET", path)
        assert status == 200, f"{path}: {status}"
        return body

    def post(self, path: str, fields: dict[str, object]) -> str:
        """Send a form and return where it leads. Raises AssertionError unless it was accepted."""
        status, place = self.ask("POST", path, urlencode(fields, doseq=True))
        assert status == 302, f"{path}: {status}"
        return place

    def fill(self, path: str, given: dict[str, object]) -> str:
        """Open a page, change fields of its form, send it."""
        form = _Form()
        form.feed(self.get(path))
        return self.post(path, {**form.fields, **given})

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        """One request; returns the status and the page, or where a redirection leads."""
        headers = {"Host": "localhost", "Origin": self.origin, "Sec-Fetch-Site": "same-origin"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        self.answers += 1
        for line in answer.headers.get_all("Set-Cookie") or []:
            if found := COOKIE.match(line):
                self.cookies[found[1].strip()] = found[2]
        return answer.status, answer.headers.get("Location") or text
