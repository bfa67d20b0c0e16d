"""What each risk flag asks of the team: how urgent it is, what comes first, what it blocks, and who closes it.

The rules are data (flag_rules.json, from triage.md 3.1 and 4), the words are here. Which answer raises a flag is in
raised.json; how urgent it is then may be less than here, where the highest level stands that a flag can have.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.urgency import working_day
from people.models import Role

DATA = Path(__file__).with_name("flag_rules.json")
MEDIA, QUESTIONS = "media", "questions"  # what a flag may block; a safety hold blocks everything outside
Words = str | Promise


@dataclass(frozen=True, slots=True)
class FlagRule:
    """One flag. first: the role that closes it, or asks a second one to; second: "lead" where two people close it.

    word: whose professional word is needed, "lawyer", "clinician" or "". hours, working_days: until the first action.
    holds: the case goes into safety hold when it is raised by hand. by_two: it takes two people to raise it, too.
    """

    code: str
    level: str
    first: str
    steps: tuple[str, ...]
    second: str = ""
    word: str = ""
    hours: int = 0
    working_days: int = 0
    holds: bool = False
    by_two: bool = False
    blocks: frozenset[str] = frozenset()

    @property
    def is_for_lead(self) -> bool:
        """Is the first of the two, or the only one, a lead?"""
        return self.first == Role.LEAD

    def due(self, since: date) -> date:
        """The day by which the first action is done, for a flag that was raised on a day."""
        return since if self.hours else working_day(since, self.working_days)

    @property
    def actions(self) -> list[tuple[str, Words]]:
        """The first actions as (code, words), in their order."""
        return [(step, ACTIONS[self.code, step]) for step in self.steps]

    @property
    def closers(self) -> Words:
        """Who closes it, in words."""
        return CLOSERS[self.first, self.second, self.word]

    @property
    def blocked(self) -> list[Words]:
        """What it blocks, in words."""
        held = [HELD] if self.holds else []
        return [*held, *(BLOCKED[each] for each in sorted(self.blocks))]


@cache
def rules() -> dict[str, FlagRule]:
    """Every flag by its code, in the order of triage.md 4."""
    raw = json.loads(DATA.read_text(encoding="utf-8"))["flags"]
    found = [{**each, "steps": tuple(each["steps"]), "blocks": frozenset(each.get("blocks", ()))} for each in raw]
    return {each["code"]: FlagRule(**each) for each in found}


HELD = _("In a safety hold nothing of the case goes outside.")
BLOCKED: dict[str, Words] = {
    MEDIA: _("Nothing goes to media."),
    QUESTIONS: _("No further questions about what happened."),
}
CLOSERS: dict[tuple[str, str, str], Words] = {
    ("caseworker", "", ""): _("Whoever works on the case closes it."),
    ("caseworker", "", "lawyer"): _("Whoever works on the case closes it, once a lawyer has verified the date."),
    ("caseworker", "lead", "lawyer"): _("Two people close it, one of them a lead, on the word of a lawyer."),
    ("caseworker", "lead", "clinician"): _("Two people close it, one of them a lead, on the word of a clinician."),
    ("lead", "", ""): _("A lead closes it."),
    ("lead", "lead", ""): _("Two leads close it."),
}
ACTIONS: dict[tuple[str, str], Words] = {
    ("SUICIDE", "help"): _("See that the help page and its numbers reached them; write a short, warm answer."),
    ("SUICIDE", "call"): _("If they allow contact, somebody who has learned it calls and makes a safety plan."),
    ("SUICIDE", "vital"): _("Call the local emergency number only if they agree, or if their life is in danger now."),
    ("MINOR", "stop"): _("Ask nothing more about the violence."),
    ("MINOR", "child_lead"): _("Bring in the lead for the protection of children."),
    ("MINOR", "guardian"): _("Look whether whoever speaks for the child has interests of their own."),
    ("MINOR", "interest"): _("Write down what is best for the child, and why."),
    ("DETAINED", "appeal"): _("Offer an urgent appeal to the bodies that take one. Nothing public."),
    ("DETAINED", "family"): _("Look at the safety of the family before anything is sent."),
    ("DANGER", "ask_safe"): _("Answer at once: ask whether they are safe, and name whom they can call."),
    ("DANGER", "call_lead"): _("Call a lead, at any hour."),
    ("IN_BY", "no_contact"): _("Write to them only through the code. Ask for no files."),
    ("IN_BY", "advice"): _("Send the advice on safety, and keep as little as possible."),
    ("FAMILY", "pseudonym"): _("Use a pseudonym in everything that is written for others."),
    ("FAMILY", "un_name"): _("Give no name to bodies of the United Nations, and nothing to media."),
    ("REFOULEMENT", "asylum_lawyer"): _("Find an asylum lawyer on the same day."),
    ("REFOULEMENT", "interim"): _("Have it checked whether a court or body can stop the removal for now."),
    ("EXTRADITION", "notice"): _("Find a lawyer who can challenge the notice."),
    ("EXTRADITION", "travel"): _("Warn them: no border is crossed before a lawyer has looked at it."),
    ("LIMITATION", "earliest"): _("Look at the earliest day in every State that may take the case."),
    ("LIMITATION", "verify"): _("Have a lawyer verify that day."),
    ("FRESH_INJURY", "photos"): _("Ask for photographs with a scale beside the injury, today if they can."),
    ("FRESH_INJURY", "doctor"): _("Offer an examination by a doctor within days, and say why it cannot wait."),
    ("FRESH_INJURY", "clothes"): _("Ask them to keep the clothes, unwashed, in paper."),
    ("SUSPECT_ABROAD", "not_approach"): _("Tell them not to approach or follow anybody."),
    ("SUSPECT_ABROAD", "authority"): _("A lawyer speaks with the authority within hours."),
    ("TNR", "plan"): _("Make a plan for their safety with them."),
    ("TNR", "police"): _("Offer to bring in the local police through a lawyer."),
    ("SVG", "interviewer"): _("Let them choose a woman or a man to speak with."),
    ("SVG", "medical"): _("Offer medical help; what stands in the sealed part opens for two people only."),
    ("SVG", "murad"): _("Go through the list of the Murad Code before anything is asked."),
    ("HELPER_NO_MANDATE", "freeze"): _("Use nothing of the story."),
    ("HELPER_NO_MANDATE", "authority"): _("Ask the helper for the person’s own yes, or why it cannot be had."),
    ("CONFLICT", "change"): _("Change whoever works on it, or the lawyer, so that nobody named there is involved."),
    ("IMPOSTOR", "four_eyes"): _("Look at the reasons with a second lead. Say nothing of it to the person."),
    ("IMPOSTOR", "no_methods"): _("Tell nothing about our methods, members or other cases."),
    ("OVERDOC", "earlier"): _("Ask for the earlier text before any new question."),
}  # fmt: skip
