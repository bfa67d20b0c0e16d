"""The longer account before it is sent. Only the receipt code opens it; staff cannot."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from cases import drafted, keys, records, retention
from cases.actions import moving
from cases.asked import asked_of
from cases.drafted import CARRIED, CORRECTS, TABLE, DraftContent, DraftSection, Kept
from cases.errors import DraftExpired
from cases.exhibits import ExhibitRecord
from cases.models import Case, Draft, DraftExhibit
from cases.statement import cards
from cases.told import Section
from cases.workflow import is_possible
from vault import compartments, erasing, files, plain, rows
from vault.errors import Forged
from vault.keyring import Keyring
from vault.models import Compartment, SealedFile, SealedValue, today
from vault.opened import Opened
from vault.places import Place
from vault.uploads import SealedUpload

BEGUN = "account.begun"
FILES = "files"  # the section with a card for each file


def load_draft(case: Case, receipt: Keyring) -> DraftContent:
    """Open the draft of a case, empty if there is none. Raises DraftExpired once, and erases it then."""
    keys.require_receipt(case, receipt)
    draft = rows.first(Draft, case_id=case.id)
    if draft is None:
        return DraftContent({CARRIED: DraftSection(asked_of(case, receipt).known)}, [], _expiry())
    if draft.expires_on < today():
        discard_draft(case)
        raise DraftExpired
    if draft.expires_on != _expiry():
        prolong(case)
    kept = Kept.of(_open(case, receipt))
    pairs = in_order(draft, kept)
    records_of, attached = [record for _, record in pairs], [row for row, _ in pairs]
    return DraftContent(kept.sections(case.id), records_of, _expiry(), kept, attached)


@transaction.atomic
def save_section(*, case: Case, receipt: Keyring, section: str, answers: Section, seen_version: int) -> int:
    """Seal a section as its next version and return that. Raises Conflict if another tab saved since `seen_version`."""
    _draft_row(case, receipt)
    opened = _open(case, receipt)
    return drafted.save(case.id, opened, section, answers, seen_version, receipt.signer)


@transaction.atomic
def correct(*, case: Case, receipt: Keyring, section: str, answers: Section, used: Iterable[str] = ()) -> None:
    """Begin a correction: the section or card as it was sent becomes part of the draft, unless it is there already.

    used: the keys of all cards that were sent, so that their numbers are not given to new ones.
    """
    content = load_draft(case, receipt)
    for key in {*used} - content.sections.keys() - {section}:
        save_section(case=case, receipt=receipt, section=key, answers={}, seen_version=0)
    if content.sections.get(section, DraftSection()).answers:
        return
    begun = content.sections.get(CORRECTS, DraftSection())
    noted = {**begun.answers, section: {"value": answers}}
    save_section(case=case, receipt=receipt, section=CORRECTS, answers=noted, seen_version=begun.version)
    version = content.sections.get(section, DraftSection()).version
    save_section(case=case, receipt=receipt, section=section, answers=answers, seen_version=version)


def is_same(answer: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Do two answers say the same? Their languages do not count."""
    first, second = ({name: part for name, part in each.items() if name != "lang" and part} for each in (answer, other))
    return first == second


@transaction.atomic
def attach(*, case: Case, receipt: Keyring, upload: SealedUpload, name: str, content_type: str) -> ExhibitRecord:
    """Keep an arrived file with the draft. It is on disk, synced, before this returns. Raises vault.errors.NotKept."""
    draft = _draft_row(case, receipt)
    opened = _open(case, receipt)
    number = 1 + max(_numbers(draft, case, Kept.of(opened)), default=0)
    file = upload.keep(opened, receipt.signer)
    row = DraftExhibit.objects.create(draft=draft, file=file)
    arrived = ExhibitRecord.arrived(
        row.id, name, content_type, upload.size or 0, upload.sha256, file.id, upload.scan.event
    )
    record = replace(arrived, number=number)
    records.write(opened, Place("draft_exhibit", "record", row.id), record.to_json(), receipt.signer)
    return record


