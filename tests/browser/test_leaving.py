"""After leaving, the browser shows nothing of the visit: button, hidden link and Shift, with and without script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.browser import leaving
from tests.browser.leaving import Visit
from tests.servers import Site, founded


@pytest.fixture(scope="module")
def dull() -> Iterator[str]:
    """The address of the dull page."""
    with leaving.dull_site() as address:
        yield address


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, dull: str) -> Iterator[Site]:
    """A portal whose ways out lead to the dull page."""
    exits = {f"PORTAL_EXIT_URL_{each}": f"{dull}{each.lower()}" for each in ("BE", "RU", "EN", "AR")}
    yield from founded(tmp_path_factory.mktemp("site"), exits)


@pytest.fixture(scope="module")
def chromium(play: Playwright) -> Iterator[Browser]:
    """A browser that keeps copies of pages for Back."""
    browser = leaving.remembering(play)
    yield browser
    browser.close()


@pytest.fixture
def person(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    """A browser with script."""
    context = chromium.new_context(base_url=site.url)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.mark.parametrize(
    ("journey", "language", "has_script", "way"),
    [
        pytest.param("before_sending", "be", False, leaving.by_button, id="before, be, no script, button"),
        pytest.param("before_sending", "be", True, leaving.by_shift, id="before, be, script, Shift"),
        pytest.param("before_sending", "ar", True, leaving.by_button, id="before, ar, script, button"),
        pytest.param("after_sending", "be", True, leaving.by_shift, id="after, be, script, Shift"),
        pytest.param("after_sending", "ar", False, leaving.by_hidden_link, id="after, ar, no script, hidden link"),
    ],
)
def test_x7_nothing_is_shown_afterwards(
    chromium: Browser, site: Site, dull: str, journey: str, language: str, has_script: bool, way: leaving.Way
) -> None:
    context = chromium.new_context(java_script_enabled=has_script)
    visit = Visit(context.new_page(), site.url, language)
    getattr(leaving, journey)(visit)
    leaving.leave(visit, way, dull)
    assert leaving.after(visit) == []
    context.close()


LAYOUTS = {"ru": ("Ф", "KeyA"), "be": ("Ў", "KeyO"), "ar": ("ش", "KeyA")}  # a capital or a letter of each keyboard


class Keyboard:
    """Keys as a browser gets them from any layout: what the key means, and where it lies."""

    def __init__(self, page: Page) -> None:
        self.tools = page.context.new_cdp_session(page)

    def down(self, key: str, code: str, modifiers: int = 0, *, repeats: bool = False) -> None:
        """A key goes down, or is held."""
        self._send("keyDown" if len(key) == 1 else "rawKeyDown", key, code, modifiers, repeats)

    def up(self, key: str, code: str, modifiers: int = 0) -> None:
        """A key comes up."""
        self._send("keyUp", key, code, modifiers, False)

    def shift(self) -> None:
        """One press of Shift alone."""
        self.down("Shift", "ShiftLeft", 8)
        self.up("Shift", "ShiftLeft")

    def _send(self, kind: str, key: str, code: str, modifiers: int, repeats: bool) -> None:
        text = {"text": key} if kind == "keyDown" else {}
        values = {"type": kind, "key": key, "code": code, "modifiers": modifiers, "autoRepeat": repeats, **text}
        self.tools.send("Input.dispatchKeyEvent", values)


@pytest.fixture
def box(person: BrowserContext) -> Page:
    """A page with a field for words, which has the focus."""
    page = person.new_page()
    page.goto("/be/back/")
    page.focus("#code")
    return page


def is_here(page: Page) -> bool:
    """Is the person still on the page, after a moment in which a way out would have begun?"""
    page.wait_for_timeout(200)
    return page.query_selector("#code") is not None


@pytest.mark.parametrize("language", LAYOUTS)
def test_x2_x9_typing_capitals_on_each_keyboard_does_not_leave(box: Page, language: str) -> None:
    keys, (letter, code) = Keyboard(box), LAYOUTS[language]
    for _ in range(4):
        keys.down("Shift", "ShiftLeft", 8)
        keys.down(letter, code, 8)
        keys.up(letter, code, 8)
        keys.up("Shift", "ShiftLeft")
    assert is_here(box)
    assert box.input_value("#code") == letter * 4


def test_x2_x9_changing_the_keyboard_selecting_and_holding_do_not_leave(box: Page) -> None:
    keys = Keyboard(box)
    for other, bit in (("Alt", 1), ("Control", 2), ("Meta", 4)):
        for _ in range(3):  # the other key first, and Shift first
            keys.down(other, f"{other}Left", bit)
            keys.down("Shift", "ShiftLeft", bit | 8)
            keys.up("Shift", "ShiftLeft", bit)
            keys.up(other, f"{other}Left")
        for _ in range(3):
            keys.down("Shift", "ShiftLeft", 8)
            keys.down(other, f"{other}Left", bit | 8)
            keys.up(other, f"{other}Left", 8)
            keys.up("Shift", "ShiftLeft")
    for _ in range(3):
        keys.down("Shift", "ShiftLeft", 8)
        keys.down("ArrowLeft", "ArrowLeft", 8)
        keys.up("ArrowLeft", "ArrowLeft", 8)
        keys.up("Shift", "ShiftLeft")
    keys.down("Shift", "ShiftLeft", 8)
    for _ in range(20):
        keys.down("Shift", "ShiftLeft", 8, repeats=True)
    keys.up("Shift", "ShiftLeft")
    assert is_here(box)


def test_x2_two_presses_or_three_slow_ones_do_not_leave(box: Page) -> None:
    keys = Keyboard(box)
    for pause in (0, 5200, 0):
        keys.shift()
        box.wait_for_timeout(pause)
    assert is_here(box)


def test_x4_the_page_is_covered_before_anything_is_asked_of_the_server(box: Page) -> None:
    box.fill("#code", leaving.WORDS)
    left = box.evaluate(
        """() => {
          for (let press = 0; press < 3; press++)
            for (const kind of ['keydown', 'keyup'])
              document.dispatchEvent(new KeyboardEvent(kind, { key: 'Shift' }));
          return [document.body.innerHTML, document.title];
        }"""
    )
    assert left[0] == ""
    assert " - " in left[1]


def test_x9_with_sticky_keys_the_third_press_leaves_before_windows_asks_at_the_fifth(box: Page, dull: str) -> None:
    keys = Keyboard(box)
    for _ in range(3):  # the key stays down for the browser
        keys.down("Shift", "ShiftLeft", 8)
    box.wait_for_url(f"{dull}be")


def test_x7_a_copy_that_the_browser_kept_is_emptied_and_asked_for_anew(box: Page) -> None:
    box.fill("#code", leaving.WORDS)
    with box.expect_navigation():
        left = box.evaluate(
            """() => {
              window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
              return document.body.innerHTML;
            }"""
        )
    assert left == ""
    assert box.url.endswith("/be/back/")
    assert box.input_value("#code") == ""


def test_enter_in_the_field_of_the_number_goes_on(person: BrowserContext) -> None:
    page = person.new_page()
    page.goto("/be/back/")
    page.fill("#code", "12345 67890")
    with page.expect_navigation():
        page.press("#code", "Enter")
    assert page.query_selector(".problem")
    assert page.input_value("#code") == "12345 67890"
