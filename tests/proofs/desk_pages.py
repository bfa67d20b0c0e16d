"""Every page of staff and lawyers, taken from the addresses, keeps WCAG 2.2 AA as axe-core sees it and fits the window.

At 360 and 1280 pixels, by day and by night, in the browser of each role whose page is a different one; the pages of
errors too; a caseworker's pages also in Belarusian at 360 pixels. PICTURES=folder keeps a picture of each, to be
looked at.
"""

from __future__ import annotations

import os
import re
import sys
from base64 import b32decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver, resolve
from django_otp.oath import totp
from playwright.sync_api import Browser, Page

from people import first_run
from portal.ops.walkthrough.browser import chromium
from tests.attack.matrix import COLUMNS, PUBLIC, TABLE
from tests.browser import eyes
from tests.browser.looking import View
from tests.factories import cast as made
from tests.factories.cast import Cast
from tests.factories.world import World, address, named
from tests.proofs._busy_desk import Busy, Stop, busy_desk, cookie_of

pytestmark = pytest.mark.django_db(transaction=True)

VIEWS = [View(*size, scheme) for size in ((360, 740), (1280, 900)) for scheme in ("light", "dark")]
NARROW = [VIEWS[0]]
NO_PAGES = {  # what stands behind these addresses is nothing to look at
    "cases:urgent": "JSON for the line that tells leads of danger",
    "cases:exhibit": "the original as a download",
    "cases:exhibit-page": "the picture of one page, shown inside view-exhibit",
    "cases:package": "a download",
    "cases:paper": "a download",
    "cases:form-to-sign": "a download",
    "cases:dates-file": "a download",
    "cases:brief-file": "a download",
    "cases:own-paper": "a download",
    "cases:own-form": "a download",
    "cases:own-dates-file": "a download",
}
SECRET = re.compile(r"(?:[A-Z2-7]{4} ?){8}")  # of an authenticator, as it is typed
GO = "main form button.go"


def pages() -> set[str]:
    """The names of all addresses of the desk that answer a GET with a page, as the address book has them now."""
    desk = set(named(get_resolver())) - PUBLIC
    return {name for name in desk if any(cell in ("200", "go", "404", "409") for cell in TABLE[name, "GET"])} - set(
        NO_PAGES
    )


def in_the_table(world: World) -> Iterator[Stop]:
    """Each page for the first who may, and for leads and lawyers, whose pages differ."""
    for (name, method), cells in TABLE.items():
        may = [column for column, cell in zip(COLUMNS, cells, strict=True) if cell == "200"]
        others = ("lawyer",) if name.startswith("jurisdictions:") else ("lead", "lawyer")
        shown = [column for column in may if column == may[0] or column in others]
        if method == "GET" and name not in NO_PAGES and name not in ("people:sign-in", "people:unlock"):
            yield from (Stop(name, column, address(name, world.arguments)) for column in shown)


class Eye:
    """Everybody's windows; what is wrong with each page that is shown in them is collected."""

    def __init__(self, browser: Browser, base: str, world: World | None = None) -> None:
        self.browser, self.base, self.world = browser, base, world
        self.tabs: dict[str, Page] = {}
        self.seen: set[str] = set()
        self.found: list[str] = []
        self.views, self.language = VIEWS, ""
        self.shots = Path(os.environ["PICTURES"]) if os.environ.get("PICTURES") else None
        if self.shots:
            self.shots.mkdir(parents=True, exist_ok=True)

    def tab(self, column: str) -> Page:
        """The window of somebody, signed in by the cookie that the pages gave."""
        if column not in self.tabs:
            context = self.browser.new_context(base_url=self.base)
            value = cookie_of(self.world.clients[column]) if self.world and column in self.world.clients else ""
            if value:
                safe = {"secure": True, "httpOnly": True, "sameSite": "Strict"}
                context.add_cookies(
                    [{"name": "__Host-d", "value": value, "url": self.base.replace("http:", "https:"), **safe}]
                )
            self.tabs[column] = context.new_page()
            self.tabs[column].set_default_timeout(30_000)
        return self.tabs[column]

    def open(self, stop: Stop) -> Page:
        """Open a page and look at it."""
        page = self.tab(stop.column)
        answer = page.goto(stop.path)
        assert answer is not None
        if answer.status != stop.status or not page.url.endswith(stop.path):
            self.note(f"{stop}: answered {answer.status} at {page.url.removeprefix(self.base)}")
        self.look(stop.column, stop.name if stop.status == 200 else f"{stop.name} {stop.status}")
        return page

    def press(self, column: str, selector: str, name: str) -> Page:
        """Press a button and look at what comes."""
        page = self.tab(column)
        with page.expect_navigation():
            page.click(selector)
        self.look(column, name)
        return page

    def look(self, column: str, name: str) -> None:
        """In all views: what axe-core says, and whether the page is wider than the window."""
        page = self.tab(column)
        path = page.url.removeprefix(self.base).split("?")[0].split("#")[0]
        if not name[-3:].isdigit() and path.startswith("/desk/"):
            self.seen.add(resolve(path).view_name)
        for view in self.views:
            view.apply(page)
            where = f"{name} as {column} ({view}{self.language})"
            for problem in eyes.problems(page):
                self.note(f"{where}: {problem}")
            if eyes.overflow(page) > 0:
                self.note(f"{where}: {eyes.overflow(page)} px too wide: {eyes.too_wide(page)}")
            self.picture(page, f"{column}-{name}{self.language}-{view.width}", view)

    def note(self, fault: str) -> None:
        """Keep a fault, and say it now: the whole round takes a quarter of an hour."""
        self.found.append(fault)
        sys.stdout.write(f"{fault}\n")

    def picture(self, page: Page, name: str, view: View) -> None:
        """Keep a picture by day."""
        if self.shots and view.scheme == "light":
            plain = name.replace(":", "-").replace(" ", "_").replace(",", "")
            page.screenshot(path=self.shots / f"{plain}.png", full_page=True)


