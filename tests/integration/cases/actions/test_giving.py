"""Many cases for one member: limits of a load, slices, and everything that can go wrong with one of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from cases import keys, load
from cases.actions import assigning, giving
from cases.actions.giving import Chosen, Outcome, give
from cases.errors import Refused
from cases.folds import OPENED
from cases.models import Assignment, Case
from people import alarms
from people.models import Person
from tests.factories import cast as made
from tests.factories.cast import FIRST, Cast, Member, Survivor
from tests.factories.kept import kept
from tests.factories.rows import many, working
from vault import audit
from vault.models import AuditEvent, Grant, SealedValue, today

DANGER = {**FIRST, "SAF-04": {"value": ["removal"], "lang": "be"}}
WHY = "Nobody else speaks her dialect."


@pytest.fixture
def fresh(cast: Cast) -> list[Survivor]:
    """Three cases that nobody works on."""
    return kept("three fresh cases", lambda: [made.first_contact() for _ in range(3)])


def chosen(cases: list[Survivor]) -> list[Chosen]:
    return [Chosen(each.case.reference, 0) for each in cases]


def given_to(person: Person) -> set[str]:
    return set(Assignment.objects.filter(person=person, ended_on=None).values_list("case__reference", flat=True))


def loaded(person: Person, number: int) -> None:
    for case in many(number, status="in_review"):
        working(case, person)


def test_each_case_is_given_with_its_keys(fresh: list[Survivor], cast: Cast) -> None:
    dana, chloe = cast.dana, cast.chloe.person
    done = give(chosen(fresh), person=chloe, by=dana.person, ring=dana.ring, seconds=60)
    assert done == [Outcome(each.case.reference) for each in fresh]
    for each in fresh:
        grants = Grant.objects.filter(recipient=chloe.pair, epoch__compartment__owner=each.case.id)
        assert grants.count() == len(keys.ASSIGNED_KINDS)
    again = give(chosen(fresh), person=chloe, by=dana.person, ring=dana.ring, seconds=60)
    assert again == done, "pressed twice"
    assert Assignment.objects.count() == AuditEvent.objects.filter(action="case.assigned").count() == 3


def test_a_slice_ends_with_its_time_and_what_is_left_is_untouched(fresh: list[Survivor], cast: Cast) -> None:
    done = give(chosen(fresh), person=cast.chloe.person, by=cast.dana.person, ring=cast.dana.ring, seconds=0)
    assert [each.reference for each in done] == [fresh[0].case.reference]
    assert given_to(cast.chloe.person) == {fresh[0].case.reference}


def test_a_case_that_fails_stops_no_other_and_is_named(
    fresh: list[Survivor], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, broken, fine = fresh
    made.assigned(taken, cast.ben)
    value = SealedValue.objects.get(table="case", field="flags", row=broken.case.id)
    SealedValue.objects.filter(id=value.id).update(blob=bytes(value.blob)[:-1] + bytes([value.blob[-1] ^ 1]))
    ended, far = made.first_contact(), made.first_contact()
    Case.objects.filter(id=ended.case.id).update(status=Case.Status.CLOSED)
    Case.objects.filter(id=far.case.id).update(team="South")
    everything = [*chosen([*fresh, ended, far]), Chosen("ZZZ-ZZZ", 0)]
    done = give(everything, person=cast.chloe.person, by=cast.dana.person, ring=cast.dana.ring, seconds=60)
    assert [each.code for each in done] == [
        giving.CHANGED, giving.BROKEN, giving.GIVEN, giving.ENDED, giving.UNKNOWN, giving.UNKNOWN,
    ]  # fmt: skip
    assert given_to(cast.chloe.person) == {fine.case.reference}
    assert [each.reference for each in alarms.waiting()] == [broken.case.reference]


@pytest.mark.parametrize(
    ("harm", "code"),
    [("suspended", giving.AWAY), ("lawyer", giving.AWAY), ("another key", giving.STRANGER), ("database", giving.BUSY)],
)
def test_whom_nothing_can_be_given_gets_nothing(
    fresh: list[Survivor], cast: Cast, monkeypatch: pytest.MonkeyPatch, harm: str, code: str
) -> None:
    person = Person.objects.get(id=cast.chloe.person.id)
    if harm == "suspended":
        Person.objects.filter(id=person.id).update(is_active=False)
    elif harm == "lawyer":
        person = cast.lena.person
    elif harm == "another key":
        person.pair.statements.all().delete()
    else:
        monkeypatch.setattr(assigning.rooms, "share", _fails)
    done = give(chosen(fresh), person=person, by=cast.dana.person, ring=cast.dana.ring, seconds=60)
    assert {each.code for each in done} == {code}
    assert not Assignment.objects.exists()
    assert not Grant.objects.filter(purpose=assigning.PURPOSE).exists()
    assert alarms.waiting() == []


def _fails(*args: Any) -> None:
    raise DatabaseError("the line to the database broke")


def test_a_caseworker_gives_nothing(fresh: list[Survivor], cast: Cast) -> None:
    with pytest.raises(Refused):
        give(chosen(fresh), person=cast.ben.person, by=cast.chloe.person, ring=cast.chloe.ring)


def test_a_load_counts_open_cases_and_violent_ones_of_this_week(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ben, chloe = cast.ben.person, cast.chloe.person
    loaded(ben, 2)
    ended, back = many(2, status="closed"), many(1, status="in_review")
    working(ended[0], ben)
    working(back[0], ben)
    back[0].assignments.update(ended_on=today())
    for case, person, days in ((ended[0], ben, 0), (ended[0], ben, 0), (ended[1], ben, 7), (ended[1], chloe, 0)):
        event = audit.event(OPENED, "case", case.id, by=person.id)
        event.on = today() - timedelta(days=days)
        event.save()
    found = load.loads([ben, chloe, cast.dana.person])
    assert found == {ben.id: load.Load(2, 1), chloe.id: load.Load(0, 1), cast.dana.person.id: load.Load()}
    assert found[ben.id].words == "2 of 25 open cases, 1 of 8 with violent parts this week"


@pytest.mark.parametrize(
    ("cases", "violent", "more", "fits"),
    [(0, 0, 25, True), (0, 0, 26, False), (24, 0, 1, True), (25, 0, 1, False), (0, 7, 3, True), (0, 8, 1, False),
     (40, 9, 0, True)],
)  # fmt: skip
def test_room(cases: int, violent: int, more: int, fits: bool) -> None:
    assert load.Load(cases, violent).has_room_for(more) is fits


class TestBeyondTheLimit:
    """Ben works on as many cases as one person should."""

    @pytest.fixture(autouse=True)
    def full(self, ben: Member) -> None:
        loaded(ben.person, load.MOST_CASES)

    def test_a_lead_says_why_and_it_is_sealed(self, amina: Survivor, cast: Cast) -> None:
        case, ben, dana = amina.fresh(), cast.ben, cast.dana
        for reason in ("", "  "):
            with pytest.raises(Refused, match=load.FULL):
                assigning.assign(case=case, person=ben.person, by=dana.person, ring=dana.ring, reason=reason)
        assert not Grant.objects.filter(purpose=assigning.PURPOSE).exists()
        row = assigning.assign(case=case, person=ben.person, by=dana.person, ring=dana.ring, reason=WHY)
        assert load.reasons(case, [row], ben.ring) == {row.id: WHY}
        event = AuditEvent.objects.get(action="case.assigned")
        assert event.detail == {"person": str(ben.person.id), "over": 26}
        assert WHY not in str(list(AuditEvent.objects.values())) + str(list(Assignment.objects.values()))

    def test_within_the_limit_a_reason_leaves_no_trace(self, amina: Survivor, cast: Cast) -> None:
        row = assigning.assign(
            case=amina.fresh(), person=cast.chloe.person, by=cast.dana.person, ring=cast.dana.ring, reason=WHY
        )
        assert load.reasons(amina.fresh(), [row], cast.dana.ring) == {}

    def test_nobody_takes_more_but_what_is_urgent(self, amina: Survivor, ben: Member) -> None:
        with pytest.raises(Refused, match=load.FULL):
            assigning.assign(case=amina.fresh(), person=ben.person, by=ben.person, ring=ben.ring, reason=WHY)
        urgent = made.assigned(made.first_contact(DANGER), ben)
        assert urgent.assignments.get().accepted_on is not None

    def test_what_was_given_before_is_accepted_and_given_again(self, amina: Survivor, cast: Cast) -> None:
        case, ben, dana = amina.fresh(), cast.ben, cast.dana
        assigning.assign(case=case, person=ben.person, by=dana.person, ring=dana.ring, reason=WHY)
        assigning.assign(case=case, person=ben.person, by=dana.person, ring=dana.ring)
        assert assigning.accept(case=case, by=ben.person, ring=ben.ring).accepted_on == today()

    def test_a_slice_stops_at_the_limit_and_names_the_rest(self, fresh: list[Survivor], cast: Cast) -> None:
        Assignment.objects.filter(person=cast.ben.person).first().delete()  # type: ignore[union-attr]
        done = give(chosen(fresh), person=cast.ben.person, by=cast.dana.person, ring=cast.dana.ring, seconds=60)
        assert [each.code for each in done] == [giving.GIVEN, load.FULL, load.FULL]
