"""Sending the account: the draft becomes a version that nobody changes any more."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from cases import keys, records
from cases.actions.drafting import DraftContent, discard_draft, load_draft
from cases.actions.opening import by_compartment
from cases.errors import NothingToSend
from cases.exhibits import ExhibitRecord
from cases.models import Case, Draft, DraftExhibit, Exhibit, StatementVersion
from cases.statement import catalogue
from vault import audit, compartments, files
from vault.heads import write_head
from vault.keyring import Keyring
from vault.models import SealedValue
from vault.opened import Opened
from vault.places import Place

PURPOSE = "account sent"
ADDED_TO = (keys.IDENTITY, keys.ACCOUNT)


@transaction.atomic
def send_account(*, case: Case, receipt: Keyring, language: str) -> StatementVersion:
    """Freeze the draft as the next version and return it; sent twice, the second time returns the first's version.

    Each send opens new epochs of `identity` and `account` that the code itself cannot read. Raises NothingToSend
    when nothing was ever written, DraftExpired when it was erased by the clock.
    """
    content = load_draft(case, receipt)
    Draft.objects.select_for_update().filter(case=case).first()
    newest = case.versions.order_by("-number").first()
    if not content.sections and not content.exhibits:
        if newest is None or newest.number == 0:
            raise NothingToSend
        return newest
    version = StatementVersion.objects.create(
        case=case, number=(newest.number if newest else 0) + 1, catalogue=catalogue.VERSION, language=language
    )
    _freeze(case, receipt, content, version)
    return version


def _freeze(case: Case, receipt: Keyring, content: DraftContent, version: StatementVersion) -> None:
    opened = {
        kind: compartments.next_epoch(
            keys.compartment(case, kind), recipients=keys.audience(case), giver=receipt.signer, purpose=PURPOSE
        )
        for kind in ADDED_TO
    }
    opened[keys.MESSAGES] = keys.open_latest(case, keys.MESSAGES, receipt)
    _seal_sections(opened, receipt, content, version)
    _move_exhibits(case, receipt, opened[keys.ACCOUNT], version)
    discard_draft(case)
    Case.objects.filter(id=case.id).update(status=_next_status(case), has_news=True)
    audit.record("account.sent", "case", case.id, by=None, detail={"version": version.number})
    write_head(case.id, opened[keys.MESSAGES], receipt.signer)


def _seal_sections(
    opened: dict[str, Opened], receipt: Keyring, content: DraftContent, version: StatementVersion
) -> None:
    sent_at = timezone.now().isoformat(timespec="minutes")
    for section, saved in content.sections.items():
        for kind, answers in by_compartment(saved.answers).items():
            record = {"answers": answers, "sent_at": sent_at}
            records.write(opened[kind], Place("statement", section, version.id), record, receipt.signer)


def _move_exhibits(case: Case, receipt: Keyring, account: Opened, version: StatementVersion) -> None:
    """Give each file its number and seal its key and record into the account; the bytes stay where they are."""
    draft = keys.open_latest(case, keys.DRAFT, receipt)
    first = case.exhibits.count() + 1
    for number, (row, arrived) in enumerate(_in_order(case, draft), start=first):
        exhibit = Exhibit.objects.create(case=case, number=number, file=row.file, version=version)
        files.move_key(files.find_key(row.file, draft), account, receipt.signer)
        record = replace(arrived.with_event("sent by the survivor"), id=exhibit.id, number=number)
        records.write(account, Place("exhibit", "record", exhibit.id), record.to_json(), receipt.signer)
        SealedValue.objects.filter(table="draft_exhibit", row=row.id).delete()
        row.delete()


def _in_order(case: Case, draft: Opened) -> list[tuple[DraftExhibit, ExhibitRecord]]:
    rows = DraftExhibit.objects.select_related("file").filter(draft__case=case)
    found = [
        (row, ExhibitRecord.from_json(records.read_newest([draft], "draft_exhibit", "record", row.id))) for row in rows
    ]
    return sorted(found, key=lambda pair: (pair[1].received_on, pair[1].name, pair[1].id))


def _next_status(case: Case) -> str:
    early = {Case.Status.RECEIVED, Case.Status.ACKNOWLEDGED, Case.Status.STATEMENT_OPEN}
    return Case.Status.STATEMENT_RECEIVED if case.status in early else case.status