@pytest.fixture
def busy(live_server: Any, cast: Cast, loaded: object, monkeypatch: pytest.MonkeyPatch) -> Busy:
    monkeypatch.setattr("cases.actions.facts.assess_routes", lambda facts, on, language="en": made.ROUTES)
    return busy_desk(cast)


def test_every_page_of_the_desk(live_server: Any, busy: Busy, monkeypatch: pytest.MonkeyPatch) -> None:
    with chromium() as browser:
        eye = Eye(browser, live_server.url, busy.world)
        own = [*busy.stops, *in_the_table(busy.world)]
        for stop in own:
            eye.open(stop)
        opening(eye, busy)
        again = [stop for stop in own if stop.column == "own" and stop.name != "people:make-passkey"]  # five minutes
        in_belarusian(eye, again)
        doors(eye, busy)
        monkeypatch.setattr("cases.views.moved.render", broken)
        eye.open(Stop("server error", "own", "/desk/moved/", 500))
    left = [f"nobody looked at {name}" for name in sorted(pages() - eye.seen - {"people:first-run"})]
    assert not [*left, *eye.found], "\n".join([*left, *sorted(set(eye.found))])


def opening(eye: Eye, busy: Busy) -> None:
    """What comes after a purpose or a word: the account, an exhibit, facts, the sealed part, a search, two errors."""
    page, at = eye.tab("own"), busy.world.arguments
    purpose(eye, address("cases:account", at), "account opened")
    while page.locator("main button[name=place]").count():
        eye.press("own", "main button[name=place] >> nth=0", "account unfolded")
    eye.open(Stop("cases:account", "own", f"{address('cases:account', at)}?beside=en"))
    eye.open(Stop("cases:facts", "own", address("cases:facts", at)))
    for number, stop in enumerate(each for each in busy.stops if each.name == "cases:view-exhibit"):
        page.goto(stop.path)
        eye.press("own", "main form[action$='/open/'] button", f"exhibit {number} opened")
    sealed = next(stop.path for stop in busy.stops if stop.name == "cases:sealed")
    purpose(eye, sealed, "sealed reading")
    page.goto("/desk/search/")
    page.fill("input[name=words]", "Мінск")
    page.check("input[name=place][value=all]")
    page.check("input[name=purpose][value=assessment]")
    eye.press("own", GO, "search found")
    page.goto(address("cases:letters", at))
    eye.press("own", GO, "letter empty")


def purpose(eye: Eye, path: str, name: str) -> None:
    """Say what it is opened for."""
    page = eye.tab("own")
    page.goto(path)
    page.check("main input[name=purpose] >> nth=0")
    eye.press("own", "main form:has(input[name=purpose]) button", name)


def doors(eye: Eye, busy: Busy) -> None:
    """Sign-in refused, the code, and the way of a new member to the words."""
    eye.tabs.pop("nobody").context.close()
    page = eye.tab("nobody")
    page.goto("/desk/sign-in/")
    chloe = busy.world.members["beside"]
    for password, name in (("not the password", "sign-in refused"), (chloe.password, "code")):
        page.fill("input[name=login]", "chloe")
        page.fill("input[name=password]", password)
        eye.press("nobody", "main button", name)
    eye.tabs.pop("nobody").context.close()
    page = eye.tab("nobody")
    page.goto(next(stop.path for stop in busy.stops if stop.name == "people:join"))
    fill_set_up(page)
    eye.press("nobody", "main form button", "joined")


def fill_set_up(page: Page) -> None:
    """A long password twice, and the code of the secret that the page shows."""
    shown = page.locator("main pre").all_inner_texts()
    secret = b32decode(next(each for each in shown if SECRET.fullmatch(each)).replace(" ", ""))
    for box in ("password", "again"):
        page.fill(f"main input[name={box}]", "an invented long password")
    page.fill("main input[name=code]", f"{totp(secret):06d}")


def in_belarusian(eye: Eye, stops: list[Stop]) -> None:
    """The caseworker chooses the language, and goes round once more."""
    page = eye.tab("own")
    page.goto("/desk/account/")
    page.click(".tongue summary")
    with page.expect_navigation():
        page.click(".tongue button[value=be]")
    eye.views, eye.language = NARROW, ", be"
    for stop in stops:
        eye.open(stop)
    eye.views, eye.language = VIEWS, ""


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("a fault that nobody foresaw")


def test_the_first_run(live_server: Any, fresh_deployment: None, settings: Any, tmp_path: Path) -> None:
    settings.STATE_DIR = tmp_path
    path = address("people:first-run", {"token": first_run.issue()})
    with chromium() as browser:
        eye = Eye(browser, live_server.url)
        page = eye.open(Stop("people:first-run", "nobody", path))
        eye.press("nobody", "main form button.go", "first run empty")
        for box in ("name", "login", "team"):
            page.fill(f"main input[name={box}]", "dana")
        fill_set_up(page)
        eye.press("nobody", "main form button.go", "first run done")
    assert "people:first-run" in eye.seen
    assert not eye.found, "\n".join(eye.found)
