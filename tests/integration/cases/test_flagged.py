"""Flags of a page of cases: the same as of each by itself, in as many statements as for one, and no fault slips by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import keys, queue, work
from cases.flagged import flags_of_each
from cases.flags import UNREADABLE, Flag, flags_of
from cases.models import Case
from people import alarms
from tests.factories import cast as made
from tests.factories.cast import FIRST, Cast, Member, Survivor
from tests.factories.kept import kept
from vault.apart import KEY_KIND
from vault.models import Compartment, Head, SealedValue

INTERPOL = {"papers": {"OFF-09": {"value": ["interpol"], "lang": "be"}}}
DANGER = {**FIRST, "SAF-04": {"value": ["removal"], "lang": "be"}}


def shown() -> list[Case]:
    """The cases as a page reads them."""
    return list(queue.ordered(Case.objects.select_related("receipt")))


def words(flags: dict[Any, list[Flag]]) -> list[list[str]]:
    return sorted([each.words for each in found] for found in flags.values())


@pytest.fixture
def cases(cast: Cast) -> list[Survivor]:
    """Untouched; with Ben and told more; held, after Dana gave it to Chloe."""

    def make() -> list[Survivor]:
        fresh, told, urgent = made.first_contact(), made.first_contact(), made.first_contact(DANGER)
        made.assigned(told, cast.ben)
        made.tell(told, INTERPOL)
        made.given(urgent, cast.chloe, cast.dana)
        return [fresh, told, urgent]

    return kept("three cases in a queue", make)


def test_each_viewer_sees_what_each_case_shows(cases: list[Survivor], cast: Cast) -> None:
    for member in (cast.ben, cast.chloe, cast.dana, cast.lena):
        page = flags_of_each(shown(), member.ring)
        assert page == {case.id: flags_of(case, member.ring) for case in shown()}
    family, more, danger = (
        ["Family at risk"],
        ["Wanted through Interpol", "Family at risk"],
        "Removal or extradition risk",
    )
    assert words(flags_of_each(shown(), cast.dana.ring)) == [family, [danger], more]
    assert words(flags_of_each(shown(), cast.ben.ring)) == [[], family, more]


def test_a_page_takes_as_many_statements_as_a_case_of_each_kind(cases: list[Survivor], cast: Cast) -> None:
    def statements() -> list[int]:
        counts = []
        for member in (cast.ben, cast.dana):
            ring, found = member.ring, shown()
            with CaptureQueriesContext(connection) as taken:
                flags_of_each(found, ring)
            counts.append(len(taken))
        return counts

    before = statements()
    for _ in range(3):
        more = made.first_contact()
        made.first_contact(DANGER)
        made.assigned(more, cast.ben)
        made.tell(more, INTERPOL)
        made.confirmed(more, cast.ben)
    assert statements() == before


def changed(case: Case, cast: Cast) -> None:
    value = SealedValue.objects.get(table="case", field="flags", row=case.id)
    SealedValue.objects.filter(id=value.id).update(blob=bytes(value.blob)[:-1] + bytes([value.blob[-1] ^ 1]))


def taken_out(case: Case, cast: Cast) -> None:
    SealedValue.objects.filter(table="case", field="flags", row=case.id).delete()


def an_older_one(case: Case, cast: Cast) -> None:
    work.write(case, cast.ben.ring, "case", "flags", case.id, {"flags": ["SUICIDE"]})
    SealedValue.objects.filter(table="case", field="flags", row=case.id, version=2).delete()


def an_older_head(case: Case, cast: Cast) -> None:
    room = keys.compartment(case, keys.WORK).id
    old, counter = SealedValue.objects.get(table="head", row=room), Head.objects.get(owner=room).counter
    work.write(case, cast.ben.ring, "case", "flags", case.id, {"flags": ["SUICIDE"]})
    newer = Head.objects.get(owner=room).value_id
    old.save(force_insert=True)
    Head.objects.filter(owner=room).update(counter=counter, value=old)
    SealedValue.objects.filter(id=newer).delete()
    SealedValue.objects.filter(table="case", field="flags", row=case.id, version=2).delete()


def of_a_later_sending(case: Case, cast: Cast) -> None:
    value = SealedValue.objects.get(table="case", field="raised", row=case.id)
    SealedValue.objects.filter(id=value.id).update(blob=bytes(value.blob)[:-1] + bytes([value.blob[-1] ^ 1]))


def without_the_compartment(case: Case, cast: Cast) -> None:
    room = Compartment.objects.get(kind=keys.WORK, owner=case.id)
    Head.objects.filter(owner=room.id).delete()
    room.delete()


def with_a_foreign_founder(case: Case, cast: Cast) -> None:
    Compartment.objects.filter(kind=keys.WORK, owner=case.id).update(founder=cast.ben.person.pair)


@pytest.mark.parametrize(
    "attack",
    [changed, taken_out, an_older_one, an_older_head, of_a_later_sending, without_the_compartment,
     with_a_foreign_founder],
)  # fmt: skip
def test_what_does_not_fit_shows_on_its_row_alone(
    cases: list[Survivor], cast: Cast, ben: Member, attack: Callable[[Case, Cast], None]
) -> None:
    case = cases[1].fresh()
    attack(case, cast)
    page = flags_of_each(shown(), ben.ring)
    assert page.pop(case.id) == [UNREADABLE]
    assert words(page) == [[], ["Family at risk"]]
    assert [each.reference for each in alarms.waiting()] == [case.reference]


def test_a_key_of_the_organisation_that_does_not_fit_breaks_no_page(cases: list[Survivor], cast: Cast) -> None:
    leads = cast.dana.ring.team("leads").pair.id
    Compartment.objects.filter(kind=KEY_KIND, owner=leads).update(founder=cast.ben.person.pair)
    page = flags_of_each(shown(), cast.dana.ring)
    assert page[cases[1].case.id] == [UNREADABLE]
