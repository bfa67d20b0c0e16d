"""The only door to an account. Each opening names its purpose and is recorded before anything is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy

from cases import folds, keys, records
from cases.errors import Refused
from cases.exhibits import ExhibitRecord
from cases.hands import Hands, Recorded
from cases.models import Case, Exhibit, StatementVersion
from cases.statement.wording import is_given
from cases.told import Section
from people.models import Person
from people.permissions import Permission, may
from vault import audit, files
from vault.envelope.stream import StreamOpener
from vault.errors import Forged
from vault.heads import check_head, settled
from vault.keyring import Keyring
from vault.opened import Opened

PURPOSES = {
    "first_reading": gettext_lazy("First reading"),
    "assessment": gettext_lazy("Assessing routes"),
    "reply": gettext_lazy("Preparing a reply"),
    "dossier": gettext_lazy("Preparing a dossier"),
    "safety": gettext_lazy("A question of safety"),
    "lawyer": gettext_lazy("Finding or briefing a lawyer"),
}

VIEWED = "viewed"  # how an exhibit was opened: page by page, without a download


@dataclass(frozen=True, slots=True)
class OpenedVersion:
    """One version of the account; sections: by section id, then by question id. recorded: by whom, if not by the
    person's own hand."""

    id: UUID
    number: int
    catalogue: str
    language: str
    sent_on: date
    sections: dict[str, Section]
    recorded: Recorded | None = None


class Parts(NamedTuple):
    """Every epoch of `messages`, and every epoch of identity and account."""

    messages: list[Opened]
    told: list[Opened]


@dataclass(frozen=True, slots=True)
class Account:
    """Everything a person has told, opened for one request."""

    versions: list[OpenedVersion]
    exhibits: list[ExhibitRecord]

    def answer(self, question_id: str) -> dict[str, Any] | None:
        """The newest answer to a question over all versions, or None; a page that was left empty takes nothing back."""
        for version in reversed(self.versions):
            for section in version.sections.values():
                if is_given(section.get(question_id)):
                    return section[question_id]
        return None


def open_account(case: Case, *, by: Person, ring: Keyring, purpose: str) -> Account:
    """Open the account of a case.

    Raises Refused when the person may not, vault.errors.NoGrant without a grant, vault.errors.Forged when a record is
    missing, changed or not signed. The opening is recorded even when it fails, and so is a refusal.
    """
    note_opening(case, by=by, purpose=purpose)
    account = settled(case.id, lambda: _read(case, ring))
    _note_closed(case)
    return account


def note_opening(case: Case, *, by: Person, purpose: str) -> None:
    """Record that an account which was checked by the machine is shown after all. Raises Refused."""
    _require(by, case, purpose)
    audit.record("account.opened", "case", case.id, by=by.id, detail={"purpose": purpose})


def checked_by_machine(case: Case, ring: Keyring) -> Account:
    """The account for a check of which only a count or a yes is shown: nobody reads it, so it is no recorded opening.

    Raises vault.errors.NoGrant, Forged.
    """
    return settled(case.id, lambda: _read(case, ring))


def note_violent(case: Case, *, by: Person, purpose: str) -> None:
    """Record that somebody unfolds a violent part of an account. Raises Refused when the person may not read it."""
    _require(by, case, purpose)
    audit.record(folds.OPENED, "case", case.id, by=by.id, detail={"purpose": purpose})


def _note_closed(case: Case) -> None:
    """Nobody can be answered whose number is closed: what they did last is no news any more once it was read."""
    closed = Case.objects.filter(id=case.id, receipt__retired_on__isnull=False)
    closed.update(has_news=False, answer_by=None, answer_day=None)


def open_exhibit(
    case: Case, exhibit_id: UUID, *, by: Person, ring: Keyring, purpose: str
) -> tuple[ExhibitRecord, StreamOpener]:
    """Open one original as a stream; recorded like an opening of the account."""
    _note_exhibit(case, exhibit_id, by, purpose)
    return _stream(case, exhibit_id, ring)


def note_viewing(case: Case, exhibit_id: UUID, *, by: Person, purpose: str) -> None:
    """Record that somebody opens an exhibit in the viewer. Raises Refused, also when the case has no such exhibit."""
    _note_exhibit(case, exhibit_id, by, purpose, how=VIEWED)


