"""The road on a running deployment, through its pages only: to a draft in a lawyer's hands, or to what is filed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from playwright.sync_api import Browser

from portal.ops.deployment import Deployment
from portal.ops.walkthrough import desk, exhibits, survivor
from portal.ops.walkthrough.browser import Clock
from portal.ops.walkthrough.story import Story
from portal.ops.walkthrough.team import Team


@dataclass
class Road:
    """One walk: who plays whom, and what came of it. It leads to a draft, which any lawyer may get."""

    base: str
    browser: Browser
    members: dict[str, desk.Member]
    story: Story
    folder: Path  # the exhibits and the packages go here
    shots: Path | None = None
    clock: Clock = field(default_factory=Clock)
    code: str = field(default="", repr=False)
    reference: str = ""

    @cached_property
    def team(self) -> Team:
        """Everybody at the desk."""
        return Team(self.browser, self.base, self.members, self.shots)

    def first_half(self) -> None:
        """Up to a request for a dossier, with a letter and its answer on the way."""
        self.tell()
        self.prepare()
        with self.clock.step("caseworker: request"):
            desk.ask_for_dossier(self.team.of("ben"), self.reference, self.story, "Lena")

    def release(self, lead: str = "dana") -> None:
        """A lead who did not ask approves."""
        with self.clock.step("lead: approve"):
            desk.approve(self.team.of(lead), self.members[lead], self.story)
        self.team.leave(lead)

    def deliver(self) -> Path:
        """Wait for the worker, then download, verify and acknowledge as the lawyer."""
        with self.clock.step("worker: build"):
            desk.wait_until_built(self.team.of("ben"), self.reference)
        with self.clock.step("lawyer: download, verify, acknowledge"):
            package = desk.receive(self.team.of("lena"), self.folder)
        self.team.close()
        return package

    def tell(self) -> None:
        """The survivor's part: first contact, account, files, sending."""
        walker = self.team.walker("survivor", is_phone=True)
        with self.clock.step("survivor: five answers"):
            self.code = survivor.first_contact(walker, self.story)
        with self.clock.step("survivor: account"):
            survivor.tell(walker, self.story)
        with self.clock.step("survivor: files"):
            survivor.attach(walker, self._files())
        with self.clock.step("survivor: send"):
            survivor.send(walker)
        walker.close()

    def prepare(self) -> None:
        """The caseworker's part: reading, letters, facts, the sentences of each complaint."""
        walker = self.team.of("ben")
        with self.clock.step("caseworker: take, read"):
            self.reference = desk.take(walker)
            desk.read_account(walker, self.reference, self.story)
        with self.clock.step("letters"):
            desk.write_letter(walker, self.reference, self.story)
            self._answer()
            desk.read_reply(walker, self.reference, self.story)
        with self.clock.step("caseworker: facts, sentences"):
            desk.confirm_facts(walker, self.reference)
            desk.write_facts(walker, self.reference, self.story)

    def _answer(self) -> None:
        walker = self.team.walker("return", is_phone=True)
        survivor.come_back(walker, self.code, self.story)
        walker.close()

    def _files(self) -> list[tuple[Path, str]]:
        photo = exhibits.photograph(self.folder / self.story.photo_file, self.story.photo_marker)
        paper = exhibits.paper(self.folder / self.story.paper_file, self.story.paper_marker)
        picture = exhibits.screenshot(self.folder / self.story.picture_file)
        return [(photo, self.story.photo), (paper, self.story.paper), (picture, self.story.picture)]


def members_of(portal: Deployment) -> dict[str, desk.Member]:
    """Make the demonstration organisation of a fresh deployment and return its people by login."""
    printed = portal.prepare("--demo=json").strip().splitlines()[-1]
    people = json.loads(printed)["people"]
    return {one["login"]: desk.Member(one["login"], one["password"], one["totp"]) for one in people}
