"""What a test sees on a page: accessibility, overflow, neutral words, weight."""

from __future__ import annotations

import gzip
import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe().axe_script
SERIOUS = {"serious", "critical"}
WCAG = {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"}  # what of axe-core's rules is WCAG 2.2 AA
# Words that a title, an address or a file name must never hold (ux.md X8, F2), as stems in four languages.
TELLING = re.compile(
    r"tortur|tortu|katavan|катаван|пытк|гвалт|насил|беларус|belarus|свед|жертв|complain|скарг|жалоб|pytk|تعذيب|عنف|بيلاروس|شكوى",
    re.IGNORECASE,
)
HTML_LIMIT, FIRST_LIMIT = 14 * 1024, 32 * 1024  # bytes as sent (ux.md W1)

WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(node => node.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
  .filter((node, at, all) => !all.some(other => other !== node && node.contains(other)))
  .slice(0, 3).map(node => node.outerHTML.slice(0, 100))"""

# The brightness of a colour, and the colour behind an element, as WCAG 2.2 counts them.
LIGHT = """
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const line = part => (part /= 255) <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * line(r) + 0.7152 * line(g) + 0.0722 * line(b);
  const ground = node => {
    for (; node; node = node.parentElement) {
      const found = parts(getComputedStyle(node).backgroundColor);
      if (found.length === 3 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
"""
PALE = (
    "() => {"
    + LIGHT
    + """
  const contrast = node => {
    const [low, high] = [light(parts(getComputedStyle(node).color)), light(ground(node))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const hasText = node => [...node.childNodes].some(each => each.nodeType === 3 && each.data.trim());
  return [...document.querySelectorAll('body *')].filter(hasText)
    .filter(node => contrast(node) < 4.5).map(node => node.outerHTML.slice(0, 120));
}"""
)


def problems(page: Page, is_forced: bool = False) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA, and whatever else is serious; each with rule and first element.

    is_forced: the system forces its colours. Then axe reads colours that nobody sees; pale() looks at the real ones.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    rules = {"color-contrast": {"enabled": not is_forced}, "target-size": {"enabled": True}}  # 2.5.8 is off by default
    options = {"resultTypes": ["violations"], "rules": rules}
    found = page.evaluate("options => axe.run(options).then(all => all.violations)", options)
    counting = [each for each in found if each["impact"] in SERIOUS or WCAG & set(each["tags"])]
    faults = [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in counting]
    return faults + (pale(page) if is_forced else [])


def pale(page: Page) -> list[str]:
    """Texts whose colour as computed has a contrast below 4.5 to the first ground behind them."""
    return [f"pale: {text}" for text in page.evaluate(PALE)]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def too_wide(page: Page) -> list[str]:
    """The innermost elements that stand out at the end of the window."""
    return [str(each) for each in page.evaluate(WIDE)]


def telling_words(page: Page) -> list[str]:
    """Telling words in the title or in the address."""
    return TELLING.findall(f"{page.title()} {page.url}")


def weight(body: bytes, sheet: bytes = b"") -> int:
    """Bytes as sent: the page as it is, the style sheet compressed."""
    return len(body) + (len(gzip.compress(sheet)) if sheet else 0)
