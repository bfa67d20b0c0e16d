"""Sending the account: the draft becomes a version that nobody changes any more."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from cases import keys, records
from cases.actions.drafting import FILES, discard_draft, in_order, load_draft
from cases.drafted import CARRIED, DraftContent
from cases.errors import NothingToSend
from cases.models import Case, Draft, Exhibit, StatementVersion
from cases.statement import asked, cards, catalogue
from cases.told import Section, seal_told
from vault import audit, compartments, files
from vault.heads import check_head, write_head
from vault.keyring import Keyring
from vault.models import SealedValue
from vault.opened import Opened
from vault.places import Place

PURPOSE = "account sent"
SENT = "sent with the account: moved from the draft to the case"
ADDED_TO = (keys.IDENTITY, keys.ACCOUNT)


@transaction.atomic
def send_account(*, case: Case, receipt: Keyring, language: str) -> StatementVersion:
    """Freeze the draft as the next version and return it; sent twice, the second time returns the first's version.

    Each send opens new epochs of `identity`, `account` and `sealed` that the code itself cannot read. Raises
    NothingToSend when nothing was ever written, DraftExpired when it was erased by the clock.
    """
    Case.objects.select_for_update().get(id=case.id)
    newest = case.versions.order_by("-number").first()
    content = load_draft(case, receipt)
    if not content.has_something:
        if newest is None or newest.number == 0:
            raise NothingToSend
        return newest
    version = StatementVersion.objects.create(
        case=case, number=(newest.number if newest else 0) + 1, catalogue=catalogue.VERSION, language=language
    )
    _freeze(case, receipt, content, version)
    return version


def new_epochs(case: Case, ring: Keyring) -> dict[str, Opened]:
    """Check the head and open what a further version is sealed into: epochs that the code cannot read, and `messages`.

    ring: of the receipt, or of the member who recorded the case. Whoever writes into them writes the head again.
    Raises vault.errors.Forged.
    """
    messages = keys.open_whole(case, keys.MESSAGES, ring)
    check_head(case.id, messages)  # a new head must not bless what somebody changed before
    holders = keys.Holders.of(case, messages)
    opened = {
        kind: compartments.next_epoch(
            keys.compartment(case, kind), recipients=recipients, giver=ring.signer, purpose=PURPOSE
        )
        for kind, recipients in keys.audiences(case, ADDED_TO, holders).items()
    }
    opened[keys.SEALED] = compartments.next_split(
        keys.compartment(case, keys.SEALED), giver=ring.signer, purpose=PURPOSE, **keys.sealed_audience()
    )
    opened[keys.MESSAGES] = messages[-1]
    return opened


def _freeze(case: Case, receipt: Keyring, content: DraftContent, version: StatementVersion) -> None:
    opened = new_epochs(case, receipt)
    told = _as_sent(case, content)
    seal_told(told, version, opened, receipt.signer)
    _move_exhibits(case, receipt, opened[keys.ACCOUNT], version)
    discard_draft(case)
    Case.objects.filter(id=case.id).update(status=next_status(case), has_news=True)
    audit.record("account.sent", "case", case.id, by=None, detail={"version": version.number})
    write_head(case.id, opened[keys.MESSAGES], receipt.signer)


def _as_sent(case: Case, content: DraftContent) -> dict[str, Section]:
    """The answers by section and card, with the files under the numbers that they get.

    What was carried stays out, and what hangs on a consent that was taken back.
    """
    first = case.exhibits.count() + 1
    final = {each.number: number for number, each in enumerate(content.exhibits, start=first)}
    sections = {key: saved.answers for key, saved in content.sections.items()}
    told = {}
    for key, answers in sections.items():
        section, number = cards.split(key)
        is_gone = section == FILES and number and number not in final
        allowed = asked.without_taken_back(answers, asked.known(sections, key))
        if allowed and key != CARRIED and not is_gone:
            told[cards.key_of(FILES, final[number]) if section == FILES and number else key] = allowed
    return told


def _move_exhibits(case: Case, receipt: Keyring, account: Opened, version: StatementVersion) -> None:
    """Give each file its number and seal its key and record into the account; the bytes stay where they are."""
    draft = keys.open_latest(case, keys.DRAFT, receipt)
    first = case.exhibits.count() + 1
    for number, (row, arrived) in enumerate(in_order(Draft.objects.get(case=case), draft), start=first):
        exhibit = Exhibit.objects.create(case=case, number=number, file=row.file, version=version)
        files.move_key(files.find_key(row.file, draft), account, receipt.signer)
        record = replace(arrived.with_event(SENT), id=exhibit.id, number=number)
        records.write(account, Place("exhibit", "record", exhibit.id), record.to_json(), receipt.signer)
        SealedValue.objects.filter(table="draft_exhibit", row=row.id).delete()
        row.delete()


def next_status(case: Case) -> str:
    """The status of a case to which an account has come."""
    early = {Case.Status.RECEIVED, Case.Status.ACKNOWLEDGED, Case.Status.STATEMENT_OPEN}
    return Case.Status.STATEMENT_RECEIVED if case.status in early else case.status
