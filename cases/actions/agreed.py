"""What happens when two people have agreed: one effect for each kind of asking, from the verified records alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction

from cases import guards
from cases.actions import approving, letters, moving, tasks
from cases.actions.approving import Agreed
from cases.actions.flagging import agree
from cases.actions.handing_over import hand_over
from cases.actions.offering import waive
from cases.actions.proposing import name_lawyer
from cases.models import Approval
from cases.on_case import people_on
from people.models import Person
from vault.keyring import Keyring

Kind = Approval.Kind
Effect = Callable[[Agreed, Person, Keyring], None]


@transaction.atomic
def decide(*, approval: Approval, by: Person, ring: Keyring, reason: str, is_agreed: bool) -> None:
    """A lead's word on an asking; agreeing does at once what was asked for, or nothing of it.

    Raises Refused, NotReady, NotConsented: then the asking waits as before.
    """
    agreed = approving.decide(approval=approval, by=by, ring=ring, reason=reason, is_agreed=is_agreed)
    if agreed is not None:
        EFFECTS[agreed.approval.kind](agreed, by, ring)


def _moves(step: str) -> Effect:
    """An effect that sends the letter that was written with the asking, and takes a step of the table."""

    def effect(agreed: Agreed, by: Person, ring: Keyring) -> None:
        guards.require(step, guards.Sight(agreed.case, ring, agreed.content))
        _send_letter(agreed, by, ring)
        moving.apply(agreed.case, step, by=by, pair=agreed.pair)

    return effect


def _supports(agreed: Agreed, by: Person, ring: Keyring) -> None:
    """Support without a complaint, and a task for whoever asked: look again on the day that was agreed."""
    _moves("support")(agreed, by, ring)
    day = agreed.content.get("recheck_on")
    if day:
        asker = next((each for each in people_on(agreed.case) if each.id == agreed.pair.first), None)
        tasks.add(
            case=agreed.case, by=by, ring=ring, words="", kind=tasks.RECHECK, due_on=date.fromisoformat(day),
            person=asker,
        )  # fmt: skip


def _refer(agreed: Agreed, by: Person, ring: Keyring) -> None:
    hand_over(agreed, by=by, ring=ring)
    _moves("refer")(agreed, by, ring)


def _hands_over(agreed: Agreed, by: Person, ring: Keyring) -> None:
    hand_over(agreed, by=by, ring=ring)


def _names(agreed: Agreed, by: Person, ring: Keyring) -> None:
    name_lawyer(agreed, by=by, ring=ring)


def _waives(agreed: Agreed, by: Person, ring: Keyring) -> None:
    waive(agreed, by=by, ring=ring)


def _flags(agreed: Agreed, by: Person, ring: Keyring) -> None:
    agree(agreed, by=by, ring=ring)


def _send_letter(agreed: Agreed, by: Person, ring: Keyring) -> None:
    text = str(agreed.content.get("letter", "")).strip()
    if text:
        language = str(agreed.content["language"])
        letters.write_from_team(case=agreed.case, by=by, ring=ring, text=text, language=language)


EFFECTS: dict[str, Effect] = {
    Kind.ACCEPT: _moves("accept"),
    Kind.SUPPORT: _supports,
    Kind.CLOSE: _moves("close"),
    Kind.REFER: _refer,
    Kind.TRANSFER: _hands_over,
    Kind.MEDIA: _hands_over,
    Kind.PROPOSE: _names,
    Kind.WAIVE: _waives,
    Kind.FLAG: _flags,
}
