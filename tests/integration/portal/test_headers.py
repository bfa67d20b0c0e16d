"""Every address of the real site, asked for by a stranger: the same headers, no cookie too many, sizes in steps."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from portal.middleware import PAD_STEP

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SAMPLES = {
    "lang": "be",
    "int": "1",
    "slug": "x",
    "uuid": "6d8d1d5e-7b0e-4d3c-9a52-3a8d8f6f0a11",
    "str": "BY",
    "path": "LT/22",
    "reference": "7QK-4MT",
}
PINNED = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def addresses() -> Iterator[tuple[str, Any]]:
    """Every address with sample values in its places, and its view."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, Any]]:
        for entry in patterns:
            route = before + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, route)
            else:
                filled = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], route)
                yield "/" + filled, entry.callback

    yield from walk(get_resolver().url_patterns, "")


def test_there_is_something_to_look_at() -> None:
    found = [address for address, _ in addresses()]
    assert len(found) > 30
    assert {"/", "/be/", "/exit/", "/desk/", "/desk/sign-in/"} <= set(found)


def test_every_answer_to_a_stranger_carries_the_pinned_headers() -> None:
    client = Client()
    for address, _ in addresses():
        for answer in (client.get(address), client.post(address, {"do": "go"})):
            assert {name: answer.headers.get(name) for name in PINNED} == PINNED, address
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"], address
            assert "Content-Encoding" not in answer.headers, address
            if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
                assert len(answer.content) % PAD_STEP == 0, address
            assert answer.status_code < 500, address


def test_no_address_sets_a_cookie_of_the_other_side() -> None:
    for address, _ in addresses():
        cookies = Client().get(address).cookies
        allowed = settings.DESK_COOKIE_NAME if address.startswith("/desk/") else settings.SESSION_COOKIE_NAME
        assert set(cookies) <= {allowed}, address
        assert not any(cookie["expires"] or cookie["domain"] for cookie in cookies.values() if cookie.value), address


def test_a_stranger_reaches_no_page_of_the_desk_but_the_sign_in() -> None:
    from django.urls import reverse

    for address, view in addresses():
        if address.startswith("/desk/") and not getattr(view, "open_to_all", False):
            answer = Client().get(address)
            assert answer.status_code == 302, address
            assert answer.headers["Location"].startswith(reverse("people:sign-in")), address


def test_a_form_without_a_token_changes_nothing_anywhere() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = Client(enforce_csrf_checks=True)
    for address, _ in addresses():
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(address, {"do": "go"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403, address
        assert not [q for q in queries if re.match(r"(INSERT|UPDATE|DELETE)", q["sql"])], address


def test_crawlers_may_read_the_pages_about_us_and_nothing_else() -> None:
    answer = Client().get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain"
    assert answer.content.decode().splitlines() == [
        "User-agent: *", "Allow: /be/about/", "Allow: /ru/about/", "Allow: /en/about/", "Allow: /ar/about/",
        "Disallow: /",
    ]  # fmt: skip
    assert not answer.cookies
