"""Looking at pages: a browser, the people who sign in, and an eye that collects what is wrong with each page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from portal.ops.walkthrough import desk
from portal.ops.walkthrough.browser import WIDE, Walker
from tests.browser import eyes
from tests.servers import Site

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def play() -> Iterator[Playwright]:
    """The one connection to Playwright that a process can have; other files make their own."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def chromium(play: Playwright) -> Iterator[Browser]:
    """One browser for the tests of a file."""
    browser = launch(play)
    yield browser
    browser.close()


def launch(play: Playwright, *more: str) -> Browser:
    """Start a headless Chromium with more arguments; root needs it without its own sandbox."""
    return play.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *more], chromium_sandbox=False)


@pytest.fixture(scope="module")
def members(site: Site) -> dict[str, desk.Member]:
    """The demonstration people, with authenticators that never show a code twice."""
    people = site.founded["people"]
    return {one["login"]: desk.Member(one["login"], one["password"], one["totp"]) for one in people}


@dataclass(frozen=True)
class View:
    """How a page is shown: pixels, colour scheme, and whether the system forces its own colours."""

    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"
    is_forced: bool = False

    def __str__(self) -> str:
        """Name it in a finding."""
        return f"{self.width} px, {self.scheme}{', forced colours' if self.is_forced else ''}"

    def apply(self, page: Page) -> None:
        """Show the open page like this."""
        page.set_viewport_size({"width": self.width, "height": self.height})
        page.emulate_media(color_scheme=self.scheme, forced_colors="active" if self.is_forced else "none")


class Looker:
    """Looks at each page of a tour in every view and collects what is wrong. Script is on, so that axe-core can run."""

    def __init__(self, chromium: Browser, site: Site, *views: View) -> None:
        """Open a fresh profile. views: the page stands in the first one while the tour goes on."""
        self.walker = Walker(chromium, site.url, "looker", WIDE)
        self.walker.page.context.close()
        self.walker.page = chromium.new_context().new_page()
        self.walker.page.set_default_timeout(30_000)
        self.walker.look = lambda: None  # type: ignore[method-assign]
        self.views = views
        self.views[0].apply(self.walker.page)
        self.found: list[str] = []
        self.seen: list[str] = []
        self.looks = 0

    def __call__(self, name: str) -> None:
        """Note what is wrong with the page that is open."""
        page: Page = self.walker.page
        self.seen.append(name)
        for view in self.views:
            view.apply(page)
            self.looks += 1
            self.found += [f"{name} ({view}): {problem}" for problem in eyes.problems(page, view.is_forced)]
            if eyes.overflow(page) > 0:
                self.found.append(f"{name} ({view}): {eyes.overflow(page)} px too wide: {eyes.too_wide(page)}")
        if len(self.views) > 1:
            self.views[0].apply(page)
        if "/desk/states/" not in page.url:  # a State's page has the State's name
            self.found += [f"{name}: the title or address says {word}" for word in eyes.telling_words(page)]
