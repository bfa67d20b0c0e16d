"""Standing in for the leads: for some days somebody decides as a lead, and holds the leads' key so long.

A deputy gets the leads' key and not the root: a deputy decides about cases, and admits nobody.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from people import joining, replacing
from people.errors import Refused
from people.models import DEPUTIES, Deputyship, Person, Role
from people.permissions import Permission
from people.recipients import recipient_of
from vault import audit
from vault.directory import state, withdraw
from vault.errors import Unstated
from vault.gone import expose
from vault.keyring import KEY_KIND, Keyring
from vault.models import Grant, KeyPair, Statement, today

LONGEST = timedelta(days=30)
Use = KeyPair.Use


@transaction.atomic
def name(*, person: Person, until: date, by: Person, ring: Keyring) -> Deputyship:
    """Let somebody stand in for the leads from today to a day, both included.

    Raises Refused, vault.errors.NoGrant without the root and the leads' key.
    """
    joining.require(by, Permission.NAME_DEPUTY)
    row = Person.objects.select_for_update(of=("self",)).select_related("pair").get(id=person.id)
    _require_fit(row, until)
    root = ring.team(Use.ROOT).signer
    made = Deputyship.objects.create(person=row, made_by=by, until_on=until)
    state(
        pair=row.pair, holder=row.id, use=Use.PERSON, role=Role.LEAD, from_on=today(), until_on=until, signer=root
    )  # fmt: skip
    try:
        recipient_of(row, {Role.LEAD})
    except Unstated as error:  # the same days were named and ended today
        raise Refused("ended_today") from error
    replacing.give_to_deputies(ring)
    audit.record("person.deputy", "person", row.id, by=by.id, detail={"until": until.isoformat()})
    return made


@transaction.atomic
def end(*, deputyship: Deputyship, by: Person, ring: Keyring) -> None:
    """End a deputyship before its last day; the leads' key is replaced at once. Raises Refused, NoGrant."""
    joining.require(by, Permission.NAME_DEPUTY)
    row = Deputyship.objects.select_for_update(of=("self",)).select_related("person__pair").get(id=deputyship.id)
    if row.ended_on is not None:
        raise Refused("not_deputy")
    _take_back(row)
    replacing.replace({Use.LEADS}, ring)
    audit.record("person.deputy_over", "person", row.person_id, by=by.id)


def end_running(*, person: Person, by: Person, ring: Keyring) -> None:
    """End the deputyship of somebody who leaves or gets new keys, if there is one."""
    for row in running(person):
        end(deputyship=row, by=by, ring=ring)


def running(person: Person) -> list[Deputyship]:
    """The deputyships of a person that are not over; one or none."""
    return list(Deputyship.objects.filter(person=person, ended_on=None))


@transaction.atomic
def lapse() -> int:
    """For the clock: take the keys back whose last day is over, and return how many. The next lead makes new ones."""
    rows = Deputyship.objects.filter(ended_on=None, until_on__lt=today()).select_related("person__pair")
    for row in rows:
        _take_back(row)
        for pair in KeyPair.objects.filter(use=Use.LEADS, retired_on=None):
            expose(pair)
        audit.record("person.deputy_over", "person", row.person_id, by=None)
    return len(rows)


def _take_back(row: Deputyship) -> None:
    pair = row.person.pair
    for statement in Statement.objects.filter(pair=pair, role=Role.LEAD).exclude(until_on=None):
        withdraw(statement)
    keys = KeyPair.objects.filter(use=Use.LEADS).values("id")
    Grant.objects.filter(epoch__compartment__kind=KEY_KIND, epoch__compartment__owner__in=keys, recipient=pair).delete()
    Deputyship.objects.filter(id=row.id).update(ended_on=today())


def _require_fit(person: Person, until: date) -> None:
    if not person.is_active or person.role not in DEPUTIES:
        raise Refused("no_deputy")
    if running(person):
        raise Refused("is_deputy")
    if not today() <= until <= today() + LONGEST:
        raise Refused("too_long")
    try:
        recipient_of(person, {person.role})
    except Unstated as error:
        raise Refused("not_admitted") from error
