"""Every make of a survivor's pages in real Chromium, from the choice of a language to the closed number.

One language, one width, one page of each make: all languages, widths, colours and questions are in `make prove`.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser import tour
from tests.browser.looking import Looker, View
from tests.servers import Site

PHONE = View(360, 740)


def test_every_make_of_page_is_accessible_neutral_and_fits(chromium: Browser, site: Site, tmp_path: Path) -> None:
    looker = Looker(chromium, site, PHONE)
    tour.survivor(looker.walker, "be", tmp_path, looker, each_question=False, sections=("story", "health"))
    assert looker.found == []
    assert len(looker.seen) > 35