@transaction.atomic
def detach(*, case: Case, receipt: Keyring, exhibit_id: UUID) -> None:
    """Take a file out of the draft again; its bytes go with it, and what was said about it."""
    keys.require_receipt(case, receipt)
    row = DraftExhibit.objects.select_related("file").filter(draft__case=case, id=exhibit_id).first()
    if row is None:
        return
    kept = Kept.of(_open(case, receipt))
    key = cards.key_of(FILES, _record(row, kept).number)
    said = kept.sections(case.id).get(key)
    if said is not None:  # left empty, so that its number is not given to another file
        save_section(case=case, receipt=receipt, section=key, answers={}, seen_version=said.version)
    SealedValue.objects.filter(table="draft_exhibit", row=row.id).delete()
    row.delete()
    files.remove(row.file)


def prolong(case: Case) -> date:
    """Begin the draft's days anew and return the last one."""
    Draft.objects.filter(case=case).update(expires_on=_expiry())
    return _expiry()


@transaction.atomic(savepoint=False)
def discard_draft(case: Case) -> None:
    """Erase a draft: its sections, keys and files. What fails here undoes the whole transaction."""
    attached = [file for (file,) in rows.columns(DraftExhibit, "file_id", draft_id=case.id)]
    plain.delete(DraftExhibit, "draft_id", [case.id])
    erasing.erase_and_forget(rows.read(Compartment, kind=keys.DRAFT, owner=case.id), also=attached)
    plain.delete(Draft, "case_id", [case.id])


def expire_drafts() -> int:
    """Erase every draft whose last day is over; returns how many."""
    old = list(Draft.objects.select_related("case").filter(expires_on__lt=today()))
    for draft in old:
        discard_draft(draft.case)
    return len(old)


def _expiry() -> date:
    return retention.expires_on()


def _draft_row(case: Case, receipt: Keyring) -> Draft:
    """The row of the draft, made at the first save. The case is locked: a send and a save do not cross."""
    keys.require_receipt(case, receipt)
    Case.objects.select_for_update().get(id=case.id)
    draft, is_new = Draft.objects.get_or_create(case=case, defaults={"expires_on": _expiry()})
    if is_new:
        _carry(case, receipt)
        _note_begun(case, receipt)
    return draft


def _note_begun(case: Case, receipt: Keyring) -> None:
    """The longer account has begun, unless a later step was reached: then this is an addition."""
    if is_possible(case, "tell"):
        moving.apply(case, "tell", receipt=receipt, event=BEGUN)


def _carry(case: Case, receipt: Keyring) -> None:
    """Take into a new draft what was sent before and later questions hang on, so that nobody is asked twice (O6)."""
    known = asked_of(case, receipt).known
    records.write(_open(case, receipt), Place(TABLE, CARRIED, case.id), known, receipt.signer)


def _open(case: Case, receipt: Keyring) -> Opened:
    rooms = keys.Rooms.of(case, keys.DRAFT)
    if rooms.by_kind:
        return receipt.open(rooms.newest(keys.DRAFT))
    return compartments.create(
        kind=keys.DRAFT, owner=case.id, recipients=[receipt.own_recipient()], giver=receipt.signer, purpose="draft"
    )


def _numbers(draft: Draft, case: Case, kept: Kept) -> list[int]:
    """The numbers that files of this draft have or had."""
    spoken_of = [cards.split(each.field) for each in kept.rows(TABLE) if each.row == case.id]
    return [record.number for _, record in in_order(draft, kept)] + [n for part, n in spoken_of if part == FILES]


def in_order(draft: Draft, kept: Kept) -> list[tuple[DraftExhibit, ExhibitRecord]]:
    """The files of a draft with their records, as they arrived. Raises vault.errors.Forged for a changed row."""
    attached = rows.read(DraftExhibit, draft_id=draft.pk)
    own = {each.row for each in kept.rows("draft_exhibit")}
    records.require_same("draft_exhibit", own, [row.id for row in attached])
    stored = {each.id: each for each in rows.read(SealedFile, id={row.file_id for row in attached})}
    for row in attached:
        row.file = stored[row.file_id]
    found = [(row, _record(row, kept)) for row in attached]
    return sorted(found, key=lambda pair: pair[1].number)


def _record(row: DraftExhibit, kept: Kept) -> ExhibitRecord:
    value = kept.newest("draft_exhibit", row.id)
    if value is None:
        raise Forged(f"draft_exhibit {row.id}: no record in this epoch")
    record = ExhibitRecord.from_json(json.loads(kept.opened.open(value)))
    return record.require_row(row.id, record.number, row.file_id)
