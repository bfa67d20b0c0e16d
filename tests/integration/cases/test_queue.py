"""The queue: metadata, filters, the next step, and flags for holders alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases import queue, saved
from cases.flags import UNREADABLE, flags_of
from cases.models import Approval, Case
from cases.steps import next_step
from tests.factories import cast as made
from tests.factories.cast import FIRST, STORY, Cast, Member, Survivor
from vault.models import SealedValue


def page(client: Client, **wanted: str) -> str:
    return client.get("/desk/", wanted).content.decode()


def test_it_shows_what_is_readable_and_nothing_else(as_ben: Client, told: Case) -> None:
    shown = page(as_ben)
    for words in (told.reference, "Lithuania", "Belarusian", "Read the account", "Ben", "Account received"):
        assert words in shown
    for words in (STORY[:40], "Аміна", "Мінск", "Акт"):
        assert words not in shown


def test_flags_are_opened_for_holders(as_ben: Client, told: Case) -> None:
    assert "Family at risk" in page(as_ben)


def test_flags_of_a_case_whose_record_was_changed_say_so(ben: Member, amina: Survivor) -> None:
    value = SealedValue.objects.get(table="case", field="flags")
    value.blob = bytes(value.blob)[:-1] + bytes([bytes(value.blob)[-1] ^ 1])
    value.save()
    assert flags_of(amina.fresh(), ben.ring) == [UNREADABLE]


def test_nobody_without_a_grant_sees_flags(cast: Cast, amina: Survivor) -> None:
    assert flags_of(amina.fresh(), cast.lena.ring) == []


def test_the_most_urgent_comes_first(cast: Cast, as_ben: Client) -> None:
    calm = made.first_contact({**FIRST, "SAF-04": {"value": [], "lang": "be"}})
    urgent = made.first_contact({**FIRST, "SAF-04": {"value": ["removal"], "lang": "be"}})
    shown = page(as_ben)
    assert shown.index(urgent.case.reference) < shown.index(calm.case.reference)
    assert f'Open next: <bdi class="ref">{urgent.case.reference}' in shown


@pytest.mark.parametrize(
    ("wanted", "is_shown"),
    [
        ({"language": "be"}, True),
        ({"language": "ru"}, False),
        ({"level": "P1"}, True),
        ({"level": "P0"}, False),
        ({"status": "statement_received"}, True),
        ({"status": "received"}, False),
        ({"residence": "LT"}, True),
        ({"person": "me"}, True),
        ({"person": "nobody"}, False),
        ({"reference": "zzzzzz"}, False),
        ({"level": "nonsense"}, True),
        ({"level": "P1", "language": "nonsense"}, True),
    ],
)
def test_filters(as_ben: Client, told: Case, wanted: dict[str, str], is_shown: bool) -> None:
    assert (f"/desk/cases/{told.reference}/" in page(as_ben, **wanted)) is is_shown


def test_a_reference_is_found_by_a_part(as_ben: Client, told: Case) -> None:
    assert told.reference in page(as_ben, reference=told.reference[:3].lower())


def test_mine_and_nobodys(ben: Member, chloe: Member, told: Case) -> None:
    fresh = made.first_contact()
    assert [case.id for case in queue.filtered(Case.objects.all(), {"person": "me"}, ben.person)] == [told.id]
    assert not queue.filtered(Case.objects.all(), {"person": "me"}, chloe.person)
    nobody = queue.filtered(Case.objects.all(), {"person": "nobody"}, ben.person)
    assert [case.id for case in nobody] == [fresh.case.id]


def test_a_case_that_was_given_back_is_with_nobody(ben: Member, told: Case) -> None:
    told.assignments.update(ended_on=timezone.now().date())
    assert queue.filtered(Case.objects.all(), {"person": "nobody"}, ben.person).exists()
    assert not queue.filtered(Case.objects.all(), {"person": "me"}, ben.person).exists()


def test_what_is_due_and_what_nobody_took(ben: Member, told: Case) -> None:
    now = timezone.now()
    fresh = made.first_contact()
    Case.objects.update(answer_by=None, answer_day=now.date() - timedelta(days=1))
    found = saved.numbers(ben.person, now)
    assert (found["late"], found["today"], found["nobody"]) == (2, 0, 1)
    Case.objects.update(answer_day=now.date())
    Case.objects.filter(id=fresh.case.id).update(answer_by=now - timedelta(minutes=1))
    found = saved.numbers(ben.person, now)
    assert (found["late"], found["today"]) == (1, 1)


def test_next_steps_along_the_road(cast: Cast, amina: Survivor) -> None:
    ben, dana, lena = cast.ben, cast.dana, cast.lena
    steps = [next_step(amina.fresh(), ben.person).page]
    made.assigned(amina, ben)
    steps.append(next_step(amina.fresh(), ben.person).page)
    made.tell(amina)
    steps.append(next_step(amina.fresh(), ben.person).page)
    Case.objects.update(has_news=False)
    steps.append(next_step(amina.fresh(), ben.person).page)
    made.confirmed(amina, ben)
    steps.append(next_step(amina.fresh(), ben.person).other_page)
    steps.append(next_step(amina.fresh(), dana.person).page)
    made.given(amina, cast.chloe, dana)
    steps.append(next_step(amina.fresh(), ben.person).page)
    made.requested(amina, ben, lena)
    steps.append(next_step(amina.fresh(), ben.person).page)
    steps.append(next_step(amina.fresh(), dana.person).page)
    assert steps == ["take", "account", "account", "facts", "routes", "assign", "match", "dossier", "approval"]


def test_a_letter_comes_before_the_rest(ben: Member, reviewed: Case, amina: Survivor) -> None:
    made.write(amina, "Яшчэ адно пытанне")
    assert next_step(amina.fresh(), ben.person).page == "letters"


def test_the_queue_takes_a_handful_of_statements(as_ben: Client, told: Case, ben: Member) -> None:
    def statements() -> int:
        """The fewer of two: once in a minute a session is written."""
        found = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as taken:
                as_ben.get("/desk/")
            found.append(len(taken))
        return min(found)

    made.first_contact()
    few = statements()
    for _ in range(5):
        made.first_contact()
    Approval.objects.create(case=told, kind="close", requested_by=ben.person)
    assert statements() == few < 75


@pytest.mark.parametrize(
    ("address", "marked"),
    [("/desk/", "Queue"), ("/desk/?view=mine", "My cases"), ("/desk/approvals/", "Approvals"),
     ("/desk/states/", "States and routes"), ("/desk/states/LT/", "States and routes")],
)  # fmt: skip
def test_the_navigation_marks_where_one_is(loaded: object, as_ben: Client, address: str, marked: str) -> None:
    shown = as_ben.get(address).content.decode().partition("<main")[0]
    assert re.findall(r'aria-current="page">([^<]+?)(?: <span|</a>)', shown) == [marked]


def test_the_navigation_marks_the_queue_on_the_page_of_a_case(as_ben: Client, told: Case) -> None:
    shown = as_ben.get(f"/desk/cases/{told.reference}/").content.decode()
    assert re.search(r'aria-current="page">Queue', shown)
