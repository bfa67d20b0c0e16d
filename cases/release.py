"""What a worker must find before it builds: two shares, given by two people, for exactly this request.

No column is read here but the dossier's id: with the database edited so that everything says approved, the shares are
still missing, or carry the wrong names, and nothing opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases import records
from cases.actions.dossiers import INPUT, KIND, request_purpose
from cases.models import Dossier
from people.models import Role
from vault.directory import statement_for
from vault.errors import NoGrant, Unstated, VaultError
from vault.keyring import Keyring
from vault.models import Epoch, Grant, KeyPair, SealedValue, Statement
from vault.opened import Opened
from vault.recipients import Recipient, recorded


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
    epoch = Epoch.objects.filter(compartment__kind=KIND, compartment__owner=dossier.id).first()
    value = SealedValue.objects.filter(table=INPUT[0], field=INPUT[1], row=dossier.id).first()
    if epoch is None or value is None or value.epoch_id != epoch.id:
        raise NotReleased("missing")
    ring, share_a, share_b = _find_shares(epoch, rings)
    _check_givers(share_a, share_b, value)
    if not share_a.purpose == share_b.purpose == request_purpose(dossier):
        raise NotReleased("purpose")
    opened = ring.open(epoch)
    record = records.read_newest([opened], *INPUT, dossier.id)
    if record is None or record["dossier"] != str(dossier.id):
        raise NotReleased("missing")
    requester = recorded(value.signer, bytes(value.signer.fingerprint))
    return Released(opened, ring, _lawyer(record), requester, record["content"])


def is_lost(dossier: Dossier, rings: list[Keyring]) -> bool:
    """Was share A given to a half that this host does not have any more?"""
    here = {ring.pair.id for ring in rings}
    rows = Grant.objects.filter(
        epoch__compartment__kind=KIND, epoch__compartment__owner=dossier.id, share="a", recipient__use="worker"
    )
    return not any(row.recipient_id in here for row in rows)


def _find_shares(epoch: Epoch, rings: list[Keyring]) -> tuple[Keyring, Grant, Grant]:
    for ring in rings:
        try:
            return ring, ring.find_grant(epoch, Grant.Share.A), ring.find_grant(epoch, Grant.Share.B)
        except NoGrant:
            continue
    raise NotReleased("share")


def _check_givers(share_a: Grant, share_b: Grant, value: SealedValue) -> None:
    """A from a member of staff, B from a lead who neither asked nor gave A."""
    asker = _person(value.signer, value.made_on)
    giver_a = _person(share_a.giver, share_a.made_on)
    giver_b = _person(share_b.giver, share_b.made_on)
    if giver_a.role not in (Role.CASEWORKER, Role.LEAD) or asker.role not in (Role.CASEWORKER, Role.LEAD):
        raise NotReleased("role")
    if giver_b.role != Role.LEAD:
        raise NotReleased("role")
    if giver_b.holder in (asker.holder, giver_a.holder):
        raise NotReleased("same_person")


def _person(pair: KeyPair, on: Any) -> Statement:
    try:
        return statement_for(pair, {KeyPair.Use.PERSON}, on)
    except Unstated as error:
        raise NotReleased("role") from error


def _lawyer(record: dict[str, Any]) -> Recipient:
    """The lawyer's key as the asker sealed it; the column of the dossier is not asked."""
    try:
        pair = KeyPair.objects.get(id=UUID(record["lawyer_pair"]))
        statement = statement_for(pair, {KeyPair.Use.PERSON})
        recipient = recorded(pair, bytes.fromhex(record["lawyer"]))
    except (KeyPair.DoesNotExist, Unstated) as error:
        raise NotReleased("lawyer") from error
    if statement.role != Role.LAWYER:
        raise NotReleased("lawyer")
    return recipient
