"""Grants as plain rows. A model costs more than the signature that it carries, and a rotation makes 150 000 of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from secrets import token_bytes
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection

from vault.envelope.encoding import pack
from vault.models import Epoch, EraseShare, Grant, KeyPair, today
from vault.plain import Native, delete, insert, native

READ = (
    "id", "epoch_id", "recipient_id", "share", "sealed", "giver_id", "signature", "purpose", "until_on", "made_on",
)  # fmt: skip


def new_ids() -> Iterator[UUID]:
    """Random ids that begin alike, for the new rows of one batch: the indexes grow in one place and not everywhere.

    90 bits of each are its own. Whoever reads the table sees by their days and places anyway which were made together.
    """
    start = token_bytes(4)
    while True:
        yield UUID(bytes=start + token_bytes(12), version=4)


def place_info(epoch: Epoch) -> bytes:
    """The part of a grant's info that all grants of an epoch share."""
    compartment = epoch.compartment
    return place_of(compartment.id, compartment.kind, compartment.owner, epoch.number)


def place_of(compartment: UUID, kind: str, owner: UUID, number: int) -> bytes:
    """See place_info(). number: of the epoch."""
    return pack("grant", settings.DEPLOYMENT, compartment.bytes, kind, owner.bytes, number)


def info_of(place: bytes, fingerprint: bytes, row: bytes, purpose: str, share: str, until: date | None) -> bytes:
    """HPKE info of a grant: everything it is bound to. fingerprint: of the recipient's key; row: the grant's id."""
    return place + pack(fingerprint, row, purpose, share, until.isoformat() if until else None)


@dataclass(slots=True)
class Given:
    """What a Grant says, under the names of its fields. place: what place_info() says of the epoch."""

    epoch: Epoch
    place: bytes
    recipient: KeyPair
    share: str
    giver: KeyPair
    purpose: str
    until_on: date | None
    sealed: bytes = b""
    signature: bytes = b""
    id: UUID = field(default_factory=uuid4)
    made_on: date = field(default_factory=today)

    @property
    def is_release(self) -> bool:
        """Does it go to a worker's half, which alone may come to hold both shares?"""
        return self.recipient.use == KeyPair.Use.WORKER


class Read(NamedTuple):
    """A grant as the database gave it back, in the order of READ; of its epoch and keys only the ids."""

    id: Native
    epoch: Native
    recipient: Native
    share: str
    sealed: bytes
    giver: Native
    signature: bytes
    purpose: str
    until_on: date | str | None
    made_on: date | str

    def of(self, epoch: Epoch, place: bytes, keys: Mapping[Native, KeyPair]) -> Given:
        """The same with its epoch and keys, in the types of the models."""
        return Given(
            epoch, place, keys[self.recipient], self.share, keys[self.giver], self.purpose, _day(self.until_on),
            bytes(self.sealed), bytes(self.signature), self.id if isinstance(self.id, UUID) else UUID(self.id),
            _day(self.made_on) or date.min,
        )  # fmt: skip


def lasting_of(epochs: Collection[Epoch]) -> dict[Native, list[Read]]:
    """The grants of these epochs by the epoch's native id, without releases to a worker's half."""
    found: dict[Native, list[Read]] = {native(epoch.id): [] for epoch in epochs}
    for row in _select(READ, list(found)):
        read = Read(*row)
        found[read.epoch].append(read)
    return found


def ids_of(epochs: Collection[Epoch]) -> dict[Native, frozenset[Native]]:
    """Only the ids of what lasting_of() would find now."""
    found: dict[Native, set[Native]] = {native(epoch.id): set() for epoch in epochs}
    for row, epoch in _select(("id", "epoch_id"), list(found)):
        found[epoch].add(row)
    return {epoch: frozenset(rows) for epoch, rows in found.items()}


def drop_grants(ids: Collection[UUID]) -> None:
    """Delete grants by id, in one statement."""
    delete(Grant, "id", ids)


def _select(names: Sequence[str], epochs: list[Native]) -> list[tuple[Any, ...]]:
    """The lasting grants of some epochs. names: columns, as this module writes them."""
    if not epochs:
        return []
    quote, marks = connection.ops.quote_name, ", ".join(["%s"] * len(epochs))
    columns, table = ", ".join(quote(name) for name in names), quote(Grant._meta.db_table)
    where = f"{quote('epoch_id')} IN ({marks}) AND {quote('is_release')} = %s"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} WHERE {where}", [*epochs, False])  # noqa: S608
        return list(cursor.fetchall())


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def save_grants(rows: Iterable[Given]) -> None:
    """Insert new grants; one to a worker's half is a release."""
    days = connection.ops.adapt_datefield_value
    values = [
        (
            native(row.id), native(row.epoch.id), native(row.recipient.id), row.share, row.sealed, native(row.giver.id),
            row.signature, row.purpose, days(row.until_on), days(row.made_on), row.is_release,
        )
        for row in rows
    ]  # fmt: skip
    insert(Grant, (*READ, "is_release"), values)


def save_epochs(rows: Iterable[tuple[Epoch, bytes]]) -> None:
    """Insert new epochs, each with its erase share (32 bytes)."""
    made, days = list(rows), connection.ops.adapt_datefield_value
    epochs = [
        (native(row.id), native(row.compartment_id), row.number, row.is_split, days(row.made_on)) for row, _ in made
    ]
    insert(Epoch, ("id", "compartment_id", "number", "is_split", "made_on"), epochs)
    insert(EraseShare, ("epoch_id", "share"), [(native(row.id), share) for row, share in made])
