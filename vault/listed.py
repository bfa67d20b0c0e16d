"""Many heads looked at together, for a list: a page of records takes as many statements as one record.

What is shown of an owner is compared by its ciphertext, all else by id and version: nothing is missing, nothing was
added. Whatever does not fit here is read again by itself, with vault.heads, which says what is wrong.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from vault import rows
from vault.errors import VaultError
from vault.heads import noted
from vault.models import Head, SealedValue
from vault.opened import Opened, joined


def fitting(owners: Mapping[UUID, Collection[Opened]], shown: Collection[SealedValue]) -> set[UUID]:
    """Those of these owners whose head is the newest, is by a key that counts today, and fits what is there.

    owners: ids of compartments that have a head of their own, each with all its epochs. shown: values that lie in them.
    """
    checked = _Checked.of(owners)
    heads = rows.read(Head, owner=list(owners))
    lists = {each.id: each for each in rows.read(SealedValue, id=[head.value_id for head in heads])}
    joined([each for each in lists.values() if each.epoch_id in checked.by_epoch], checked.by_epoch)
    return {head.owner for head in heads if head.value_id in lists and checked.fits(head, lists[head.value_id], shown)}


@dataclass(frozen=True, slots=True)
class _Checked:
    """What heads are compared with: the epochs, the records that lie in them, the counters that the trail knows."""

    owners: Mapping[UUID, Collection[Opened]]
    by_epoch: dict[UUID, Opened]
    records: dict[UUID, dict[str, int]]  # by epoch, the version of each record
    noted: dict[UUID, int]

    @classmethod
    def of(cls, owners: Mapping[UUID, Collection[Opened]]) -> _Checked:
        by_epoch = {each.epoch.id: each for epochs in owners.values() for each in epochs}
        return cls(owners, by_epoch, _records(by_epoch), noted(owners))

    def fits(self, head: Head, value: SealedValue, shown: Iterable[SealedValue]) -> bool:
        try:
            return self._fits(head, value, shown)
        except VaultError:
            return False

    def _fits(self, head: Head, value: SealedValue, shown: Iterable[SealedValue]) -> bool:
        own = {each.epoch.id for each in self.owners[head.owner]}
        if value.epoch_id not in own or value.row != head.owner:
            return False
        opened = self.by_epoch[value.epoch_id]
        if not opened.authors.is_current(value.signer):
            return False
        content = json.loads(opened.open(value))
        counters = {content["counter"], head.counter, value.version, self.noted.get(head.owner)}
        there = {record: version for epoch in own for record, version in self.records.get(epoch, {}).items()}
        digests = {str(each.id): _digest(each) for each in shown if each.epoch_id in own}
        return (
            len(counters) == 1
            and there == {record: version for record, (version, _) in content["records"].items()}
            and all(content["records"][record][1] == digest for record, digest in digests.items())
        )


def _records(epochs: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    found: dict[UUID, dict[str, int]] = {}
    for row, epoch, table, version in rows.columns(
        SealedValue, "id", "epoch_id", "table", "version", epoch_id=list(epochs)
    ):
        if table != "head":
            found.setdefault(epoch, {})[str(row)] = version
    return found


def _digest(value: SealedValue) -> str:
    return hashlib.sha256(bytes(value.blob)).hexdigest()
