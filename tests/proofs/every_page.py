"""Every page keeps WCAG 2.2 AA as axe-core sees it, and fits at 320 to 1280 pixels, by day and night, at double text.

In be, ru, en and ar. Survivors' pages also with forced colours. One tour for each language and each member of staff;
at every stop the page is shown in all views in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from portal.ops.walkthrough import desk
from portal.ops.walkthrough.road import Road
from portal.ops.walkthrough.story import invented
from tests.browser import tour
from tests.browser.looking import Looker, View, chromium, launch, members, play
from tests.servers import Site

__all__ = ["chromium", "members", "play"]  # fixtures

SIZES = [(320, 640), (360, 740), (1280, 900)]
VIEWS = [View(*size, scheme) for size in SIZES for scheme in ("light", "dark")]
FORCED = [View(320, 640, "light", is_forced=True), View(1280, 900, "dark", is_forced=True)]
LARGE = [View(*size) for size in SIZES]
DOUBLE_TEXT = "--blink-settings=defaultFontSize=32"  # as in the browser's own settings; media queries in rem follow
LANGUAGES = ["be", "ru", "en", "ar"]
PAGES_OF_A_CASE = 12  # fewer would mean that the tour lost its way


@pytest.fixture(scope="module", autouse=True)
def road(site: Site, chromium: Browser, members: dict, tmp_path_factory: pytest.TempPathFactory) -> Road:
    """A case with an account, letters, facts and a dossier that waits for a lead; made before any other case comes."""
    made = Road(site.url, chromium, members, invented(), tmp_path_factory.mktemp("road"))
    made.first_half()
    return made


@pytest.fixture
def look(chromium: Browser, site: Site) -> Iterator[Callable[[], Looker]]:
    """Makes an eye for all plain views, for each person who looks; at the end nothing was wrong."""
    made: list[Looker] = []

    def make() -> Looker:
        made.append(Looker(chromium, site, *VIEWS))
        return made[-1]

    yield make
    for each in made:
        each.walker.page.context.close()
    found = [fault for each in made for fault in each.found]
    assert not found, "\n".join(found)


def test_doors_of_the_desk(look: Callable[[], Looker], members: dict) -> None:
    looker = look()
    tour.doors(looker.walker, members["chloe"], looker)


def test_caseworker(look: Callable[[], Looker], members: dict, road: Road) -> None:
    looker = look()
    desk.sign_in(looker.walker, members["ben"])
    tour.staff(looker.walker, road.reference, looker)
    assert len(looker.seen) > PAGES_OF_A_CASE


def test_lead_then_lawyer(look: Callable[[], Looker], members: dict, road: Road) -> None:
    lead, lawyer = look(), look()
    desk.sign_in(lead.walker, members["marek"])
    tour.lead(lead.walker, lead)
    road.release()
    road.deliver()
    desk.sign_in(lawyer.walker, members["lena"])
    tour.lawyer(lawyer.walker, lawyer)


@pytest.fixture(scope="module")
def large(play: Playwright) -> Iterator[Browser]:
    """A browser whose owner has set the text to double size."""
    browser = launch(play, DOUBLE_TEXT)
    yield browser
    browser.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_survivor(chromium: Browser, site: Site, language: str, tmp_path: Path) -> None:
    walk(Looker(chromium, site, *VIEWS, *FORCED), language, tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_survivor_with_text_at_200_percent(site: Site, large: Browser, language: str, tmp_path: Path) -> None:
    looker = Looker(large, site, *LARGE)
    assert looker.walker.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    walk(looker, language, tmp_path)


def walk(looker: Looker, language: str, folder: Path) -> None:
    """Walk past every page of a survivor; nothing was wrong with them."""
    tour.survivor(looker.walker, language, folder, looker)
    looker.walker.page.context.close()
    least = tour.PAGES_WITHOUT_ACCOUNT if language == "ar" else tour.PAGES_OF_A_SURVIVOR
    assert len(looker.seen) > least
    assert not looker.found, "\n".join(looker.found)
