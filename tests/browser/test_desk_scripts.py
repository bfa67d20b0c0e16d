"""The small scripts of the desk in a real browser, without a portal: letters in a list, the line about P0, citing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.environment import BASE_DIR

LIST = """<form role="search"><input type="search"><select><option>ja<option>no</select></form>
<table data-moves><tbody>
<tr><td><input type="checkbox" id="t1"></td><th><a class="ref" href="/one/">1</a></th></tr>
<tr><td><input type="checkbox" id="t2"></td><th><a class="ref" href="/two/">2</a></th></tr>
<tr><th><a class="ref" href="/three/">3</a></th></tr></tbody></table><form data-moves-help hidden>j k o x /</form>"""
LINE = '<div role="status" data-urgent="/urgent/"></div><p id="typed" contenteditable>half a sentence</p>'
CITE = """<form id="write-form"><textarea name="text"></textarea><input name="sources" value="A 2">
<button>go</button></form>
<button form="write-form" name="cite" value="&para; 1"><b>one</b></button>
<button form="write-form" name="cite" value="E-001/1">two</button>"""
QUIET = {"words": "", "link": "", "address": ""}
NEWS = {"words": "1 case of P0 <b>waits</b>.", "link": "Look at it", "address": "/desk/?view=urgent"}


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A page of our own; whatever it asks for is answered here."""
    context = chromium.new_context(base_url="http://desk.invalid")
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def begin(page: Page, html: str, script: str) -> None:
    """Show a page with one of the scripts."""
    page.route("**/*", lambda route: route.fulfill(content_type="text/html", body=html))
    page.goto("/")
    page.add_script_tag(path=BASE_DIR / "static" / script)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent || document.activeElement.type"))


def test_letters_move_tick_find_and_open(tab: Page) -> None:
    begin(tab, LIST, "desk-list.js")
    assert tab.is_visible("[data-moves-help]")
    seen = []
    for key in ("ArrowDown", "j", "j", "j", "j", "k", "ArrowUp", "ArrowDown", "о"):
        tab.keyboard.press(key) if key.isascii() else tab.keyboard.insert_text(key)
        seen.append(focused(tab)[-1])
    assert "".join(seen[1:8]) == "1233212"
    tab.keyboard.press("x")
    assert tab.is_checked("#t2")
    assert not tab.is_checked("#t1")
    tab.keyboard.press("Control+j")
    assert focused(tab) == "2"
    tab.keyboard.press("/")
    tab.keyboard.type("jok/x")
    assert tab.input_value("input[type=search]") == "jok/x", "in a field letters are letters"
    tab.focus("select")
    tab.keyboard.press("j")
    assert tab.url.endswith("/")
    tab.focus("#t1")
    tab.keyboard.press("x")
    assert tab.is_checked("#t1")
    with tab.expect_navigation():
        tab.keyboard.press("o")
    assert tab.url.endswith("/one/")


def test_on_a_cyrillic_keyboard_the_places_count(tab: Page) -> None:
    begin(tab, LIST, "desk-list.js")
    press = """([key, code]) => document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', {key, code, bubbles: true, cancelable: true}))"""
    for pair in (["о", "KeyJ"], ["о", "KeyJ"], ["ч", "KeyX"]):
        tab.evaluate(press, pair)
    assert focused(tab) == "2"
    assert tab.is_checked("#t2")
    tab.evaluate(press, [".", "Slash"])
    assert focused(tab) == "search"


def test_a_page_asks_each_half_minute_and_says_what_it_is_told(tab: Page) -> None:
    answers = [(200, QUIET), (200, NEWS), (500, {}), (200, NEWS), (200, QUIET), (403, {}), (200, NEWS)]
    asked = []
    tab.clock.install()
    begin(tab, LINE, "desk-urgent.js")
    tab.route(
        "**/urgent/",
        lambda route: route.fulfill(status=answers[len(asked)][0], json=asked.append(0) or answers[len(asked) - 1][1]),
    )
    words = f"{NEWS['words']} {NEWS['link']}"
    for place, said in enumerate(["", words, words, words, "", "", "", ""], 1):
        tab.clock.fast_forward(30_000)
        for _ in range(250):  # the answer may take a while on a busy machine
            if len(asked) < min(place, 6):
                tab.wait_for_timeout(20)
        expect(tab.locator("[data-urgent]")).to_have_text(said)
    assert len(asked) == 6, "after a refusal it asks no more"
    assert tab.inner_text("#typed") == "half a sentence"


def test_a_paragraph_is_cited_without_leaving_the_place_and_once(tab: Page) -> None:
    begin(tab, CITE, "desk-cite.js")
    tab.fill("textarea", "half a sentence")
    for button in ("b", "button[value='E-001/1']", "b"):
        tab.click(button)
    assert tab.input_value("input[name=sources]") == "A 2, ¶ 1, E-001/1"
    assert tab.input_value("textarea") == "half a sentence"
    assert tab.evaluate("document.activeElement.name") == "text"
    assert tab.url.endswith("/"), "the page was not sent"
