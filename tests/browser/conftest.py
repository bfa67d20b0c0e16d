"""Real Chromium against a real portal. Every test here is marked `browser`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.looking import chromium, members, play
from tests.servers import Site

__all__ = ["chromium", "members", "play"]  # fixtures


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(params=[False, True], ids=["without script", "with script"])
def visitor(request: pytest.FixtureRequest, chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    """A survivor's browser, once without and once with script."""
    context = chromium.new_context(base_url=site.url, java_script_enabled=request.param)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(visitor: BrowserContext) -> Page:
    """A tab of the visitor."""
    return visitor.new_page()
