"""Letters between the survivor and the team, sealed in a compartment that both sides hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases import keys, records
from cases.actions import moving
from cases.errors import Refused
from cases.models import Case, Message
from cases.workflow import is_possible
from people.models import Person
from people.permissions import Permission, may
from vault import audit
from vault.errors import Forged
from vault.heads import check_head, settled, write_head
from vault.keyring import Keyring
from vault.models import KeyPair
from vault.places import Place

SENT = "letter.sent"


@dataclass(frozen=True, slots=True)
class Letter:
    """One opened letter. side: "survivor" or "team", taken from who signed it, not from a column."""

    id: UUID
    number: int
    side: str
    text: str
    language: str
    made_on: date
    is_read: bool


def read_letters(case: Case, ring: Keyring) -> list[Letter]:
    """Open all letters of a case, oldest first, after checking the case's head. Raises vault.errors.Forged."""
    return settled(case.id, lambda: _read(case, ring))


@transaction.atomic
def write_from_survivor(*, case: Case, receipt: Keyring, text: str, language: str) -> Message:
    """Seal and sign a letter of the survivor; the case shows news to the team."""
    keys.require_receipt(case, receipt)
    message = _write(case, receipt, Message.Side.SURVIVOR, text, language)
    moving.heard(case, receipt)
    audit.record("letter.received", "case", case.id, by=None)
    return message


@transaction.atomic
def write_from_team(*, case: Case, by: Person, ring: Keyring, text: str, language: str) -> Message:
    """Seal and sign a letter of a member. The first one acknowledges the case and stops its clock."""
    decision = may(by, Permission.WRITE_LETTER, case)
    if not decision.ok:
        raise Refused(decision.reason)
    message = _write(case, ring, Message.Side.TEAM, text, language)
    _answered(case, by)
    return message


def _answered(case: Case, by: Person) -> None:
    """Nothing waits for an answer any more; the first one acknowledges the case."""
    done: dict[str, Any] = {"has_news": False, "answer_by": None, "answer_day": None}
    if is_possible(case, "acknowledge"):
        moving.apply(case, "acknowledge", by=by, event=SENT, **done)
        return
    Case.objects.filter(id=case.id).update(**done)
    audit.record(SENT, "case", case.id, by=by.id)


@transaction.atomic
def mark_read(case: Case, receipt: Keyring) -> None:
    """The survivor has seen the team's letters."""
    keys.require_receipt(case, receipt)
    if case.messages.filter(side=Message.Side.TEAM, is_read=False).update(is_read=True):
        audit.record("letters.read", "case", case.id, by=None)


def _read(case: Case, ring: Keyring) -> list[Letter]:
    opened = keys.open_whole(case, keys.MESSAGES, ring)
    check_head(case.id, opened)
    rows = list(case.messages.all())
    records.require_rows(opened, "message", [row.id for row in rows])
    return [_letter(row, opened) for row in rows]


def _write(case: Case, ring: Keyring, side: str, text: str, language: str) -> Message:
    Case.objects.select_for_update().get(id=case.id)
    opened = keys.open_whole(case, keys.MESSAGES, ring)
    check_head(case.id, opened)
    message = Message.objects.create(case=case, side=side, number=case.messages.count() + 1)
    content = {
        "text": text, "lang": language, "side": side, "number": message.number,
        "at": timezone.now().isoformat(timespec="minutes"),
    }  # fmt: skip
    records.write(opened[-1], Place("message", "text", message.id), content, ring.signer)
    write_head(case.id, opened[-1], ring.signer)
    return message


def _letter(row: Message, opened: list[Any]) -> Letter:
    found = next(records.read_all(opened, "message", row.id, "text"), None)
    if found is None:
        raise Forged(f"message {row.id}: no text in these epochs")
    value, content = found
    side = Message.Side.SURVIVOR if value.signer.use == KeyPair.Use.RECEIPT else Message.Side.TEAM
    if side != row.side or content["side"] != row.side:
        raise Forged(f"message {row.id}: signed by the other side")
    if content["number"] != row.number:
        raise Forged(f"message {row.id}: it stood at another place")
    return Letter(row.id, row.number, side, content["text"], content["lang"], row.made_on, row.is_read)
