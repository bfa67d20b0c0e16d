"""The lawyer's own steps along the table: to the interview, to the translation, to the draft."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import guards
from cases.actions import moving
from cases.actions.offering import lock
from cases.actions.papers import require_reader
from cases.errors import Refused
from cases.guards import Line, Sight
from cases.models import Proposal
from cases.workflow import is_possible
from people.models import Person
from vault.keyring import Keyring

WORDS: dict[str, str | Promise] = {
    "interview": _("Begin with the interview"),
    "draft": _("Draft without an interview"),
    "translate": _("Give the record to a translator"),
    "draft_interview": _("Draft; no translation is needed"),
    "draft_translated": _("Draft from the translation"),
    "review_draft": _("Give the draft to a second reader"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A step that the table allows now, with its conditions."""

    code: str
    words: str | Promise
    lines: list[Line]

    @property
    def is_open(self) -> bool:
        """Are all conditions met?"""
        return all(line.is_met for line in self.lines)


def ways(proposal: Proposal, ring: Keyring) -> list[Way]:
    """What the lawyer may do next. The conditions are looked at with the lawyer's own keys, inside the brief."""
    case = proposal.case
    return [
        Way(code, words, list(guards.lines(code, Sight(case, ring))))
        for code, words in WORDS.items()
        if is_possible(case, code)
    ]


@transaction.atomic
def take(*, proposal: Proposal, by: Person, ring: Keyring, code: str, seen: str) -> None:
    """Take a step. seen: the status that the page showed. Raises Refused, NotReady with a guard or "safety_hold"."""
    row = lock(proposal)
    if row.lawyer_id != by.id:
        raise Refused("another_lawyer")
    require_reader(row, by)
    if code not in WORDS or not is_possible(row.case, code):
        raise Refused(moving.CODE)
    guards.require(code, Sight(row.case, ring))
    moving.apply(row.case, code, by=by, seen=seen)
