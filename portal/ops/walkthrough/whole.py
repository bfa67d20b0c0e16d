"""The whole road: a lawyer with the mandate, the person's yes to each text, two dossiers for filing that verify."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from portal.ops.walkthrough import approval, desk, filing, mandate
from portal.ops.walkthrough.filing import Filed
from portal.ops.walkthrough.road import Road

LEADS = ("dana", "marek")  # in turn, so that nobody waits for a code that was not used yet


@dataclass
class Whole(Road):
    """From the first page to what the lawyer files. authority: the certificate of who says the time."""

    authority: Path = Path()
    points: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with the first lead."""
        self._leads = cycle(LEADS)

    def walk(self) -> dict[str, Filed]:
        """What the lawyer has at the end, by variant. Raises Stuck."""
        self.tell()
        self.prepare()
        self.engage()
        self.draft()
        self.agree()
        found = {variant: self.file(variant) for variant in self.story.facts}
        self.team.close()
        return found

    def engage(self) -> None:
        """Two people look for a lawyer, two name her, the person says yes, she takes the mandate and gets the brief."""
        team, case = self.team, self.reference
        with self.clock.step("two caseworkers, two leads: accept"):
            mandate.give_second(team, case, "dana", "chloe")
            mandate.ask_for_lawyer(team, case, "ben", "marek")
        with self.clock.step("lead, survivor: name the lawyer"):
            mandate.record(team, "dana", "Lena", "be")
            mandate.name_lawyer(team, case, "ben", "dana", "Lena", self.code)
        with self.clock.step("lawyer: conflict check, mandate, brief"):
            mandate.take_mandate(team, "lena")
            mandate.give_office(team, "lena")
            mandate.hand_over(team, case, "ben", "lena", self.story.account.split("\n")[0][:40])
            mandate.take_step(team, "lena", "draft")

    def draft(self) -> None:
        """A draft of each text, in which the lawyer clears every marked point; then it goes to the second reader."""
        for variant in self.story.facts:
            number = self._made(variant, "draft")
            with self.clock.step(f"{variant}: lawyer clears the points of the draft"):
                lena = self.team.of("lena")
                filing.fetch(lena, number, self.folder)
                self.points[variant] = filing.clear_points(lena)
        mandate.take_step(self.team, "lena", "review_draft")

    def agree(self) -> None:
        """Each text in the person's own language, shown by a lead, read in both languages, agreed to."""
        ben, dana, case = self.team.of("ben"), self.team.of("dana"), self.reference
        key = filing.route_key(ben, case)
        with self.clock.step("survivor: second word"):
            approval.set_word(self.team, self.code, self.story)
        for variant in self.story.facts:
            with self.clock.step(f"{variant}: caseworker puts, lead shows"):
                approval.put(ben, case, key, variant, self.story)
                approval.show(dana, case, key, variant)
        with self.clock.step("survivor: read both texts, say yes"):
            approval.read_and_agree(self.team, self.code, self.story)
        approval.answers(ben, case, len(self.story.facts))

    def file(self, variant: str) -> Filed:
        """The dossier that will be filed, in the lawyer's hands, verified and acknowledged."""
        number = self._made(variant, "filing")
        with self.clock.step(f"{variant}: lawyer downloads, verifies, acknowledges"):
            return filing.receive(self.team.of("lena"), number, self.folder, self.authority)

    def _made(self, variant: str, purpose: str) -> int:
        """Asked for, released, built; returns its number."""
        ben, lead = self.team.of("ben"), next(self._leads)
        with self.clock.step(f"{variant}: {purpose} asked for and released"):
            number = desk.ask_for_dossier(ben, self.reference, self.story, "Lena", variant=variant, purpose=purpose)
            filing.release(
                self.team.of(lead), self.members[lead], self.story, is_for_filing=purpose == "filing"
            )  # fmt: skip
        with self.clock.step(f"{variant}: {purpose} built"):
            desk.wait_until_built(ben, self.reference, number)
        return number
