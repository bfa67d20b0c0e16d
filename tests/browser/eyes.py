"""What a test sees on a page: accessibility, overflow, neutral words, weight."""

from __future__ import annotations

import gzip
import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SERIOUS = {"serious", "critical"}
# Words that a title, an address or a file name must never hold (ux.md X8, F2), as stems in three languages.
TELLING = re.compile(
    r"tortur|tortu|katavan|катаван|пытк|гвалт|насил|беларус|belarus|свед|жертв|complain|скарг|жалоб|pytk", re.IGNORECASE
)
HTML_LIMIT, FIRST_LIMIT = 14 * 1024, 32 * 1024  # bytes as sent (ux.md W1)


def problems(page: Page) -> list[str]:
    """Serious and critical findings of axe-core, each with rule and first element."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found if each["impact"] in SERIOUS]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def telling_words(page: Page) -> list[str]:
    """Telling words in the title or in the address."""
    return TELLING.findall(f"{page.title()} {page.url}")


def weight(body: bytes, sheet: bytes = b"") -> int:
    """Bytes as sent: the page as it is, the style sheet compressed."""
    return len(body) + (len(gzip.compress(sheet)) if sheet else 0)
