"""Leaving in a real browser, and looking afterwards for whatever it still shows of the visit (ux.md X1 to X4, X7).

Back and forward copies of pages are on, as in everybody's browser; Playwright would switch them off. The dull page is a
web server of our own at another address, so that nothing is intercepted: interception would switch the cache off.
"""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Playwright
from playwright.sync_api import Error as PlaywrightError

from tests.browser.looking import ARGUMENTS, CHROMIUM

DULL = "The weather"
GO = "main button[name=do][value=go]"
LEAVE = "a.exit"
FIRST = (("ELG-01", "BY"), ("ELG-02", "LT"), ("SAF-04", "none"), ("CTC-01", "code_only"), ("CNS-01", "yes"))
ADDRESS, WORDS = "+370 600 00 000", "Мяне спынілі каля метро. أوقفوني قرب المترو"
Way = Callable[[Page], None]
TRACES = """() => [
  document.title, document.documentElement.outerHTML,
  ...[...document.querySelectorAll('input, textarea')].filter(each => each.type != 'hidden').map(
    each => ['radio', 'checkbox'].includes(each.type) ? (each.checked ? 'ticked ' + each.name : '') : each.value)
]"""


@contextmanager
def dull_site() -> Iterator[str]:
    """A web server that knows nothing of us; its address."""

    class Weather(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<!doctype html><title>{DULL}</title><h1>{DULL}</h1>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Weather)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def remembering(play: Playwright) -> Browser:
    """A Chromium that keeps copies of pages for Back, as it does for everybody."""
    kept = ["--disable-back-forward-cache"]
    return play.chromium.launch(
        executable_path=CHROMIUM, args=ARGUMENTS, chromium_sandbox=False, ignore_default_args=kept
    )


@dataclass
class Visit:
    """One person's visit: what was typed, what was ticked, where it was.

    words: nothing of this may be seen afterwards. places: addresses that were open.
    """

    page: Page
    base: str
    language: str
    words: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    def go(self, place: str) -> None:
        """Open a page of ours by its address."""
        self.page.goto(f"{self.base}/{self.language}/{place}")
        self.note()

    def note(self) -> None:
        """Remember where we are."""
        if self.page.url not in self.places:
            self.places.append(self.page.url)

    def press(self, selector: str) -> None:
        """Press something that leads to another page of ours."""
        with self.page.expect_navigation():
            self.page.click(selector)
        self.note()

    def answer(self, number: int) -> None:
        """Give the answers of the first contact up to a question; open the next one."""
        self.go("q/1/")
        for question, value in FIRST[:number]:
            self.page.check(f"main input[name={question}-value][value={value}]")
            self.press(GO)

    def send(self) -> None:
        """Make first contact; the number is among what nobody may see."""
        self.answer(len(FIRST))
        self.words.append(self.page.inner_text("main .code bdi >> nth=1"))
        self.press("main button[name=do][value=send]")

    def type(self, selector: str, words: str) -> None:
        """Type words that are not sent."""
        self.page.fill(selector, words)
        self.words.append(words)


def before_sending(visit: Visit) -> None:
    """A form that was refused, which the browser keeps with what was posted; then answers that are not sent."""
    visit.go("back/")
    visit.type("#code", "12345 67890")
    visit.press(GO)
    assert visit.page.query_selector(".problem")
    visit.go("q/4/")
    visit.page.check("main input[value=signal]")
    visit.type("main input[name=CTC-02-value]", ADDRESS)


def after_sending(visit: Visit) -> None:
    """First contact, the page after it with the number, the own page, and a letter that is half written."""
    visit.send()
    visit.go("page/")
    visit.go("page/letter/")
    visit.type("main textarea", WORDS)


def by_button(page: Page) -> None:
    """Press the button (X1)."""
    page.click(LEAVE)


def by_hidden_link(page: Page) -> None:
    """The hidden link comes directly after the skip link (X3): Tab, Enter."""
    page.focus("a.skip[href='#main']")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "hidden skip"
    page.keyboard.press("Enter")


def by_shift(page: Page) -> None:
    """Three presses of Shift (X2)."""
    for _ in range(3):
        page.keyboard.press("Shift")


def leave(visit: Visit, way: Way, dull: str) -> None:
    """Leave and arrive at the dull page."""
    way(visit.page)
    visit.page.wait_for_url(f"{dull}**")
    assert visit.page.inner_text("h1") == DULL


def after(visit: Visit) -> list[str]:
    """What the browser still shows of a visit that was left: reload, Back, Forward, a new tab with each old address.

    Returns one line for each trace; an empty list is what has to come out.
    """
    tab = Tab(visit.page)
    found = tab.reload().traces(visit, "the dull page")
    steps = 0
    while tab.move(-1):
        steps += 1
        found += tab.traces(visit, f"Back {steps}")
        found += tab.reload().traces(visit, f"Back {steps}, reload")
    for step in range(steps):
        assert tab.move(1)
        found += tab.traces(visit, f"Forward {step + 1}")
    for place in visit.places:
        page = visit.page.context.new_page()
        page.goto(place)
        found += Tab(page).traces(visit, f"new tab {urlsplit(place).path}")
        page.close()
    return found


class Tab:
    """A tab by the protocol of the developer tools: Playwright loses its hold on a page that comes back as a copy."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def send(self, method: str, **values: Any) -> Any:
        """Send one command; while the tab changes from one page to another it is asked again."""
        for attempt in range(40):
            tools = self.page.context.new_cdp_session(self.page)
            try:
                return tools.send(method, values)
            except PlaywrightError:
                if attempt == 39:
                    raise
                self.page.wait_for_timeout(50)
            finally:
                tools.detach()
        return None

    def move(self, by: int) -> bool:
        """Go through the history as the buttons of the browser do; False at its end."""
        history = self.send("Page.getNavigationHistory")
        wanted = history["currentIndex"] + by
        if not 0 <= wanted < len(history["entries"]) or history["entries"][wanted]["url"] == "about:blank":
            return False
        self.send("Page.navigateToHistoryEntry", entryId=history["entries"][wanted]["id"])
        self._settle(lambda: self.send("Page.getNavigationHistory")["currentIndex"] == wanted)
        return True

    def reload(self) -> Tab:
        """Reload; a page that answered a form sends it once more."""
        self._value("window.isOld = true")
        self.send("Page.reload")
        self._settle(lambda: not self._value("window.isOld"))
        return self

    def traces(self, visit: Visit, where: str) -> list[str]:
        """Words of the visit, and answers that are given, on the page that is open."""
        seen = [str(each) for each in self._value(f"({TRACES})()")]
        told = [f"{where}: {word}" for word in visit.words if any(word in each for each in seen)]
        return told + [f"{where}: {each}" for each in seen if each.startswith("ticked ")]

    def _settle(self, is_there: Callable[[], bool]) -> None:
        """Wait until something holds and the page is complete, and a moment for what its script does then."""
        for _ in range(200):
            if is_there() and self._value("document.readyState") == "complete":
                break
            self.page.wait_for_timeout(25)
        self.page.wait_for_timeout(50)

    def _value(self, expression: str) -> Any:
        found = self.send("Runtime.evaluate", expression=expression, returnByValue=True)
        return found["result"].get("value")
