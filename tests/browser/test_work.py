"""The script that works for a form, in a real browser, without a portal: it finds what the server accepts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from portal.environment import BASE_DIR
from tests.factories.work import zeros

SCRIPT = BASE_DIR / "static" / "intake-work.js"
MOST = 2560  # bytes
MARKS = ("00112233445566778899aabbccddeeff", "f" * 32, "0123456789abcdef" * 2)
FORM = '<form action="/taken/"><input type="hidden" name="work" id="work" data-mark="{}" data-bits="{}"{}></form>'
DONE = "document.getElementById('work').value !== ''"


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A page that is served without TLS, where browsers have no crypto.subtle."""
    context = chromium.new_context(base_url="http://form.invalid")
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def begin(page: Page, mark: str, bits: int, more: str = "") -> None:
    """Show a form and start the script."""
    html = FORM.format(mark, bits, more)
    page.route(
        "**/*",
        lambda route: route.fulfill(
            content_type="text/html", body=html if "taken" not in route.request.url else "thank you"
        ),
    )
    page.goto("/")
    page.add_script_tag(path=SCRIPT)


def test_it_is_small() -> None:
    assert Path(SCRIPT).stat().st_size <= MOST


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("bits", [0, 1, 8, 13])
def test_it_finds_a_number_that_counts_without_the_browsers_own_hash(tab: Page, mark: str, bits: int) -> None:
    begin(tab, mark, bits)
    assert tab.evaluate("!window.crypto || !window.crypto.subtle")
    tab.wait_for_function(DONE)
    found = tab.input_value("#work")
    assert zeros(mark, found) >= bits
    assert all(zeros(mark, str(number)) < bits for number in range(int(found)))


def test_a_page_stays_quick_while_it_works(tab: Page) -> None:
    begin(tab, MARKS[0], 32)
    script = """() => new Promise(done => {
        const gaps = []; let last = performance.now();
        const timer = setInterval(() => {
            gaps.push(performance.now() - last); last = performance.now();
            if (gaps.length === 40) { clearInterval(timer); gaps.sort((a, b) => a - b); done(gaps[20]); }
        }, 5);
    })"""
    assert tab.evaluate(script) < 100  # the middle one of forty, on a busy machine


def test_while_waiting_it_sends_when_the_turn_has_come(tab: Page) -> None:
    begin(tab, MARKS[0], 32, ' data-sends="1"')
    tab.wait_for_url("**/taken/**")


def test_while_waiting_it_sends_at_once_when_work_helps(tab: Page) -> None:
    begin(tab, MARKS[0], 4, ' data-sends="600" data-helps="1"')
    tab.wait_for_url("**/taken/?work=*")


def test_where_nothing_is_waited_for_it_never_sends(tab: Page) -> None:
    begin(tab, MARKS[0], 1)
    tab.wait_for_function(DONE)
    tab.wait_for_timeout(300)
    assert "taken" not in tab.url
