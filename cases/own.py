"""What a survivor reads again of what was sent: with the number and the second word, and never what is apart."""

from __future__ import annotations

from collections.abc import Iterator

from cases import keys, records
from cases.access import Account, OpenedVersion, sections_of
from cases.exhibits import ExhibitRecord
from cases.hands import Hands
from cases.models import Case
from cases.told import ALONE, Section
from vault.heads import check_head, settled
from vault.keyring import Keyring
from vault.opened import Opened


def read(case: Case, receipt: Keyring, second: Keyring) -> Account:
    """The versions and files that the second word opens. That the person looks is recorded nowhere.

    receipt: checks the head. Raises vault.errors.Forged for a record that is missing, changed or not the person's own.
    """
    keys.require_receipt(case, receipt)
    return settled(case.id, lambda: _read(case, receipt, second))


def _read(case: Case, receipt: Keyring, second: Keyring) -> Account:
    messages = keys.open_whole(case, keys.MESSAGES, receipt)
    check_head(case.id, messages)
    opened = keys.open_every(case, keys.ACCOUNT, second)
    return Account(list(_versions(case, opened, Hands.of(case, messages))), list(_exhibits(case, opened)))


def _versions(case: Case, opened: list[Opened], hands: Hands) -> Iterator[OpenedVersion]:
    readable = records.rows(opened, "statement")
    for row in case.versions.all():
        if row.id in readable:
            sections: dict[str, Section] = {key: own for key, own in sections_of(row, opened, hands) if key != ALONE}
            yield OpenedVersion(row.id, row.number, row.catalogue, row.language, row.sent_on, sections)


def _exhibits(case: Case, opened: list[Opened]) -> Iterator[ExhibitRecord]:
    readable = records.rows(opened, "exhibit")
    for row in case.exhibits.all():
        if row.id in readable:
            content = records.read_newest(opened, "exhibit", "record", row.id)
            yield ExhibitRecord.from_json(content).require_row(row.id, row.number, row.file_id)
