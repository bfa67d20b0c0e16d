"""What a retired intake key still opens is given to the key in use; then the retired one is destroyed."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from vault.apart import KEY_KIND
from vault.compartments import seal_grant, verify_grant
from vault.errors import NoGrant, VaultError
from vault.keyring import Keyring
from vault.models import Compartment, Grant, KeyPair
from vault.recipients import organisation
from vault.renewal import Trouble
from vault.teamkeys import destroy

INTAKE = KeyPair.Use.INTAKE


def waiting() -> QuerySet[Grant]:
    """The grants to intake keys that are in use no more."""
    return Grant.objects.filter(recipient__use=INTAKE, recipient__retired_on__isnull=False)


def doomed() -> QuerySet[KeyPair]:
    """The retired intake keys whose seed still exists."""
    seeds = Compartment.objects.filter(kind=KEY_KIND).values("owner")
    return KeyPair.objects.filter(use=INTAKE, retired_on__isnull=False, id__in=seeds)


@transaction.atomic
def give_again(ids: list[UUID], ring: Keyring, trouble: Trouble) -> int:
    """Grant these epochs to the intake key in use instead and return how many.

    A grant that does not verify, or that this ring cannot open, goes to `trouble` and stays. Raises Unstated while
    there is no intake key.
    """
    current, signer = organisation(INTAKE), ring.signer
    rows = waiting().filter(id__in=ids).order_by("id").select_for_update(of=("self",), skip_locked=True)
    made, done = [], []
    for row in rows.select_related("recipient", "giver", "epoch__compartment"):
        try:
            secret = _secret(row, ring)
        except VaultError as error:
            trouble("grant", row.id, error)
            continue
        done.append(row.id)
        if not Grant.objects.filter(epoch=row.epoch, recipient=current.pair).exists():
            made.append(seal_grant(row.epoch, row.share, secret, current, signer, row.purpose, row.until_on))
    Grant.objects.filter(id__in=done).delete()
    Grant.objects.bulk_create(made)
    return len(done)


@transaction.atomic
def destroy_empty() -> int:
    """Destroy the retired intake keys to which no grant is left and return how many."""
    empty = [pair for pair in doomed().select_for_update() if not Grant.objects.filter(recipient=pair).exists()]
    for pair in empty:
        destroy(pair)
    return len(empty)


def _secret(row: Grant, ring: Keyring) -> bytes:
    """What the retired key was granted: by that key, or by whatever else on the ring opens the same share."""
    try:
        holder = ring.team_of(row.recipient)
    except NoGrant:
        return ring.open_share(row.epoch, row.share)
    verify_grant(row)
    return holder.open_grant(row)
