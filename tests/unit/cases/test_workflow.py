"""The table of statuses: what triage.md 2 asks of it, and that no sequence of steps gets round it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as conf
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import workflow
from cases.guards import GUARDS
from cases.models import Case
from cases.workflow import BACK, BEFORE_FILING, FILED, NONE, TABLE, Who, columns, is_possible, stands, target

Status = Case.Status
CODES = [each.code for each in TABLE]


def walked(codes: list[str]) -> tuple[Case, list[str]]:
    """A case after those of the steps that the table allows, and the statuses it had, the first one too."""
    case, seen = Case(status=Status.RECEIVED), [str(Status.RECEIVED)]
    for code in codes:
        if is_possible(case, code):
            for name, value in columns(case, workflow.BY_CODE[code]).items():
                setattr(case, name, value)
            seen.append(case.status)
    return case, seen


def test_it_has_the_statuses_and_rows_of_the_design() -> None:
    assert (len(Status), len(TABLE), len(set(CODES))) == (23, 32, 32)


def test_every_status_is_reached_and_left() -> None:
    reached = {each.target for each in TABLE}
    left = set().union(*(each.sources for each in TABLE))
    assert set(Status) - reached == set()
    assert set(Status) - left == {Status.ERASED}
    assert left - set(Status) == {NONE}


@pytest.mark.parametrize("code", ["release", "support", "refer", "accept", "close", "erase"])
def test_what_takes_two(code: str) -> None:
    assert workflow.BY_CODE[code].second == (Who.LEAD,)


@pytest.mark.parametrize("status", sorted(BEFORE_FILING))
def test_withdrawing_takes_one_step_before_the_filing(status: str) -> None:
    case = Case(status=status, came_from="")
    assert is_possible(case, "withdraw")
    assert target(case, workflow.BY_CODE["withdraw"]) == Status.WITHDRAWN
    assert workflow.BY_CODE["withdraw"].who == (Who.SURVIVOR,)
    assert not workflow.BY_CODE["withdraw"].guards


def test_every_guard_of_a_row_is_known() -> None:
    assert {name for each in TABLE for name in each.guards} <= GUARDS.keys()


@settings(max_examples=300)
@given(st.lists(st.sampled_from(CODES), max_size=60))
def test_nothing_is_filed_that_the_person_did_not_approve(codes: list[str]) -> None:
    _case, seen = walked(codes)
    for place, status in enumerate(seen):
        if status in FILED:
            assert Status.SURVIVOR_APPROVAL in seen[:place]
            assert Status.LEGAL_REVIEW in seen[:place]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(CODES), max_size=60))
def test_a_hold_is_left_by_its_release_or_by_an_end_alone(codes: list[str]) -> None:
    case = Case(status=Status.SAFETY_HOLD, came_from=Status.IN_REVIEW)
    for code in codes:
        if not is_possible(case, code):
            continue
        before = case.status
        for name, value in columns(case, workflow.BY_CODE[code]).items():
            setattr(case, name, value)
        if before == Status.SAFETY_HOLD and case.status != before:
            assert code in ("release", "withdraw", "close")
            return
        assert case.status == before


@settings(max_examples=200)
@given(st.lists(st.sampled_from(CODES), max_size=60))
def test_a_hold_and_a_wait_return_to_where_a_case_may_stand(codes: list[str]) -> None:
    case, _seen = walked(codes)
    assert case.came_from in ("", *BEFORE_FILING, *FILED)
    assert case.came_from not in workflow.WAITING | {Status.SAFETY_HOLD}
    if case.status not in workflow.WAITING | {Status.SAFETY_HOLD}:
        assert case.came_from == ""


def test_an_account_that_comes_during_a_hold_is_not_lost() -> None:
    case, _ = walked(["hold", "send"])
    assert (case.status, case.came_from) == (Status.SAFETY_HOLD, Status.STATEMENT_RECEIVED)
    case, _ = walked(["hold", "send", "release"])
    assert case.status == Status.STATEMENT_RECEIVED


def test_an_answer_goes_back_to_the_review_that_waited_for_it() -> None:
    steps = ["send", "review", "ask_more"]
    assert workflow.arrival(walked(steps)[0]) == "return"
    assert walked([*steps, "return"])[0].status == Status.IN_REVIEW
    assert workflow.arrival(walked(["acknowledge", "ask"])[0]) == "send"
    assert workflow.arrival(walked(["send", "review"])[0]) == ""


def test_a_hold_while_we_waited_does_not_go_on_waiting() -> None:
    case, _ = walked(["send", "review", "ask_more", "hold"])
    assert stands(case, workflow.BY_CODE["review"]) == case.came_from == Status.IN_REVIEW


def test_only_a_hold_and_a_wait_have_a_way_back() -> None:
    assert {each.code for each in TABLE if each.target == BACK} == {"release", "return"}


def test_the_page_of_the_docs_is_drawn_from_the_table() -> None:
    from cases.management.commands.draw_workflow import PAGE, page

    assert (Path(conf.BASE_DIR) / PAGE).read_text(encoding="utf-8") == page()


def test_every_status_has_a_name_for_staff_and_one_for_the_person() -> None:
    from intake.standing import WORDS

    assert set(WORDS) == set(Status)
    assert all(each.label for each in Status)
