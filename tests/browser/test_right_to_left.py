"""Arabic in real Chromium: the way from the start to taking everything back, and every page of it looked at."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import tour
from tests.browser.looking import Looker, View
from tests.servers import Site

PHONE, NIGHT = View(360, 740), View(320, 640, "dark")
GO = "main button[name=do][value=go]"
ANSWERS = (("ELG-01", "BY"), ("ELG-02", "LT"), ("SAF-04", "none"), ("CTC-01", "code_only"), ("CNS-01", "yes"))
WORDS = "أريد أن أتحدث إليكم. رقمي +370 600 00 000"
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
SIDES = "node => { const box = node.getBoundingClientRect(); return [box.left, innerWidth - box.right]; }"


def press(page: Page, selector: str) -> None:
    """Press a button and wait for the next page."""
    with page.expect_navigation():
        page.click(selector)


def first_contact(page: Page) -> str:
    """Give the five answers and send them; returns the digits."""
    page.goto("/ar/q/1/")
    for question, value in ANSWERS:
        page.check(f"input[name={question}-value][value={value}]")
        press(page, GO)
    digits = "".join(page.inner_text("main .code").split())
    press(page, "main button[name=do][value=send]")
    return digits


def test_first_contact_return_letter_taking_back_and_exit(visitor: BrowserContext, page: Page) -> None:
    digits = first_contact(page)
    assert page.url.endswith("/ar/sent/")
    visitor.clear_cookies()
    page.goto("/ar/back/")
    page.fill("#code", digits.translate(ARABIC_DIGITS))
    press(page, GO)
    assert page.url.endswith("/ar/page/")
    page.goto("/ar/page/letter/")
    page.fill("textarea", WORDS)
    press(page, GO)
    page.click("details.fold summary")
    assert page.inner_text("article.letter .voice") == WORDS
    page.goto("/ar/page/permissions/")
    press(page, "main form button >> nth=0")
    assert "سُحبت" in page.inner_text("main")
    visitor.route("https://ar.wikipedia.org/**", lambda route: route.fulfill(body="weather"))
    page.click(".exit")
    page.wait_for_url("https://ar.wikipedia.org/**")
    page.goto("/ar/page/")
    assert page.url.endswith("/ar/back/")


def test_the_page_is_mirrored_the_number_is_not_and_each_line_has_its_own_direction(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for language, exit_side in (("be", 0), ("ar", 1)):
        page.goto(f"/{language}/leaving/")
        sides = {name: page.eval_on_selector(name, SIDES) for name in (".exit", ".person", ".list li")}
        assert sides[".exit"][exit_side] < sides[".exit"][1 - exit_side]
        assert sides[".person"][1 - exit_side] < sides[".person"][exit_side]
        assert page.eval_on_selector("html", "node => node.scrollWidth") <= 360
    first_contact(page)
    page.click("details.fold summary")
    lefts = [box["x"] for group in page.query_selector_all(".code bdi") if (box := group.bounding_box())]
    assert lefts[0] < lefts[1] < lefts[2]
    page.goto("/ar/page/letter/")
    widths = "node => [getComputedStyle(node).borderLeftWidth, getComputedStyle(node).borderRightWidth]"
    assert page.eval_on_selector("textarea", widths) == ["1px", "4px"]  # the line where the page begins
    page.fill("textarea", "Latin letters")
    assert page.eval_on_selector("textarea", widths) == ["1px", "4px"]
    assert page.eval_on_selector("textarea", "node => getComputedStyle(node).unicodeBidi") == "plaintext"


def test_the_whole_number_is_seen_while_it_is_typed(page: Page) -> None:
    for language, digits in (("be", "1234567890" * 3), ("ar", " ".join(["٠١٢٣٤"] * 6))):
        page.goto(f"/{language}/back/")
        page.fill("#code", digits)
        press(page, GO)
        assert page.query_selector(".problem")
        for width in (360, 320):
            page.set_viewport_size({"width": width, "height": 640})
            hidden = "node => [node.scrollWidth - node.clientWidth, node.scrollHeight - node.clientHeight]"
            assert page.eval_on_selector("#code", hidden) == [0, 0]
        assert page.input_value("#code") == digits


def test_every_page_in_arabic_is_accessible_neutral_and_fits(chromium: Browser, site: Site, tmp_path: Path) -> None:
    looker = Looker(chromium, site, PHONE, NIGHT)
    tour.survivor(looker.walker, "ar", tmp_path, looker)
    assert looker.found == []
    assert len(looker.seen) > tour.PAGES_WITHOUT_ACCOUNT
