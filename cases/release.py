"""What a worker must find before it builds: two shares, given by two people, for exactly this request.

No column is read here but the dossier's id: with the database edited so that everything says approved, the shares are
still missing, or carry the wrong names, and nothing opens.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.actions.dossiers import KIND
from cases.dossier_request import input_value, rendering_of, request_purpose
from cases.models import Dossier
from people.models import Role
from people.recipients import STAFF
from vault.errors import Forged, NoGrant, Unstated, VaultError
from vault.keyring import Keyring
from vault.models import Epoch, Grant, KeyPair, SealedValue
from vault.opened import Opened
from vault.recipients import Recipient, stated


class NotReleased(VaultError):
    """The request is not released; `args[0]` is a code: share, role, same_person, purpose, lawyer, missing."""


@dataclass(frozen=True, slots=True)
class Released:
    """A request that two people released to this worker."""

    opened: Opened
    ring: Keyring
    lawyer: Recipient
    requester: Recipient
    content: dict[str, Any]


def open_released(dossier: Dossier, rings: list[Keyring]) -> Released:
    """Verify both shares and open the request's input. Raises NotReleased."""
    value = _input(dossier)
    ring, share_a, share_b = _find_shares(value.epoch, rings)
    asker = _check_givers(share_a, share_b, value)
    opened = ring.open(value.epoch)
    record = json.loads(opened.open(value))
    if record["dossier"] != str(dossier.id):
        raise NotReleased("missing")
    lawyer = _lawyer(record)
    purpose = request_purpose(dossier, lawyer.fingerprint, rendering_of(record["content"]))
    if not share_a.purpose == share_b.purpose == purpose:
        raise NotReleased("purpose")
    return Released(opened, ring, lawyer, asker, record["content"])


def is_lost(dossier: Dossier, rings: list[Keyring]) -> bool:
    """Was share A given to a half that this host does not have any more?"""
    halves = _halves_with_a(dossier)
    return bool(halves) and not halves & {ring.pair.id for ring in rings}


def is_elsewhere(dossier: Dossier, rings: list[Keyring]) -> bool:
    """Was share A given to the living half of another host, which will take the job?"""
    known = KeyPair.objects.filter(id__in=_halves_with_a(dossier), retired_on=None)
    return is_lost(dossier, rings) and known.exists()


def _halves_with_a(dossier: Dossier) -> set[UUID]:
    rows = Grant.objects.filter(
        epoch__compartment__kind=KIND, epoch__compartment__owner=dossier.id, share="a", recipient__use="worker"
    )
    return set(rows.values_list("recipient_id", flat=True))


def _input(dossier: Dossier) -> SealedValue:
    try:
        value = input_value(dossier)
    except Forged as error:
        raise NotReleased("missing") from error
    compartment = value.epoch.compartment
    if (compartment.kind, compartment.owner, value.epoch.is_split) != (KIND, dossier.id, True):
        raise NotReleased("missing")
    return value


def _find_shares(epoch: Epoch, rings: list[Keyring]) -> tuple[Keyring, Grant, Grant]:
    for ring in rings:
        try:
            return ring, ring.find_grant(epoch, Grant.Share.A), ring.find_grant(epoch, Grant.Share.B)
        except NoGrant:
            continue
    raise NotReleased("share")


def _check_givers(share_a: Grant, share_b: Grant, value: SealedValue) -> Recipient:
    """A from a member of staff, B from a lead who neither asked nor gave A. Returns who asked."""
    asker = _person(value.signer, STAFF)
    giver_a, giver_b = _person(share_a.giver, STAFF), _person(share_b.giver, {Role.LEAD})
    if giver_b.holder in (asker.holder, giver_a.holder):
        raise NotReleased("same_person")
    return asker


def _person(pair: KeyPair, roles: Collection[str]) -> Recipient:
    """Whoever the directory names for a key today: a day that stands in a column of the grant proves nothing."""
    try:
        return stated(pair, {KeyPair.Use.PERSON}, roles=roles)
    except Unstated as error:
        raise NotReleased("role") from error


def _lawyer(record: dict[str, Any]) -> Recipient:
    """The lawyer's key as the asker sealed it; the column of the dossier is not asked."""
    try:
        pair = KeyPair.objects.get(id=UUID(record["lawyer_pair"]))
        recipient = stated(pair, {KeyPair.Use.PERSON}, roles={Role.LAWYER})
    except (KeyPair.DoesNotExist, Unstated) as error:
        raise NotReleased("lawyer") from error
    if recipient.fingerprint.hex() != record["lawyer"]:
        raise NotReleased("lawyer")
    return recipient