def view_exhibit(
    case: Case, exhibit_id: UUID, *, by: Person, ring: Keyring, purpose: str
) -> tuple[ExhibitRecord, StreamOpener]:
    """Open an original for a page of the viewer, under an opening that note_viewing() has recorded."""
    _require(by, case, purpose)
    return _stream(case, exhibit_id, ring)


def _note_exhibit(case: Case, exhibit_id: UUID, by: Person, purpose: str, **how: object) -> None:
    _require(by, case, purpose)
    if not case.exhibits.filter(id=exhibit_id).exists():
        raise Refused("no such exhibit")
    audit.record("exhibit.opened", "exhibit", exhibit_id, by=by.id, detail={"purpose": purpose, **how})


def _stream(case: Case, exhibit_id: UUID, ring: Keyring) -> tuple[ExhibitRecord, StreamOpener]:
    row = Exhibit.objects.select_related("file").filter(case=case, id=exhibit_id).first()
    if row is None:
        raise Refused("no such exhibit")
    opened = settled(case.id, lambda: open_epochs(case, ring)).told
    return _exhibit(row, opened), files.open_stream(files.find_key(row.file, *opened))


def open_epochs(case: Case, ring: Keyring) -> Parts:
    """All epochs of messages, identity and account, after the head was checked.

    Raises NoGrant if one of them does not open.
    """
    rooms = keys.Rooms.of(case, keys.MESSAGES, keys.IDENTITY, keys.ACCOUNT)
    messages = ring.open_many(rooms.all(keys.MESSAGES))
    check_head(case.id, messages)
    return Parts(messages, ring.open_many([*rooms.all(keys.IDENTITY), *rooms.all(keys.ACCOUNT)]))


def sections_of(row: StatementVersion, opened: list[Opened], hands: Hands) -> Iterator[tuple[str, Section]]:
    """The sections of a version as (section id, answers). Raises Forged unless the right hand signed this version."""
    for value, content in records.read_all(opened, "statement", row.id):
        hands.require(value, row.number)
        if [content["number"], content["catalogue"], content["language"]] != [row.number, row.catalogue, row.language]:
            raise Forged(f"statement version {row.id}: its row says something else than its records")
        if value.epoch.compartment.kind == keys.SEALED:
            yield from content["answers"].items()  # one record for all sections, so that their number tells nothing
        else:
            yield value.field, content["answers"]


def _read(case: Case, ring: Keyring) -> Account:
    messages, opened = open_epochs(case, ring)
    versions, exhibits, hands = list(case.versions.all()), list(case.exhibits.all()), Hands.of(case, messages)
    records.require_rows(opened, "statement", [row.id for row in versions])
    records.require_rows(opened, "exhibit", [row.id for row in exhibits])
    return Account([_version(row, opened, hands) for row in versions], [_exhibit(row, opened) for row in exhibits])


def _require(by: Person, case: Case, purpose: str) -> None:
    decision = may(by, Permission.READ_ACCOUNT, case)
    reason = decision.reason if not decision.ok else "" if purpose in PURPOSES else "a purpose is needed"
    if reason:
        audit.record("account.refused", "case", case.id, by=by.id)
        raise Refused(reason)


def _version(row: StatementVersion, opened: list[Opened], hands: Hands) -> OpenedVersion:
    sections: dict[str, Section] = {}
    for field, answers in sections_of(row, opened, hands):
        sections.setdefault(field, {}).update(answers)
    if not sections:
        raise Forged(f"statement version {row.id}: nothing of it is in these epochs")
    recorded = hands.recorded.get(row.id)
    return OpenedVersion(row.id, row.number, row.catalogue, row.language, row.sent_on, sections, recorded)


def _exhibit(row: Exhibit, opened: list[Opened]) -> ExhibitRecord:
    content = records.read_newest(opened, "exhibit", "record", row.id)
    if content is None:
        raise Forged(f"exhibit {row.id}: no record in these epochs")
    return ExhibitRecord.from_json(content).require_row(row.id, row.number, row.file_id)
