"""Suspending and removing people. Suspending closes the door at once; removing also takes the keys."""

from __future__ import annotations

from secrets import token_urlsafe

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django_otp import devices_for_user

from people import deputies, joining, replacing, sessions
from people.errors import Refused
from people.models import Invitation, Person, RecoveryShare, Role
from people.permissions import Permission
from people.recipients import recipient_of
from vault import audit
from vault.directory import revoke
from vault.errors import Unstated
from vault.gone import expose
from vault.keyring import Keyring
from vault.models import Grant, KeyPair, today
from vault.renewal import has_newer

LEADS_STAY = 2  # one asks and another decides


@transaction.atomic
def suspend(*, person: Person, by: Person) -> None:
    """Close the door to somebody at once and end every session. Keys stay; a lead may let the person in again."""
    joining.require(by, Permission.SUSPEND)
    row = _locked(person)
    _require_other(row, by)
    if not row.is_active:
        raise Refused("not_active")
    if row.role == Role.LEAD and not _other_leads(row):
        raise Refused("last_lead")
    Person.objects.filter(id=row.id).update(is_active=False)
    sessions.end_all(row)
    audit.record("person.suspended", "person", row.id, by=by.id)


@transaction.atomic
def reinstate(*, person: Person, by: Person) -> None:
    """Let somebody in again who was suspended. Raises Refused when nobody ever admitted this key in this role."""
    joining.require(by, Permission.ADMIT)
    row = _locked(person)
    _require_other(row, by)
    if row.is_active or row.removed_on is not None:
        raise Refused("not_suspended")
    try:
        recipient_of(row, Role.values)
    except Unstated as error:
        raise Refused("not_admitted") from error
    Person.objects.filter(id=row.id).update(is_active=True)
    audit.record("person.reinstated", "person", row.id, by=by.id)


@transaction.atomic
def remove(*, person: Person, by: Person, ring: Keyring) -> set[str]:
    """Remove somebody for good and return the uses of the organisation keys that were replaced.

    The key is revoked, its grants go, and whatever the person could open gets new keys in the leads' sessions.
    Raises Refused, vault.errors.NoGrant without the root.
    """
    joining.require(by, Permission.REMOVE)
    row = _locked(person)
    _require_removable(row, by)
    root = ring.team(KeyPair.Use.ROOT).signer
    deputies.end_running(person=row, by=by, ring=ring)
    held = replacing.held_by(row.pair)
    _require_others(held, row.pair)
    revoke(row.pair, root)
    retire(row.pair, is_exposed=True)
    _forget(row)
    Person.objects.filter(id=row.id).update(is_active=False, removed_on=today(), password=_no_password())
    sessions.end_all(row)
    replacing.replace(held, ring)
    audit.record("person.removed", "person", row.id, by=by.id, detail={"keys": sorted(held)})
    return held


def retire(pair: KeyPair, *, is_exposed: bool) -> None:
    """Take a person's key out of use: its sealed seed is deleted, and the grants to it.

    is_exposed: somebody may have it who must not read on. Then grants to live compartments of cases stay until these
    have new epochs: they say which need one.
    """
    KeyPair.objects.filter(id=pair.id).update(retired_on=today(), password_seed=None)
    grants = Grant.objects.filter(recipient=pair)
    if is_exposed:
        expose(pair)
        live = grants.filter(~has_newer(), is_release=False, epoch__compartment__founder__use=KeyPair.Use.RECEIPT)
        grants = grants.exclude(epoch__compartment__in=live.values("epoch__compartment"))
    grants.delete()


def leads_left(person: Person) -> int:
    """How many active leads there are beside this person."""
    return len(_other_leads(person))


def _locked(person: Person) -> Person:
    """The row as it is now; no second act on people runs meanwhile."""
    list(Person.objects.select_for_update(of=("self",)).filter(role=Role.LEAD).order_by("id"))
    return Person.objects.select_for_update(of=("self",)).select_related("pair").get(id=person.id)


def _other_leads(person: Person) -> list[Person]:
    return list(Person.objects.filter(role=Role.LEAD, is_active=True).exclude(id=person.id))


def _require_other(person: Person, by: Person) -> None:
    if person.id == by.id:
        raise Refused("yourself")


def _require_removable(person: Person, by: Person) -> None:
    _require_other(person, by)
    if person.removed_on is not None:
        raise Refused("removed")
    if person.role == Role.LEAD and len(_other_leads(person)) < LEADS_STAY:
        raise Refused("two_leads_stay")


def _require_others(held: set[str], pair: KeyPair) -> None:
    """A key that nobody else may hold would be lost, and with it everything that it opens."""
    if not all(replacing.would_stay(use, pair) for use in held):
        raise Refused("last_holder")


def _forget(person: Person) -> None:
    """Second factors, open invitations and a share of the kit that is not on paper yet."""
    for row in Invitation.objects.filter(person=person, state__in=joining.OPEN):
        joining.discard(row)
    for device in devices_for_user(person, confirmed=None):
        device.delete()
    RecoveryShare.objects.filter(custodian=person).update(sealed=None)


def _no_password() -> str:
    """A hash that costs what the others cost, of something that nobody knows."""
    return make_password(token_urlsafe(32))
