"""An epoch whose key is in memory: seal into it, open from it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from vault import rows
from vault.authors import Authors
from vault.envelope.aead import open_value, seal_value
from vault.envelope.compartment import compartment_key
from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.errors import Forged
from vault.models import Epoch, EraseShare, KeyPair, SealedValue
from vault.places import Place, place_of
from vault.plain import insert, native
from vault.signers import Signer

VALUE = "value"
COLUMNS = (
    "id", "epoch_id", "table", "field", "row", "version", "blob", "signer_id", "signature", "made_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """One epoch's secret and key. Lives in one request or job, never longer."""

    epoch: Epoch
    secret: bytes = field(repr=False)
    key: bytes = field(repr=False)
    authors: Authors = field(default_factory=Authors, repr=False, compare=False)

    def seal(self, place: Place, plaintext: bytes, signer: Signer) -> SealedValue:
        """Seal and sign a value at its place and save the row."""
        value = self.sealed(place, plaintext, signer)
        value.save(force_insert=True)
        return value

    def sealed(self, place: Place, plaintext: bytes, signer: Signer) -> SealedValue:
        """Like seal(), but the row is not saved yet: save_values() saves many at once."""
        context = place.context(self.epoch)
        blob = seal_value(self.key, plaintext, context)
        return SealedValue(
            epoch=self.epoch, table=place.table, field=place.field, row=place.row, version=place.version, blob=blob,
            signer=signer.pair, signature=signer.sign(VALUE, _signed(context, blob)),
        )  # fmt: skip

    def open(self, value: SealedValue) -> bytes:
        """Verify signature and place, then open. Raises Forged, or an EnvelopeError for a broken ciphertext."""
        if value.epoch_id != self.epoch.id:
            raise Forged(f"sealed value {value.id}: of another epoch")
        blob = bytes(value.blob)
        context = place_of(value).context(self.epoch)
        verify_value(value, context, blob, self.authors)
        try:
            return open_value(self.key, blob, context)
        except EnvelopeError as error:
            raise Forged(f"sealed value {value.id}: {type(error).__name__}") from error


def open_epoch(epoch: Epoch, secret: bytes) -> Opened:
    """Make the key of an epoch from its secret and its erase share. Raises Forged once the share is erased."""
    return join_share(epoch, secret, rows.first(EraseShare, epoch_id=epoch.id), Authors())


def join_share(epoch: Epoch, secret: bytes, share: EraseShare | None, authors: Authors) -> Opened:
    """Like open_epoch(), with the share as it was just read, and what this request knows about who may sign."""
    if share is None or share.epoch_id != epoch.id:
        raise Forged(f"epoch {epoch.id} was erased")
    context = pack(settings.DEPLOYMENT, epoch.compartment_id.bytes, epoch.number)
    return Opened(epoch, secret, compartment_key(secret, bytes(share.share), context), authors)


def save_values(values: Iterable[SealedValue]) -> None:
    """Insert values that Opened.sealed() made."""
    days = connection.ops.adapt_datefield_value
    made = [
        (
            native(each.id), native(each.epoch_id), each.table, each.field, native(each.row), each.version, each.blob,
            native(each.signer_id), each.signature, days(each.made_on),
        )
        for each in values
    ]  # fmt: skip
    insert(SealedValue, COLUMNS, made)


def values_in(opened: Iterable[Opened], **where: Any) -> list[SealedValue]:
    """The values that lie in these epochs, with epoch and signer, in the order of field and version; nothing is opened.

    where: what other columns must hold. The signers are read once, not with each row.
    """
    by_epoch = {each.epoch.id: each for each in opened}
    found = rows.read(SealedValue, epoch_id=list(by_epoch), **where)
    return joined(sorted(found, key=lambda each: (each.field, each.version)), by_epoch)


def joined(values: list[SealedValue], by_epoch: Mapping[UUID, Opened]) -> list[SealedValue]:
    """Values with the epochs that they lie in, which are open, and with their signers."""
    known = {each.authors.own.id: each.authors.own for each in by_epoch.values() if each.authors.own}
    strangers = {each.signer_id for each in values} - known.keys()
    signers = known | {each.id: each for each in rows.read(KeyPair, id=strangers)}
    for value in values:
        value.epoch, value.signer = by_epoch[value.epoch_id].epoch, signers[value.signer_id]
    return values


def verify_value(value: SealedValue, context: bytes, blob: bytes, authors: Authors) -> None:
    """Raise Forged or Unstated unless the row's signer may sign here and signed exactly these bytes for this place."""
    authors.require(value.signer, value.epoch.compartment, value.made_on)
    try:
        authors.verify(value.signer, VALUE, _signed(context, blob), bytes(value.signature))
    except EnvelopeError as error:
        raise Forged(f"sealed value {value.id}: signature") from error


def _signed(context: bytes, blob: bytes) -> bytes:
    return pack(context, hashlib.sha256(blob).digest())
