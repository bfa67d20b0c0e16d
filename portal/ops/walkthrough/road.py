"""The whole road on a running deployment, through its pages only."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize

from portal.ops.deployment import Deployment
from portal.ops.walkthrough import desk, exhibits, survivor
from portal.ops.walkthrough.browser import PHONE, WIDE, Clock, Walker
from portal.ops.walkthrough.story import Story


@dataclass
class Road:
    """One walk: who plays whom, and what came of it."""

    base: str
    browser: Browser
    members: dict[str, desk.Member]
    story: Story
    folder: Path  # the exhibits and the package go here
    shots: Path | None = None
    clock: Clock = field(default_factory=Clock)
    code: str = field(default="", repr=False)
    reference: str = ""

    def walk(self) -> Path:
        """From the first page to the acknowledged package; returns its path. Raises Stuck."""
        self.first_half()
        self.release()
        return self.deliver()

    def first_half(self) -> None:
        """Up to a request for a dossier, with a letter and its answer on the way."""
        self._tell()
        self._prepare()

    def release(self, lead: str = "dana") -> None:
        """A lead who did not ask approves."""
        walker = self._walker("lead", WIDE)
        with self.clock.step("lead: approve"):
            desk.sign_in(walker, self.members[lead])
            desk.approve(walker, self.members[lead], self.story)
        walker.close()

    def deliver(self) -> Path:
        """Wait for the worker, then download, verify and acknowledge as the lawyer."""
        walker = self._walker("lawyer", WIDE)
        with self.clock.step("worker: build"):
            desk.wait_until_built(self._caseworker, self.reference)
        self._caseworker.close()
        with self.clock.step("lawyer: download, verify, acknowledge"):
            desk.sign_in(walker, self.members["lena"])
            package = desk.receive(walker, self.folder)
        walker.close()
        return package

    def _tell(self) -> None:
        walker = self._walker("survivor", PHONE)
        with self.clock.step("survivor: five answers"):
            self.code = survivor.first_contact(walker, self.story)
        with self.clock.step("survivor: account"):
            survivor.tell(walker, self.story)
        with self.clock.step("survivor: files"):
            survivor.attach(walker, self._files())
        with self.clock.step("survivor: send"):
            survivor.send(walker)
        walker.close()

    def _prepare(self) -> None:
        walker = self._caseworker = self._walker("caseworker", WIDE)
        with self.clock.step("caseworker: sign in, take, read"):
            desk.sign_in(walker, self.members["ben"])
            self.reference = desk.take(walker)
            desk.read_account(walker, self.reference, self.story)
        with self.clock.step("letters"):
            desk.write_letter(walker, self.reference, self.story)
            self._answer()
            desk.read_reply(walker, self.reference, self.story)
        with self.clock.step("caseworker: facts, routes, request"):
            desk.confirm_facts(walker, self.reference)
            desk.write_facts(walker, self.reference, self.story)
            desk.ask_for_dossier(walker, self.reference, self.story, "Lena")

    def _answer(self) -> None:
        walker = self._walker("return", PHONE)
        survivor.come_back(walker, self.code, self.story)
        walker.close()

    def _files(self) -> list[tuple[Path, str]]:
        photo = exhibits.photograph(self.folder / self.story.photo_file, self.story.photo_marker)
        paper = exhibits.paper(self.folder / self.story.paper_file, self.story.paper_marker)
        picture = exhibits.screenshot(self.folder / self.story.picture_file)
        return [(photo, self.story.photo), (paper, self.story.paper), (picture, self.story.picture)]

    def _walker(self, name: str, size: ViewportSize) -> Walker:
        return Walker(self.browser, self.base, name, size, self.shots)


def members_of(portal: Deployment) -> dict[str, desk.Member]:
    """Make the demonstration organisation of a fresh deployment and return its people by login."""
    printed = portal.prepare("--demo=json").strip().splitlines()[-1]
    people = json.loads(printed)["people"]
    return {one["login"]: desk.Member(one["login"], one["password"], one["totp"]) for one in people}
