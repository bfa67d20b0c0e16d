"""The compartments of a case, and who holds them."""

from __future__ import annotations

from cases.models import Case
from vault.keyring import Keyring
from vault.models import Compartment
from vault.opened import Opened
from vault.recipients import Recipient, organisation, stated

IDENTITY, ACCOUNT, MESSAGES, WORK, SEALED, DRAFT = "identity", "account", "messages", "work", "sealed", "draft"
ASSIGNED_KINDS = (IDENTITY, ACCOUNT, MESSAGES, WORK)


def organisation_keys() -> list[Recipient]:
    """Everybody who holds a new case: intake, leads, recovery."""
    return [organisation(use) for use in ("intake", "leads", "recovery")]


def audience(case: Case) -> list[Recipient]:
    """Who gets a further epoch of a case: the organisation's keys and everybody who is assigned now."""
    assigned = case.assignments.filter(ended_on=None).select_related("person__pair")
    return organisation_keys() + [stated(each.person.pair, {"person"}) for each in assigned]


def compartment(case: Case, kind: str) -> Compartment:
    """One of a case's compartments."""
    return Compartment.objects.get(kind=kind, owner=case.id)


def open_latest(case: Case, kind: str, ring: Keyring) -> Opened:
    """The newest epoch of a compartment that the ring may open. Raises vault.errors.NoGrant."""
    return ring.latest(compartment(case, kind))


def open_every(case: Case, kind: str, ring: Keyring) -> list[Opened]:
    """All epochs of a compartment that the ring may open, oldest first."""
    return ring.open_all(compartment(case, kind))
