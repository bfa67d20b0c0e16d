"""intake.weight: bytes as sent by gunicorn for every page of a survivor, in each language, against W1 of the design.

Static files go out compressed, pages never (BREACH). Of each page all is counted but the head of the answer, which is
given beside it.
"""

from __future__ import annotations

import http.client
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from portal.ops.deployment import Deployment

NAME = "intake.weight"
LANGUAGES = ("be", "ru", "en", "ar")
KIB = 1024
PAGE, SHEET, SCRIPTS, FIRST = 14 * KIB, 12 * KIB, 6 * KIB, 32 * KIB  # W1
LINKED = re.compile(r'(?:<link[^>]*\shref|<script[^>]*\ssrc|<img[^>]*\ssrc)="([^"]+)"')
OPENS = re.compile(r'<button class="fold" name="do" value="([^"]+)"')
SHOWN = {200, 404}  # there is a page for an address that leads nowhere, too
TOGETHER = 4


@dataclass(frozen=True)
class Sent:
    """One answer as it went over the wire."""

    place: str
    status: int
    encoding: str
    head: int
    body: int
    text: str


@dataclass(frozen=True)
class Visits:
    """Cookies: nobody; with five answers; with a number, before the notices; with a number, past them."""

    answered: str
    before: str
    past: str
    opened: dict[str, list[str]]  # the places to open with each of them, by language


def run() -> Iterator[dict[str, object]]:
    """Open every page; the worst of each language, the files that pages link, and a summary."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        portal = Deployment(Path(folder) / "state")
        try:
            portal.prepare("--demo=json")
            portal.start_redis()
            portal.start_web()
            yield from _measured(portal)
        finally:
            portal.stop()
            portal.remove()


def _measured(portal: Deployment) -> Iterator[dict[str, object]]:
    pages = {language: _pages(portal, language) for language in LANGUAGES}
    for language, found in pages.items():
        worst = max(found, key=lambda each: each.body)
        yield _line(f"html.{language}", worst.body, PAGE, page=worst.place, pages=len(found), head=worst.head)
    every = [page for found in pages.values() for page in found]
    files = {
        path: _get(portal, path) for path in sorted({path for page in every for path in LINKED.findall(page.text)})
    }
    sheet = sum(each.body for path, each in files.items() if path.endswith(".css"))
    scripts = sum(each.body for path, each in files.items() if path.endswith(".js"))
    others = [path for path in files if not path.endswith((".css", ".js"))]
    yield _line("css", sheet, SHEET, files=sum(path.endswith(".css") for path in files))
    yield _line("script", scripts, SCRIPTS, files=sum(path.endswith(".js") for path in files))
    first = max(
        page.body for page in every if page.place.endswith(("/be/", "/ru/", "/en/", "/ar/")) or page.place == "/"
    )
    yield _line("first", first + sheet, FIRST)
    yield _summary(every, files, others)


def _line(name: str, value: int, goal: int, **more: object) -> dict[str, object]:
    return {
        "name": f"{NAME}.{name}", "value": value, "unit": "bytes as sent", "goal": goal, "ok": value <= goal, **more
    }  # fmt: skip


def _summary(every: list[Sent], files: dict[str, Sent], others: list[str]) -> dict[str, object]:
    """What else must hold: pages are not compressed and padded, static files are compressed, nothing else is asked."""
    faults = [page.place for page in every if page.encoding or page.status not in SHOWN]
    faults += [page.place for page in every if page.body % (2 * KIB)]  # W5
    faults += [path for path, each in files.items() if each.status != 200 or each.encoding not in ("gzip", "br")]
    faults += others
    middle = sorted(page.body for page in every)[len(every) // 2]
    return {
        "name": NAME, "value": len(faults), "unit": "faults", "goal": 0, "ok": not faults, "pages": len(every),
        "median_bytes": middle, "largest_bytes": max(page.body for page in every),
        "largest_with_head": max(page.body + page.head for page in every), "faults": faults[:5],
    }  # fmt: skip


def _pages(portal: Deployment, language: str) -> list[Sent]:
    """Every page in one language, as nobody, with five answers, and with a number."""
    visits = Visits(**json.loads(portal.python("-m", "bench.intake_weight", language).strip().splitlines()[-1]))
    wanted = [("", "/")] if language == LANGUAGES[0] else []
    for cookie, kind in (
        ("", "anybody"),
        (visits.answered, "first"),
        (visits.before, "inside"),
        (visits.past, "inside"),
    ):
        wanted += [(cookie, f"/{language}/{place}") for place in visits.opened[kind]]
    with ThreadPoolExecutor(TOGETHER) as pool:
        return [page for found in pool.map(lambda each: list(_opened(portal, *each)), wanted) for page in found]


def _opened(portal: Deployment, cookie: str, path: str) -> Iterator[Sent]:
    """A page, then the same with each of its folded groups opened; nothing where it leads elsewhere."""
    page = _get(portal, path, cookie)
    if page.status == 302:
        return
    yield page
    for group in OPENS.findall(page.text):
        yield _get(portal, f"{path}?open={group}", cookie)


def _get(portal: Deployment, path: str, cookie: str = "") -> Sent:
    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=60)
    headers = {"Host": "localhost", "Accept-Encoding": "gzip, deflate, br"}
    headers |= {"Cookie": f"__Host-s={cookie}"} if cookie else {}
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    head = sum(len(name) + len(value) + len(": \r\n") for name, value in answer.getheaders())
    connection.close()
    encoding = answer.getheader("Content-Encoding") or ""
    status_line = len(f"HTTP/1.1 {answer.status} {answer.reason}\r\n\r\n")
    text = "" if encoding else body.decode()
    return Sent(path, answer.status, encoding, head + status_line, len(body), text)


# -- in the deployment's own process -------------------------------------------------------------------------------


def _main(language: str) -> None:
    import django

    django.setup()
    from tests.factories import places, visits

    opened = {"anybody": places.ANYBODY, "first": places.FIRST_CONTACT, "inside": places.inside(language)}
    sys.stdout.write(json.dumps({**visits.make(language), "opened": opened}) + "\n")


if __name__ == "__main__":
    _main(sys.argv[1])
