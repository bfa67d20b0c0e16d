"""Notes of the team on a case, sealed in `work`. A change is a further version; every older one stays readable.

There is no table of notes: what was written, when and as which version stands in sealed records, in whose hand by their
signatures, and the head of `work` lists them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases import records, work
from cases.errors import Conflict, Refused
from cases.models import Case
from people.models import Person
from people.permissions import Permission, may
from vault import audit
from vault.directory import statement_for
from vault.errors import Forged
from vault.heads import write_head
from vault.keyring import Keyring
from vault.models import KeyPair, SealedValue
from vault.opened import Opened, values_in

TABLE, FIELD = "note", "text"


@dataclass(frozen=True, slots=True)
class Note:
    """One version of a note, opened. by: the id of the member whom the directory names for the key that signed it."""

    id: UUID
    version: int
    text: str
    by: UUID
    at: datetime


def notes_of(case: Case, ring: Keyring) -> list[Note]:
    """Each note as it stands now, the one that was written or changed last first. Raises NoGrant, Forged."""
    opened = work.opened(case, ring)
    newest = {value.row: value for value in values_in(opened, table=TABLE, field=FIELD)}
    return sorted((_note(value, opened) for value in newest.values()), key=lambda each: each.at, reverse=True)


def versions_of(case: Case, ring: Keyring, note_id: UUID) -> list[Note]:
    """Every version of a note, oldest first; empty when the case has no such note. Raises NoGrant, Forged."""
    return _versions(work.opened(case, ring), note_id)


@transaction.atomic
def save_note(*, case: Case, by: Person, ring: Keyring, note_id: UUID, text: str, seen: int) -> int:
    """Seal a note, or the next version of it, and return the version. seen: the version that was on the page, 0 if new.

    The same text again changes nothing, so that sending twice makes one note. Raises Conflict when somebody else saved
    another text meanwhile: `theirs` has it at ["note"]. Raises Refused, NoGrant, Forged.
    """
    decision = may(by, Permission.WRITE_NOTES, case)
    if not decision.ok:
        raise Refused(decision.reason)
    Case.objects.select_for_update().get(id=case.id)
    opened = work.opened(case, ring)
    now = next(reversed(_versions(opened, note_id)), None)
    if now is not None and now.text == text:
        return now.version
    if (now.version if now else 0) != seen:
        raise Conflict({"note": {"text": now.text if now else ""}}, now.version if now else 0)
    content = {"text": text, "at": timezone.now().isoformat(timespec="seconds")}
    version = records.write_next(opened[-1], TABLE, FIELD, note_id, content, ring.signer)
    write_head(opened[-1].epoch.compartment_id, opened[-1], ring.signer)
    detail = {"note": str(note_id), "version": version}
    audit.record("note.changed" if now else "note.written", "case", case.id, by=by.id, detail=detail)
    return version


def _versions(opened: Sequence[Opened], note_id: UUID) -> list[Note]:
    return [_note(value, opened) for value in values_in(opened, table=TABLE, field=FIELD, row=note_id)]


def _note(value: SealedValue, opened: Sequence[Opened]) -> Note:
    """Open one version; only a person of the directory writes one. Raises Forged or Unstated."""
    content = records.content_of(value, opened)
    holder = statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on).holder
    if holder is None:
        raise Forged(f"sealed value {value.id}: in nobody's hand")
    return Note(value.row, value.version, content["text"], holder, datetime.fromisoformat(content["at"]))
