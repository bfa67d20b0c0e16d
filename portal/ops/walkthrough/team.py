"""The people of the desk: each in a browser of their own, signed in once, with what all of them do."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from portal.ops.walkthrough import desk
from portal.ops.walkthrough.browser import PHONE, WIDE, Stuck, Walker
from portal.ops.walkthrough.desk import Member

GO = "main form button.go"


class Team:
    """Everybody's browser. members: by login. shots: a folder for a picture of every page, or None."""

    def __init__(self, browser: Browser, base: str, members: dict[str, Member], shots: Path | None = None) -> None:
        self.browser, self.base, self.members, self.shots = browser, base, members, shots
        self.walkers: dict[str, Walker] = {}

    def of(self, login: str) -> Walker:
        """The browser of a member."""
        if login not in self.walkers:
            self.walkers[login] = self.walker(login)
            desk.sign_in(self.walkers[login], self.members[login])
        return self.walkers[login]

    def walker(self, name: str, *, is_phone: bool = False) -> Walker:
        """A browser of its own."""
        return Walker(self.browser, self.base, name, PHONE if is_phone else WIDE, self.shots)

    def decide(self, lead: str, reference: str, kind: str, *, is_agreed: bool = True) -> None:
        """A lead reads what is asked about a case, and decides with a fresh code."""
        walker = self.of(lead)
        walker.go("/desk/approvals/")
        walker.press(f"main a[href*='/desk/approvals/asked/']:has-text('{kind}'):has-text('{reference}')")
        walker.page.fill("textarea[name=reason]", "I have read it.")
        walker.page.fill("input[name=code]", self.members[lead].code())
        walker.press(f"main button[name=decision][value={'agree' if is_agreed else 'refuse'}]")

    def leave(self, login: str) -> None:
        """One goes home."""
        self.walkers.pop(login).close()

    def close(self) -> None:
        """Everybody goes home."""
        for walker in self.walkers.values():
            walker.close()
        self.walkers.clear()


def expect(walker: Walker, words: str) -> None:
    """Raise Stuck unless the page says something."""
    if words.lower() not in walker.text.lower():
        raise Stuck(f"{walker.name}: “{words}” is not said at {walker.path}: {walker.text[:400]}")
