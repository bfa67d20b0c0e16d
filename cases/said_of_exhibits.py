"""What members say of an exhibit: which elements it bears on, and notes by page. Sealed in `work`, in their hand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases import records, work
from cases.elements import ELEMENTS
from cases.errors import Refused
from cases.models import Case, Exhibit
from cases.support import HERE, Bearing
from people.models import Person
from people.permissions import Permission, may
from vault import audit
from vault.directory import statement_for
from vault.errors import Forged
from vault.keyring import Keyring
from vault.models import KeyPair, SealedValue
from vault.opened import values_in

BEARS, NOTES = ("exhibit_bears", "said"), ("exhibit_notes", "text")
NOTE_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class PageNote:
    """One note on a page. by: the id of the member whom the directory names for the key that signed it."""

    page: int
    text: str
    by: UUID
    at: datetime


def bearings(case: Case, ring: Keyring) -> dict[UUID, Bearing]:
    """What was said last of each exhibit, by its id. Raises vault.errors.NoGrant, Forged."""
    opened = work.opened(case, ring)
    newest = {value.row: value for value in values_in(opened, table=BEARS[0], field=BEARS[1])}
    for value in newest.values():
        _hand(value)
    found = {row: records.content_of(value, opened) for row, value in newest.items()}
    return {row: Bearing(each["number"], each["kind"], frozenset(each["elements"])) for row, each in found.items()}


def notes(case: Case, exhibit_id: UUID, ring: Keyring) -> list[PageNote]:
    """The notes on an exhibit, oldest first. Raises vault.errors.NoGrant, Forged."""
    opened = work.opened(case, ring)
    values = values_in(opened, table=NOTES[0], field=NOTES[1], row=exhibit_id)
    return [_note(value, records.content_of(value, opened)) for value in values]


@transaction.atomic
def say_what_it_bears_on(
    *, case: Case, exhibit: Exhibit, by: Person, ring: Keyring, kind: str, elements: Collection[str]
) -> None:
    """Seal what an exhibit is and which elements it bears on; an empty list takes that back. Raises Refused."""
    _require(case, exhibit, by)
    if kind not in HERE or not set(elements) <= ELEMENTS.keys():
        raise Refused("unknown_code")
    content = {"number": exhibit.number, "kind": kind, "elements": sorted(elements)}
    work.write(case, ring, *BEARS, exhibit.id, content)
    audit.record("exhibit.bears", "exhibit", exhibit.id, by=by.id)


@transaction.atomic
def add_note(*, case: Case, exhibit: Exhibit, by: Person, ring: Keyring, page: int, text: str) -> None:
    """Seal a further note on a page. Raises Refused."""
    _require(case, exhibit, by)
    content = {"page": page, "text": text, "at": timezone.now().isoformat(timespec="minutes")}
    work.write(case, ring, *NOTES, exhibit.id, content)
    audit.record("exhibit.noted", "exhibit", exhibit.id, by=by.id)


def _require(case: Case, exhibit: Exhibit, by: Person) -> None:
    decision = may(by, Permission.WRITE_NOTES, case)
    if not decision.ok or exhibit.case_id != case.id:
        raise Refused(decision.reason or "no such exhibit")


def _note(value: SealedValue, content: dict[str, Any]) -> PageNote:
    return PageNote(content["page"], content["text"], _hand(value), datetime.fromisoformat(content["at"]))


def _hand(value: SealedValue) -> UUID:
    """The member who signed a record. Raises vault.errors.Forged or Unstated when it was nobody of the team."""
    holder = statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on).holder
    if holder is None:
        raise Forged(f"sealed value {value.id}: in nobody's hand")
    return holder
