"""Two shares, two people: what keeps the halves of a split secret from coming together in one hand unnoticed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from vault import rows
from vault.errors import Forged
from vault.models import Compartment, Epoch, Grant, KeyPair
from vault.recipients import Recipient

KEY_KIND = "key"  # the compartment that holds the seed of an organisation key
OTHER_SIDE: dict[str, str] = {KeyPair.Use.CASEWORKERS: KeyPair.Use.LEADS, KeyPair.Use.LEADS: KeyPair.Use.CASEWORKERS}


def require_apart(epoch: Epoch, other: str, recipient: Recipient, until: date | None) -> None:
    """Raise Forged if a recipient would come to hold both shares. other: the share that is not given now.

    A worker's half may hold both. A person who reaches the other share through a key of the organisation may be given
    this one until a day; nobody gets it without an end.
    """
    if recipient.pair.use == KeyPair.Use.WORKER:
        return
    holders = list(Grant.objects.filter(epoch=epoch, share=other).values_list("recipient_id", flat=True))
    _require_other(epoch, holders, recipient, until)


def require_sides_apart(epoch: Epoch, a: Iterable[Recipient], b: Iterable[Recipient]) -> None:
    """Like require_apart() for a new epoch, of which nobody was granted anything yet."""
    holders = [each.pair.id for each in a]
    for recipient in b:
        if recipient.pair.use != KeyPair.Use.WORKER:
            _require_other(epoch, holders, recipient, None)


def _require_other(epoch: Epoch, holders: list[UUID], recipient: Recipient, until: date | None) -> None:
    if recipient.pair.id in holders:
        raise Forged(f"epoch {epoch.id}: one holder may not have both shares")
    if until is None and _reaches_key_of(holders, recipient):
        raise Forged(f"epoch {epoch.id}: one holder may not reach both shares without an end")


def _reaches_key_of(holders: list[UUID], recipient: Recipient) -> bool:
    """Was a recipient granted the key of one of these holders, if they are keys of the organisation?"""
    owned = [each for (each,) in rows.columns(Compartment, "id", owner=holders)]
    epochs = [each for (each,) in rows.columns(Epoch, "id", compartment_id=owned)]
    return bool(rows.columns(Grant, "id", epoch_id=epochs, recipient_id=recipient.pair.id))


def require_one_side(epoch: Epoch, recipient: Recipient) -> None:
    """Raise Forged if a person would come to hold the caseworkers' key beside the leads' key: both shares."""
    other = OTHER_SIDE.get(_use_of_key(epoch)) if epoch.compartment.kind == KEY_KIND else None
    if other is None or recipient.pair.use != KeyPair.Use.PERSON:
        return
    keys = KeyPair.objects.filter(use=other).values("id")
    if Grant.objects.filter(epoch__compartment__owner__in=keys, recipient=recipient.pair).exists():
        raise Forged(f"epoch {epoch.id}: one person may not hold the keys of both shares")


def _use_of_key(epoch: Epoch) -> str:
    """The use of the organisation key whose seed lies in this compartment."""
    return KeyPair.objects.filter(id=epoch.compartment.owner).values_list("use", flat=True).first() or ""
