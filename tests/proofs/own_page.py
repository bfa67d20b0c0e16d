"""Where a person answers about a lawyer, a talk or a text keeps WCAG 2.2 AA as axe-core sees it, and fits the window.

In Belarusian and Arabic, at 320, 360 and 1280 pixels, by day and by night. PICTURES=folder keeps a picture of each, to
be looked at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from cases.actions import explaining
from cases.models import Case, Proposal, Text
from portal.ops.walkthrough.browser import chromium
from tests.browser import eyes
from tests.browser.looking import View
from tests.factories import cast as made
from tests.factories.cast import Cast, Survivor
from tests.factories.plans import passed_on, planned
from tests.factories.texts import WORD, answered, before_person, in_review, with_word

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = ((320, 640), (360, 740), (1280, 900))
VIEWS = [View(*size, scheme) for size in SIZES for scheme in ("light", "dark")]


class Eye:
    """One person's window; what is wrong with each page that is shown in it is collected."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language = page, language
        self.found: list[str] = []
        self.shots = Path(os.environ["PICTURES"]) if os.environ.get("PICTURES") else None
        if self.shots:
            self.shots.mkdir(parents=True, exist_ok=True)

    def look(self, name: str) -> None:
        """In all views: what axe-core says, and whether the page is wider than the window."""
        for view in VIEWS:
            view.apply(self.page)
            where = f"{self.language} {name} ({view})"
            self.found += [f"{where}: {problem}" for problem in eyes.problems(self.page)]
            self.found += [f"{where}: the title or address says {word}" for word in eyes.telling_words(self.page)]
            if eyes.overflow(self.page) > 0:
                self.found.append(f"{where}: {eyes.overflow(self.page)} px too wide: {eyes.too_wide(self.page)}")
            if self.shots and view.width != 320:
                path = self.shots / f"{self.language}-{name}-{view.width}-{view.scheme}.png"
                self.page.screenshot(path=path, full_page=True)

    def go(self, path: str, name: str) -> None:
        """Open a page and look at it."""
        self.page.goto(f"/{self.language}/{path}")
        self.look(name)


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def entered(browser: Browser, base: str, amina: Survivor, language: str) -> Page:
    """A window in which the number was typed."""
    page = browser.new_context(base_url=base).new_page()
    page.goto(f"/{language}/back/")
    page.fill("#code", amina.code.digits)
    page.click("main button.go")
    assert page.url.endswith("/page/")
    return page


@pytest.mark.parametrize("language", ["be", "ar"])
def test_the_pages_on_which_a_person_answers(
    live_server: Any, cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's loop runs in this thread
    monkeypatch.setattr("cases.actions.facts.assess_routes", lambda facts, on, language="en": made.ROUTES)
    amina = made.first_contact()
    made.assigned(amina, cast.ben)
    made.tell(amina)
    made.confirmed(amina, cast.ben)
    eye = Eye(entered(browser, live_server.url, amina, language), language)
    in_review(amina, cast)
    eye.go("page/lawyer/", "lawyer")
    passed_on(planned(Proposal.objects.get(), cast.lena), cast.ben)
    eye.go("page/talk/", "talk")
    second = with_word(amina)
    text = before_person(amina, cast, is_urgent=True)
    place = f"page/text/{text.id}/"
    eye.go("page/", "page")
    eye.go(place, "closed")
    eye.page.fill("#word", "не тое слова")
    eye.page.click("main button[name=do][value=open]")
    eye.look("wrong-word")
    eye.page.fill("#word", WORD)
    eye.page.click("main button[name=do][value=open]")
    eye.look("opened")
    eye.go(f"{place}own/", "own")
    eye.go(f"{place}filed/", "filed")
    eye.go(place, "opened")
    eye.page.click("main button[name=answer][value=changes]")
    eye.look("no-words")
    answered(amina, text, second=second)
    eye.go(place, "agreed")
    Text.objects.update(state=Text.State.TAKEN_BACK)
    aloud = before_aloud(amina, cast)
    eye.go(f"page/text/{aloud.id}/", "aloud")
    Case.objects.update(status=Case.Status.FILED)
    explaining.note(case=amina.fresh(), by=cast.ben.person, ring=cast.ben.ring)
    eye.go("page/stop/", "stop")
    assert eye.found == []


def before_aloud(amina: Survivor, cast: Cast) -> Text:
    """The same text, read to the person by telephone."""
    Case.objects.update(status=Case.Status.LEGAL_REVIEW)
    return before_person(amina, cast, aloud="па тэлефоне, па-беларуску, чытаў Бэн 29 лістапада")
