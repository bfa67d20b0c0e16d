"""One person's life here, in Chromium without script: invited, joined, admitted by six words, signed in, removed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage

from portal.ops.walkthrough import desk
from portal.ops.walkthrough.browser import PHONE, WIDE, Walker
from tests.browser import eyes
from tests.servers import Site

VIEWS: list[tuple[int, int, Any]] = [(360, 740, "light"), (1280, 900, "dark")]
PASSWORD = "plain words that nobody guessed"


class Person:
    """Somebody at a browser of the own; every page that is open is also looked at by axe in another, with script."""

    def __init__(self, chromium: Browser, site: Site, name: str, is_phone: bool = False) -> None:
        self.chromium, self.site = chromium, site
        self.walker = Walker(chromium, site.url, name, PHONE if is_phone else WIDE)
        self.page = self.walker.page
        self.refused: list[str] = []
        self.page.on("console", self._note)

    def _note(self, message: ConsoleMessage) -> None:
        if "Content Security" in message.text:
            self.refused.append(message.text)

    def go(self, path: str) -> None:
        self.walker.go(path)

    def press(self, selector: str) -> None:
        self.walker.press(selector)

    def fill(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.fill(f"[name={name}]", text)

    def look(self) -> None:
        """The markup of this page in a browser with script: no serious finding, nothing too wide."""
        context = self.chromium.new_context(base_url=self.site.url)
        other = context.new_page()
        other.goto("/desk/sign-in/")  # the same origin, for the style sheet
        other.set_content(self.page.content())
        for width, height, scheme in VIEWS:
            other.set_viewport_size({"width": width, "height": height})
            other.emulate_media(color_scheme=scheme)
            assert eyes.overflow(other) <= 0, (self.walker.path, width, eyes.too_wide(other))
            found = Axe().run(other).response["violations"]
            assert not [rule["id"] for rule in found if rule["impact"] in eyes.SERIOUS], (self.walker.path, found)
        context.close()


@pytest.fixture
def people(chromium: Browser, site: Site) -> Iterator[dict[str, Person]]:
    """Dana at a desk, Eva at a phone."""
    found = {"dana": Person(chromium, site, "dana"), "eva": Person(chromium, site, "eva", is_phone=True)}
    yield found
    for person in found.values():
        person.walker.close()
        assert not person.refused


def test_from_the_invitation_to_the_removal(people: dict[str, Person], members: dict[str, desk.Member]) -> None:
    dana, eva = people["dana"], people["eva"]
    desk.sign_in(dana.walker, members["dana"])
    link = invited(dana)
    member, words = joined(eva, link)
    admitted(dana, members["dana"], words)
    eva.press("text=Look again")
    assert "You are admitted" in eva.walker.text
    desk.sign_in(eva.walker, member)
    assert eva.walker.path == "/desk/"
    removed(dana, members["dana"])
    eva.go("/desk/")
    assert eva.walker.path.startswith("/desk/sign-in/")


def invited(dana: Person) -> str:
    """Dana makes a link; returns its path."""
    dana.press("nav >> text=People")
    dana.look()
    dana.press("text=Invite somebody")
    dana.look()
    dana.fill(name="Eva", login="eva", team="Demo team")
    dana.page.select_option("[name=role]", "caseworker")
    dana.press("text=Make the link")
    dana.look()
    return dana.page.inner_text("main pre").strip().removeprefix(dana.site.url)


def joined(eva: Person, link: str) -> tuple[desk.Member, list[str]]:
    """Eva makes password, authenticator and key, with one slip; returns them and the six words."""
    eva.go(link)
    eva.look()
    secret = re.sub(r"\s", "", eva.page.inner_text("main pre >> nth=1"))
    member = desk.Member("eva", PASSWORD, secret)
    eva.fill(password=PASSWORD, again=PASSWORD, code="000000")
    eva.press("text=Make my keys")
    assert "There is a problem" in eva.walker.text
    assert secret == re.sub(r"\s", "", eva.page.inner_text("main pre >> nth=1")), "nothing is lost"
    eva.look()
    eva.fill(password=PASSWORD, again=PASSWORD, code=member.code())
    eva.press("text=Make my keys")
    eva.look()
    return member, eva.page.locator(".spoken li").all_inner_texts()


def admitted(dana: Person, lead: desk.Member, words: list[str]) -> None:
    """Dana hears the words, types them and her code."""
    dana.go("/desk/people/")
    dana.look()
    dana.press("text=Hear the words")
    dana.look()
    dana.fill(spoken=", ".join(words).upper(), code=lead.code())
    dana.page.select_option("[name=role]", "caseworker")
    dana.press("main .step button")
    assert "Eva is admitted" in dana.walker.text


def removed(dana: Person, lead: desk.Member) -> None:
    """Dana reads what a removal does, and removes Eva."""
    dana.look()
    dana.press("main a[href$='/remove/']")
    dana.look()
    dana.fill(login="eva", code=lead.code())
    dana.press("main .step button")
    assert "Eva is removed" in dana.walker.text
    dana.look()
