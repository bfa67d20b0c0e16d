"""A member removed yesterday, with a copy of yesterday's database and a copy of today's."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.conf import settings

from cases.actions.leaving import remove_person
from cases.models import Case
from people.models import Role
from tests.attack.closure import Copy
from tests.attack.joined import admitted
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor
from vault import rotation
from vault.models import Epoch

pytestmark = pytest.mark.django_db


def remove(member: Member, by: Member) -> None:
    """Remove somebody, and let the lead's session do the work that follows."""
    remove_person(person=member.person, by=by.person, ring=by.ring)
    while rotation.step(by.ring, seconds=60):
        pass
    assert rotation.remaining().total == 0


def epochs_of(*cases: Case) -> set[UUID]:
    """The ids of all epochs of some cases."""
    return set(Epoch.objects.filter(compartment__owner__in=[case.id for case in cases]).values_list("id", flat=True))


def test_a_removed_caseworker_reads_everything_before_and_nothing_since(
    told: Case, amina: Survivor, cast: Cast
) -> None:
    waiting = made.first_contact()  # new, so that the intake key opens it
    yesterday, seed = Copy.now(settings.DEPLOYMENT), cast.ben.seed
    before = set(yesterday.opened_with(seed)) & epochs_of(told, waiting.case)
    old = epochs_of(told, waiting.case)
    remove(cast.ben, cast.dana)
    made.write(amina, "Пасля таго, як ён сышоў.")
    made.tell(amina, {"you": {"LNG-04": {"value": "Іншае імя", "lang": "be"}}})
    later = made.first_contact()

    today = yesterday.plus(Copy.now(settings.DEPLOYMENT))
    reached = set(today.opened_with(seed)) & epochs_of(told, waiting.case, later.case)
    assert before
    assert reached == before
    assert not reached - old
    known = {value.id for value in yesterday.values}
    assert len([value for value in today.values if value.id not in known]) > 10
    assert {value.id for value in today.read(today.opened_with(seed))} <= known


def test_the_others_read_on(told: Case, amina: Survivor, cast: Cast) -> None:
    remove(cast.ben, cast.dana)
    made.write(amina, "Я тут.")
    copy = Copy.now(settings.DEPLOYMENT)
    for member in (cast.dana, cast.marek):
        whole = {row.id for row in copy.epochs.values() if row.compartment.owner == told.id and not row.is_split}
        assert whole <= set(copy.opened_with(member.seed))
    letters = Epoch.objects.filter(compartment__owner=told.id, compartment__kind="messages")
    assert {row.id for row in letters} <= set(copy.opened_with(amina.keys.seed))


def test_a_removed_lead_reads_nothing_since_and_the_root_is_what_stays_in_the_hands(cast: Cast) -> None:
    """The root cannot be taken back; it opens no case. What it can still do is in docs/threat-model.md."""
    third = admitted(cast, "greta", Role.LEAD, made.TEAM)
    old = made.first_contact()
    yesterday, seed = Copy.now(settings.DEPLOYMENT), third.seed
    assert epochs_of(old.case) & set(yesterday.opened_with(seed))
    before = epochs_of(old.case)
    remove(third, cast.dana)
    new = made.first_contact()
    today = yesterday.plus(Copy.now(settings.DEPLOYMENT))
    assert not set(today.opened_with(seed)) & (epochs_of(old.case, new.case) - before)
