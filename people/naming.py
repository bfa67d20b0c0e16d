"""Naming a caseworker as intake staff, and ending it: the intake key comes and goes with it."""

from __future__ import annotations

from django.db import transaction

from people import joining, replacing
from people.errors import Refused
from people.handing import hand_on
from people.intake_staff import state_intake
from people.models import Person, Role
from people.permissions import Permission
from people.recipients import INTAKE, is_intake_staff
from vault import audit
from vault.directory import withdraw
from vault.keyring import KEY_KIND, Keyring
from vault.models import Grant, KeyPair, Statement

Use = KeyPair.Use


@transaction.atomic
def name(*, person: Person, by: Person, ring: Keyring) -> None:
    """Let a caseworker read new accounts. Raises Refused, vault.errors.NoGrant without the root."""
    row = _locked(person, by)
    if row.role != Role.CASEWORKER or not row.is_active or is_intake_staff(row):
        raise Refused("not_intake")
    state_intake(row, ring.team(Use.ROOT).signer)
    if not is_intake_staff(row):  # named and ended today: the same words were withdrawn for good
        raise Refused("ended_today")
    hand_on(ring)
    audit.record("person.intake", "person", row.id, by=by.id)


@transaction.atomic
def end(*, person: Person, by: Person, ring: Keyring) -> None:
    """Take the intake key from a caseworker: it is replaced, and new accounts get new epochs.

    The own cases stay. Raises Refused, vault.errors.NoGrant without the root.
    """
    row = _locked(person, by)
    if not is_intake_staff(row):
        raise Refused("not_intake")
    for statement in Statement.objects.filter(pair=row.pair, role=INTAKE):
        withdraw(statement)
    keys = KeyPair.objects.filter(use=Use.INTAKE).values("id")
    Grant.objects.filter(
        epoch__compartment__kind=KEY_KIND, epoch__compartment__owner__in=keys, recipient=row.pair
    ).delete()
    replacing.replace({Use.INTAKE}, ring)
    audit.record("person.intake_over", "person", row.id, by=by.id)


def _locked(person: Person, by: Person) -> Person:
    joining.require(by, Permission.ADMIT)
    return Person.objects.select_for_update(of=("self",)).select_related("pair").get(id=person.id)
