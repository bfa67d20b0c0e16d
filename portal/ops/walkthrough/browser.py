"""A person at a browser: Debian's Chromium without script, one profile each, every press timed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Request, ViewportSize, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}


class Stuck(Exception):
    """The walk did not find what a person would look for; the text names the step and the page's path."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium; root needs it without its own sandbox."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class Walker:
    """One person's browser. `shots`: a folder for a picture of every page, or None."""

    def __init__(self, browser: Browser, base: str, name: str, size: ViewportSize, shots: Path | None = None) -> None:
        context = browser.new_context(
            java_script_enabled=False, viewport=size, ignore_https_errors=True, accept_downloads=True
        )
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.base, self.name, self.shots = base, name, shots
        self._shot = 0
        self.refused: list[str] = []
        self.page.on("request", self._note_request)

    def go(self, path: str) -> None:
        """Open a path of the portal."""
        self.page.goto(self.base + path)
        self.look()

    def press(self, selector: str) -> None:
        """Press a button or a link and wait for the next page."""
        with self.page.expect_navigation():
            self.page.click(selector)
        self.look()

    def look(self) -> None:
        """Fail on an error page; take the picture."""
        if self.page.title().startswith(("Error", "Памылка", "Ошибка", "خطأ")):
            raise Stuck(f"{self.name}: an error page at {self.path}")
        if self.shots is not None:
            self._shot += 1
            self.page.screenshot(path=self.shots / f"{self.name}-{self._shot:02d}.png", full_page=True)

    @property
    def path(self) -> str:
        """Where the person is."""
        return self.page.url.removeprefix(self.base)

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.inner_text("main")

    def expect(self, fragment: str) -> None:
        """Fail unless the path holds a fragment."""
        if fragment not in self.path:
            raise Stuck(f"{self.name}: expected {fragment}, is at {self.path}")

    def close(self) -> None:
        """Close the profile; a foreign host that was asked for is a failure."""
        self.page.context.close()
        if self.refused:
            raise Stuck(f"{self.name}: a page asked a foreign host")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith(self.base):
            self.refused.append(request.url)


class Clock:
    """Seconds per step, in the order they were taken."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step."""
        started = time.monotonic()
        yield
        self.seconds[name] = round(self.seconds.get(name, 0) + time.monotonic() - started, 2)
