"""The compartments of a case, and who holds them."""

from __future__ import annotations

from cases.models import Case
from people.recipients import STAFF, recipient_of
from vault.authors import require_founder
from vault.errors import Forged
from vault.keyring import Keyring
from vault.models import Compartment
from vault.opened import Opened
from vault.recipients import Recipient, organisation

IDENTITY, ACCOUNT, MESSAGES, WORK, SEALED, DRAFT = "identity", "account", "messages", "work", "sealed", "draft"
ASSIGNED_KINDS = (IDENTITY, ACCOUNT, MESSAGES, WORK)


def organisation_keys() -> list[Recipient]:
    """Everybody who holds a new case: intake, leads, recovery."""
    return [organisation(use) for use in ("intake", "leads", "recovery")]


def audience(case: Case) -> list[Recipient]:
    """Who gets a further epoch of a case: the organisation's keys and everybody who is assigned now."""
    assigned = case.assignments.filter(ended_on=None).select_related("person__pair")
    return organisation_keys() + [recipient_of(each.person, STAFF) for each in assigned]


def require_receipt(case: Case, ring: Keyring) -> None:
    """Raise vault.errors.Forged unless this keyring is the receipt of this case."""
    if ring.pair.id != case.receipt_id:
        raise Forged(f"case {case.id}: {ring.pair.id} is not its receipt")


def compartment(case: Case, kind: str) -> Compartment:
    """One of a case's compartments. Raises vault.errors.Forged unless this case's receipt opened it."""
    found = find_compartment(case, kind)
    if found is None:
        raise Forged(f"case {case.id}: no compartment {kind}")
    return found


def find_compartment(case: Case, kind: str) -> Compartment | None:
    """Like compartment(), but None when there is none yet."""
    found = Compartment.objects.filter(kind=kind, owner=case.id).first()
    if found is not None:
        require_founder(found, case.receipt)
    return found


def open_latest(case: Case, kind: str, ring: Keyring) -> Opened:
    """The newest epoch of a compartment. Raises vault.errors.NoGrant."""
    return ring.latest(compartment(case, kind))


def open_every(case: Case, kind: str, ring: Keyring) -> list[Opened]:
    """All epochs of a compartment that the ring may open, oldest first."""
    return ring.open_all(compartment(case, kind))


def open_whole(case: Case, kind: str, ring: Keyring) -> list[Opened]:
    """All epochs of a compartment, oldest first. Raises vault.errors.NoGrant if a grant to one of them is missing."""
    return [ring.open(epoch) for epoch in compartment(case, kind).epochs.order_by("number")]
