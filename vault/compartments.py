"""Making compartments, epochs and grants. Access is a grant: without one there is no plaintext."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from secrets import token_bytes
from uuid import UUID

from django.db import transaction

from vault.apart import require_apart, require_one_side
from vault.authors import Authors, compartment_id
from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.envelope.shares import split
from vault.envelope.suite import seal_to
from vault.errors import Forged
from vault.given import Given, place_info
from vault.models import Compartment, Epoch, EraseShare, Grant, KeyPair
from vault.opened import Opened, open_epoch
from vault.recipients import Recipient
from vault.signers import Signer

DOMAIN = "grant"


@transaction.atomic
def create(*, kind: str, owner: UUID, recipients: Iterable[Recipient], giver: Signer, purpose: str) -> Opened:
    """Make a compartment with its first epoch and grant it whole to each recipient."""
    compartment = _found(kind, owner, giver)
    return next_epoch(compartment, recipients=recipients, giver=giver, purpose=purpose)


@transaction.atomic
def next_epoch(compartment: Compartment, *, recipients: Iterable[Recipient], giver: Signer, purpose: str) -> Opened:
    """Open the next epoch with a fresh secret and grant it whole to each recipient."""
    opened = _fresh(compartment, is_split=False)
    for recipient in recipients:
        grant(opened, recipient, giver=giver, purpose=purpose)
    return opened


@transaction.atomic
def create_split(
    *, kind: str, owner: UUID, a: Iterable[Recipient], b: Iterable[Recipient], giver: Signer, purpose: str
) -> Opened:
    """Make a compartment whose secret is A xor B: the `a` recipients get A, the `b` recipients B, nobody both."""
    compartment = _found(kind, owner, giver)
    return next_split(compartment, a=a, b=b, giver=giver, purpose=purpose)


@transaction.atomic
def next_split(
    compartment: Compartment, *, a: Iterable[Recipient], b: Iterable[Recipient], giver: Signer, purpose: str
) -> Opened:
    """Open the next epoch with a fresh secret that is A xor B, like create_split()."""
    opened = _fresh(compartment, is_split=True)
    share_a, share_b = split(opened.secret)
    for recipient in a:
        release_share(opened.epoch, Grant.Share.A, share_a, recipient, giver=giver, purpose=purpose)
    for recipient in b:
        release_share(opened.epoch, Grant.Share.B, share_b, recipient, giver=giver, purpose=purpose)
    return opened


def grant(opened: Opened, recipient: Recipient, *, giver: Signer, purpose: str, until: date | None = None) -> Grant:
    """Seal an epoch's whole secret to one recipient. A split epoch is refused: its shares are released one by one."""
    if opened.epoch.is_split:
        raise Forged(f"epoch {opened.epoch.id} is split")
    require_one_side(opened.epoch, recipient)
    row = seal_grant(opened.epoch, Grant.Share.WHOLE, opened.secret, recipient, giver, purpose, until)
    row.save()
    return row


def release_share(
    epoch: Epoch, share: str, secret: bytes, recipient: Recipient, *, giver: Signer, purpose: str,
    until: date | None = None,
) -> Grant:  # fmt: skip
    """Seal one share of a split epoch to one recipient; only a worker's half may ever hold both.

    Whoever reaches the other share through a key of the organisation gets this one for a time, or not at all.
    """
    other = Grant.Share.B if share == Grant.Share.A else Grant.Share.A
    require_apart(epoch, other, recipient, until)
    row = seal_grant(epoch, share, secret, recipient, giver, purpose, until)
    row.save()
    return row


def verify_grant(row: Grant, authors: Authors | None = None) -> None:
    """Raise Forged unless the giver signed this grant and may give here; Unstated if the giver is in no directory."""
    known = authors or Authors()
    known.require(row.giver, row.epoch.compartment, row.made_on)
    verify_signature(row, known)


def verify_signature(row: Grant | Given, authors: Authors) -> None:
    """Raise Forged unless the named giver signed exactly this grant; whether that key may give is not asked."""
    try:
        authors.verify(row.giver, DOMAIN, signed_part(row), bytes(row.signature))
    except EnvelopeError as error:
        raise Forged(f"grant {row.id}: signature") from error


def signed_part(row: Grant | Given) -> bytes:
    """What the giver of a grant signs: everything that it says, and its ciphertext."""
    return pack(grant_info(row), bytes(row.sealed))


def grant_info(row: Grant | Given) -> bytes:
    """HPKE info of a grant: everything it is bound to, in the canonical encoding."""
    place = row.place if isinstance(row, Given) else place_info(row.epoch)
    until = row.until_on.isoformat() if row.until_on else None
    return place + pack(bytes(row.recipient.fingerprint), row.id.bytes, row.purpose, row.share, until)


def _found(kind: str, owner: UUID, giver: Signer) -> Compartment:
    made = compartment_id(giver.pair, kind, owner)
    return Compartment.objects.create(id=made, kind=kind, owner=owner, founder=giver.pair)


def _fresh(compartment: Compartment, *, is_split: bool) -> Opened:
    newest = compartment.epochs.order_by("-number").first()
    number = newest.number + 1 if newest else 1
    epoch = Epoch.objects.create(compartment=compartment, number=number, is_split=is_split)
    EraseShare.objects.create(epoch=epoch, share=token_bytes(32))
    return open_epoch(epoch, token_bytes(32))


def seal_grant(
    epoch: Epoch, share: str, secret: bytes, recipient: Recipient, giver: Signer, purpose: str, until: date | None
) -> Grant:
    """A sealed and signed grant that is not saved yet; see grant() and release_share() for the rules."""
    row = Grant(
        epoch=epoch, recipient=recipient.pair, share=share, giver=giver.pair, purpose=purpose, until_on=until,
        is_release=recipient.pair.use == KeyPair.Use.WORKER,
    )  # fmt: skip
    seal_rows([(row, secret, recipient)], giver)
    return row


def seal_rows(rows: Sequence[tuple[Grant | Given, bytes, Recipient]], giver: Signer) -> None:
    """Seal and sign grants that say everything else already: each with its secret, for this very recipient.

    First all are sealed, then all signed: the processor does a thing faster when it does it again.
    """
    infos = [grant_info(row) for row, _, _ in rows]
    for (row, secret, recipient), info in zip(rows, infos, strict=True):
        row.sealed = seal_to(recipient.kem_public, secret, info)
    for (row, _, _), info in zip(rows, infos, strict=True):
        row.signature = giver.sign(DOMAIN, pack(info, row.sealed))
