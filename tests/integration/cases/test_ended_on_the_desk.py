"""What the desk says after the person asked to erase everything, or closed the number."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from cases import queue
from cases.access import open_account
from cases.actions.ending import ask_for_erasing, close_access
from cases.actions.erasing import request_erasing
from cases.models import Case
from cases.steps import CLOSED, next_step
from tests.factories.cast import Member, Survivor, first_contact, tell, write


def words(case: Case, viewer: Member) -> str:
    """The next step, the same on the case's page and in the queue."""
    step = next_step(case, viewer.person)
    cases = queue.visible(viewer.person).filter(id=case.id)
    assert [row.step for row in queue.rows(cases, viewer.person, viewer.ring, timezone.now())] == [step]
    return f"{step.words}: {step.note}"


@pytest.fixture
def closed(told: Case, amina: Survivor) -> Case:
    close_access(case=told, receipt=amina.ring)
    return amina.fresh()


def test_who_closed_the_number_is_not_answered(closed: Case, ben: Member, as_ben: Client) -> None:
    assert words(closed, ben) == f"Read what is new: {CLOSED}"
    page = as_ben.get(f"/desk/cases/{closed.reference}/").content.decode()
    assert "Answer the person" not in page
    assert "Their number was <strong>closed on" in page
    assert "The person closed the number: no letter reaches them here." in page


def test_once_it_was_read_it_is_no_news_and_no_clock_runs(closed: Case, amina: Survivor, ben: Member) -> None:
    open_account(closed, by=ben.person, ring=ben.ring, purpose="reply")
    case = amina.fresh()
    assert (case.has_news, case.answer_by, case.answer_day) == (False, None, None)
    assert "Answer" not in words(case, ben)


def test_reading_ends_no_news_of_somebody_who_can_be_answered(told: Case, amina: Survivor, ben: Member) -> None:
    open_account(told, by=ben.person, ring=ben.ring, purpose="reply")
    assert amina.fresh().has_news


def test_who_only_wrote_is_answered(told: Case, amina: Survivor, ben: Member) -> None:
    Case.objects.update(status=Case.Status.IN_REVIEW)
    write(amina, "ліст")
    assert words(amina.fresh(), ben).startswith("Answer the person")


def test_a_letter_to_a_closed_number_says_that_nobody_gets_it(closed: Case, as_ben: Client) -> None:
    place = f"/desk/cases/{closed.reference}/letters/"
    assert "A letter from here does not reach them." in as_ben.get(place).content.decode()
    answer = as_ben.post(place, {"text": "x", "language": "be"}, follow=True).content.decode()
    assert "It does not reach the person: they closed the number." in answer
    assert "reads it when they come back" not in answer


def test_who_asked_to_erase_is_next_until_somebody_asks_a_lead(told: Case, amina: Survivor, ben: Member) -> None:
    ask_for_erasing(case=told, receipt=amina.ring)
    assert words(amina.fresh(), ben).startswith("They asked to erase everything: tell them in a letter first")
    request_erasing(case=told, by=ben.person, ring=ben.ring, why="survivor_asked")
    assert "erase" not in words(amina.fresh(), ben)


def test_another_case_is_not_meant(told: Case, amina: Survivor, ben: Member) -> None:
    other = first_contact()
    tell(other)
    ask_for_erasing(case=other.fresh(), receipt=other.ring)
    assert "erase" not in words(amina.fresh(), ben)


def test_the_page_leads_to_the_asking(told: Case, amina: Survivor, as_ben: Client) -> None:
    ask_for_erasing(case=told, receipt=amina.ring)
    page = as_ben.get(f"/desk/cases/{told.reference}/").content.decode()
    assert f'href="/desk/cases/{told.reference}/erasing/"' in page
    assert "erase everything" in page
