"""An epoch whose key is in memory: seal into it, open from it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from django.conf import settings

from vault.authors import Authors
from vault.envelope.aead import open_value, seal_value
from vault.envelope.compartment import compartment_key
from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.errors import Forged
from vault.models import Epoch, EraseShare, SealedValue
from vault.places import Place, place_of
from vault.signers import Signer

VALUE = "value"


@dataclass(frozen=True, slots=True)
class Opened:
    """One epoch's secret and key. Lives in one request or job, never longer."""

    epoch: Epoch
    secret: bytes = field(repr=False)
    key: bytes = field(repr=False)
    authors: Authors = field(default_factory=Authors, repr=False, compare=False)

    def seal(self, place: Place, plaintext: bytes, signer: Signer) -> SealedValue:
        """Seal and sign a value at its place and save the row."""
        context = place.context(self.epoch)
        blob = seal_value(self.key, plaintext, context)
        return SealedValue.objects.create(
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
    return join_share(epoch, secret, EraseShare.objects.filter(epoch=epoch).first(), Authors())


def join_share(epoch: Epoch, secret: bytes, share: EraseShare | None, authors: Authors) -> Opened:
    """Like open_epoch(), with the share as it was just read, and what this request knows about who may sign."""
    if share is None or share.epoch_id != epoch.id:
        raise Forged(f"epoch {epoch.id} was erased")
    context = pack(settings.DEPLOYMENT, epoch.compartment_id.bytes, epoch.number)
    return Opened(epoch, secret, compartment_key(secret, bytes(share.share), context), authors)


def verify_value(value: SealedValue, context: bytes, blob: bytes, authors: Authors) -> None:
    """Raise Forged or Unstated unless the row's signer may sign here and signed exactly these bytes for this place."""
    authors.require(value.signer, value.epoch.compartment, value.made_on)
    try:
        authors.verify(value.signer, VALUE, _signed(context, blob), bytes(value.signature))
    except EnvelopeError as error:
        raise Forged(f"sealed value {value.id}: signature") from error


def _signed(context: bytes, blob: bytes) -> bytes:
    return pack(context, hashlib.sha256(blob).digest())
