"""What is stored of many owners, read with few queries, for whoever goes through all of them.

The head of each owner is verified: who signed it, its counter in the audit chain, the hash of every ciphertext that it
lists. What then opens was written by somebody whom a signed head names, for a secret that somebody planted opens none
of it. Not asked is the signature on each grant and each record: it costs ten times what opening costs. Whoever shows a
record opens it again with proved().
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from vault import rows as models
from vault.authors import compartment_id
from vault.envelope.aead import open_value
from vault.envelope.compartment import compartment_key
from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.errors import Forged
from vault.heads import APART, noted, require_fit
from vault.keyring import Keyring
from vault.models import Compartment, Epoch, Head, KeyPair, SealedValue
from vault.opened import Opened
from vault.plain import Native, as_bytes, as_uuid, day_of, native, select

HEAD = "head"  # the table of the lists themselves


class Record(NamedTuple):
    """A sealed value as the database gave it back, in the order of READ. Made many at a time: a model costs more."""

    id: Native
    epoch: Native
    table: str
    field: str
    row: Native
    version: int
    blob: bytes
    signer: Native
    signature: bytes
    made_on: date | str

    @property
    def on(self) -> date:
        """The day on which it was sealed."""
        return day_of(self.made_on)

    def model(self, epoch: Epoch, signer: KeyPair) -> SealedValue:
        """The same as a row of its model."""
        row = self._replace(
            id=as_uuid(self.id), row=as_uuid(self.row), epoch=epoch.id, signer=signer.id, made_on=self.on
        )
        value = SealedValue.from_db("default", READ, row)
        value.epoch, value.signer = epoch, signer
        return value


EPOCH, COMPARTMENT = ("id", "compartment_id", "number", "is_split"), ("id", "kind", "owner", "founder_id")
READ = ("id", "epoch_id", "table", "field", "row", "version", "blob", "signer_id", "signature", "made_on")


@dataclass(slots=True)
class Room:
    """One epoch with its records. secret, key: once it was unlocked."""

    id: Native
    kind: str
    number: int
    is_split: bool
    compartment: UUID
    owner: UUID
    founder: Native
    records: list[Record] = field(default_factory=list)
    secret: bytes = field(default=b"", repr=False)
    key: bytes = field(default=b"", repr=False)

    def unlock(self, secret: bytes, share: bytes | None) -> None:
        """Make the key from what was granted. Raises vault.errors.Forged once the share is erased."""
        if share is None:
            raise Forged(f"epoch {self.id} was erased")
        context = pack(settings.DEPLOYMENT, self.compartment.bytes, self.number)
        self.secret, self.key = secret, compartment_key(secret, share, context)

    def open(self, record: Record) -> bytes:
        """Open a record that a checked head lists. Raises vault.errors.Forged if it is broken or of another place."""
        context = pack(
            "value", settings.DEPLOYMENT, record.table, record.field, as_bytes(record.row), record.version,
            self.compartment.bytes, self.number,
        )  # fmt: skip
        try:
            return open_value(self.key, record.blob, context)
        except EnvelopeError as error:
            raise Forged(f"sealed value {record.id}: {type(error).__name__}") from error

    def epoch(self) -> Epoch:
        """The same as a row of its model, with its compartment."""
        made = Epoch.from_db("default", EPOCH, (as_uuid(self.id), self.compartment, self.number, self.is_split))
        own = (self.compartment, self.kind, self.owner, as_uuid(self.founder))
        made.compartment = Compartment.from_db("default", COMPARTMENT, own)
        return made


@dataclass(frozen=True, slots=True)
class Collected:
    """All epochs of one owner by kind, oldest first, and their records as far as they were read."""

    owner: UUID
    rooms: dict[str, list[Room]] = field(default_factory=dict)
    heads: dict[UUID, Listed] = field(default_factory=dict)

    def of_kind(self, kind: str, founder: KeyPair) -> list[Room]:
        """The epochs of a compartment. Raises vault.errors.Forged if there is none, or another key opened it."""
        found = self.rooms.get(kind)
        made = compartment_id(founder, kind, self.owner)
        if not found or found[0].compartment != made or found[0].founder != native(founder.id):
            raise Forged(f"{self.owner}: no compartment {kind} that {founder.id} has opened")
        return found

    def check(self, listed: UUID, unlocked: Iterable[Room], ring: Keyring) -> None:
        """Compare what was read with the head of the owner, or of one compartment. Raises vault.errors.Forged.

        unlocked: the epochs in which the head may lie.
        """
        found = self.heads.get(listed)
        room = next((each for each in unlocked if found and each.id == found.record.epoch), None)
        if found is None or room is None or as_uuid(found.record.row) != listed:
            raise Forged(f"head of {listed}: missing or not readable")
        epoch = room.epoch()
        found.head.value = found.record.model(epoch, found.signer)
        opened = Opened(epoch, room.secret, room.key, ring.authors)
        require_fit(found.head, opened, self._records(listed), found.noted)

    def _records(self, listed: UUID) -> dict[str, list[object]]:
        """See vault.heads: by the id of a record its version and the hash of its ciphertext."""
        return {
            _dashed(record.id): [record.version, hashlib.sha256(record.blob).hexdigest()]
            for kind, rooms in self.rooms.items()
            for room in rooms
            if (listed == self.owner and kind not in APART) or room.compartment == listed
            for record in room.records
            if record.table != HEAD
        }


@dataclass(frozen=True, slots=True)
class Listed:
    """A head with the record in which its list is sealed. noted: the highest counter in the audit chain."""

    head: Head
    record: Record
    signer: KeyPair
    noted: int | None


def collect(owners: Iterable[UUID], known: Iterable[KeyPair] = (), also: Collection[str] = ()) -> list[Collected]:
    """Read what the heads of these owners list, in their order; nothing is opened.

    known: key pairs that were read already. also: kinds of compartments that have a head of their own and are read too.
    """
    found = {owner: Collected(owner) for owner in owners}
    by_epoch = _rooms(found)
    left_out = APART - set(also)
    wanted = [room.id for room in by_epoch.values() if room.kind not in left_out]
    records = {row[0]: Record(*row) for row in select(SealedValue, READ, epoch_id=wanted)}
    for record in records.values():
        by_epoch[record.epoch].records.append(record)
    _join_heads(found, by_epoch, records, {native(pair.id): pair for pair in known})
    return list(found.values())


def proved(record: Record, ring: Keyring) -> tuple[SealedValue, bytes]:
    """Open one record as its readers do: the grant, the signature and who may sign are asked. Returns row and content.

    Raises vault.errors.Forged, NoGrant, Unstated.
    """
    value = SealedValue.objects.select_related("epoch__compartment", "signer").filter(id=as_uuid(record.id)).first()
    if value is None or bytes(value.blob) != bytes(record.blob):
        raise Forged(f"sealed value {record.id}: changed meanwhile")
    return value, ring.open(value.epoch).open(value)


def _rooms(found: Mapping[UUID, Collected]) -> dict[Native, Room]:
    """Read the epochs of these owners; returns them by id."""
    owned = select(Compartment, COMPARTMENT, owner=list(map(native, found)))
    compartments = {row[0]: (row[1], as_uuid(row[0]), as_uuid(row[2]), row[3]) for row in owned}
    epochs = select(Epoch, EPOCH, compartment_id=list(compartments))
    by_id = {}
    for row, compartment, number, is_split in sorted(epochs, key=lambda each: each[2]):
        kind, own, owner, founder = compartments[compartment]
        by_id[row] = room = Room(row, kind, number, bool(is_split), own, owner, founder)
        found[owner].rooms.setdefault(kind, []).append(room)
    return by_id


def _join_heads(
    found: Mapping[UUID, Collected], rooms: Mapping[Native, Room], records: Mapping[Native, Record],
    known: dict[Native, KeyPair],
) -> None:  # fmt: skip
    """Give each owner its heads; one whose list is not among its records is none."""
    owners = {owner: owner for owner in found} | {room.compartment: room.owner for room in rooms.values()}
    names = ("owner", "counter", "value_id")
    stored = [row for row in select(Head, names, owner=list(map(native, owners))) if row[2] in records]
    listed = [(Head(owner=as_uuid(owner), counter=counter), records[value]) for owner, counter, value in stored]
    highest = noted(head.owner for head, _ in listed)
    strangers = {as_uuid(record.signer) for _, record in listed if record.signer not in known}
    known |= {native(pair.id): pair for pair in models.read(KeyPair, id=strangers)}
    for head, record in listed:
        found[owners[head.owner]].heads[head.owner] = Listed(
            head, record, known[record.signer], highest.get(head.owner)
        )


def _dashed(row: Native) -> str:
    """An id as a head names it."""
    if isinstance(row, UUID):
        return str(row)
    return f"{row[:8]}-{row[8:12]}-{row[12:16]}-{row[16:20]}-{row[20:]}"
