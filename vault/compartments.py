"""Making compartments, epochs and grants. Access is a grant: without one there is no plaintext."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from secrets import token_bytes
from uuid import UUID

from django.db import transaction

from vault import rows
from vault.apart import require_apart, require_one_side, require_sides_apart
from vault.authors import Authors, compartment_id
from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.envelope.shares import split
from vault.envelope.suite import seal_to
from vault.errors import Forged
from vault.given import Given, info_of, place_info, save_epochs, save_grants
from vault.models import Compartment, Epoch, EraseShare, Grant, KeyPair
from vault.opened import Opened, join_share
from vault.recipients import Recipient
from vault.signers import Signer

DOMAIN = "grant"


class Making:
    """Compartments, epochs and grants that come to be together: made in memory, stored by one statement a table.

    giver: who grants them all. Nothing is stored before save(), which the caller wraps in a transaction.
    """

    def __init__(self, giver: Signer, purpose: str) -> None:
        self._giver, self._purpose = giver, purpose
        self._compartments: list[Compartment] = []
        self._epochs: list[tuple[Epoch, bytes]] = []
        self._grants: list[tuple[Given, bytes, Recipient]] = []

    def found(self, kind: str, owner: UUID) -> Compartment:
        """A new compartment, which the giver founds."""
        pair = self._giver.pair
        made = Compartment(id=compartment_id(pair, kind, owner), kind=kind, owner=owner, founder=pair)
        self._compartments.append(made)
        return made

    def epoch(self, compartment: Compartment, number: int, recipients: Iterable[Recipient]) -> Opened:
        """An epoch with a fresh secret, granted whole to each recipient."""
        opened = self._fresh(compartment, number, is_split=False)
        for recipient in recipients:
            require_one_side(opened.epoch, recipient)
            self._give(opened.epoch, Grant.Share.WHOLE, opened.secret, recipient)
        return opened

    def split(self, compartment: Compartment, number: int, a: Iterable[Recipient], b: Iterable[Recipient]) -> Opened:
        """An epoch with a fresh secret that is A xor B: the `a` recipients get A, the `b` recipients B, nobody both."""
        opened, sides = self._fresh(compartment, number, is_split=True), (list(a), list(b))
        require_sides_apart(opened.epoch, *sides)
        for share, secret, side in zip((Grant.Share.A, Grant.Share.B), split(opened.secret), sides, strict=True):
            for recipient in side:
                self._give(opened.epoch, share, secret, recipient)
        return opened

    def save(self) -> None:
        """Seal and sign the grants, and store everything."""
        seal_rows(self._grants, self._giver)
        rows.store(self._compartments)
        save_epochs(self._epochs)
        save_grants(row for row, _, _ in self._grants)

    def _fresh(self, compartment: Compartment, number: int, *, is_split: bool) -> Opened:
        epoch, share = Epoch(compartment=compartment, number=number, is_split=is_split), token_bytes(32)
        self._epochs.append((epoch, share))
        return join_share(epoch, token_bytes(32), EraseShare(epoch=epoch, share=share), Authors(self._giver))

    def _give(self, epoch: Epoch, share: str, secret: bytes, recipient: Recipient) -> None:
        row = Given(epoch, place_info(epoch), recipient.pair, share, self._giver.pair, self._purpose, None)
        self._grants.append((row, secret, recipient))


@transaction.atomic
def create(*, kind: str, owner: UUID, recipients: Iterable[Recipient], giver: Signer, purpose: str) -> Opened:
    """Make a compartment with its first epoch and grant it whole to each recipient."""
    making = Making(giver, purpose)
    opened = making.epoch(making.found(kind, owner), 1, recipients)
    making.save()
    return opened


@transaction.atomic
def next_epoch(compartment: Compartment, *, recipients: Iterable[Recipient], giver: Signer, purpose: str) -> Opened:
    """Open the next epoch with a fresh secret and grant it whole to each recipient."""
    making = Making(giver, purpose)
    opened = making.epoch(compartment, _next_number(compartment), recipients)
    making.save()
    return opened


@transaction.atomic
def create_split(
    *, kind: str, owner: UUID, a: Iterable[Recipient], b: Iterable[Recipient], giver: Signer, purpose: str
) -> Opened:
    """Make a compartment whose secret is A xor B: the `a` recipients get A, the `b` recipients B, nobody both."""
    making = Making(giver, purpose)
    opened = making.split(making.found(kind, owner), 1, a, b)
    making.save()
    return opened


@transaction.atomic
def next_split(
    compartment: Compartment, *, a: Iterable[Recipient], b: Iterable[Recipient], giver: Signer, purpose: str
) -> Opened:
    """Open the next epoch with a fresh secret that is A xor B, like create_split()."""
    making = Making(giver, purpose)
    opened = making.split(compartment, _next_number(compartment), a, b)
    making.save()
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
    return info_of(place, bytes(row.recipient.fingerprint), row.id.bytes, row.purpose, row.share, row.until_on)


def _next_number(compartment: Compartment) -> int:
    newest = compartment.epochs.order_by("-number").values_list("number", flat=True).first()
    return (newest or 0) + 1


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


def seal_rows(made: Sequence[tuple[Grant | Given, bytes, Recipient]], giver: Signer) -> None:
    """Seal and sign grants that say everything else already: each with its secret, for this very recipient.

    First all are sealed, then all signed: the processor does a thing faster when it does it again.
    """
    infos = [grant_info(row) for row, _, _ in made]
    for (row, secret, recipient), info in zip(made, infos, strict=True):
        row.sealed = seal_to(recipient.kem_public, secret, info)
    for (row, _, _), info in zip(made, infos, strict=True):
        row.signature = giver.sign(DOMAIN, pack(info, row.sealed))
