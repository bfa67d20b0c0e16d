"""What is due, in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.due import due, working_days
from cases.models import Case

FRIDAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)  # a Sunday


def case(**columns: object) -> Case:
    return Case(received_on=date(2026, 11, 18), **columns)


def test_nothing_promised() -> None:
    assert due(case(), NOON) is None


@pytest.mark.parametrize(
    ("hours", "day", "left", "is_late"),
    [
        (4, "today, 16:00 UTC", "4 h 0 min left", False),
        (12, "Mon 23 Nov, 00:00 UTC", "12 h 0 min left", False),
        (-2, "today, 10:00 UTC", "late by 2 h 0 min", True),
        (72, "Wed 25 Nov, 12:00 UTC", "3 days left", False),
    ],
)
def test_by_the_hour(hours: int, day: str, left: str, is_late: bool) -> None:
    found = due(case(answer_by=NOON + timedelta(hours=hours)), NOON)
    assert (found.day, found.left, found.is_late, found.spent) == (day, left, is_late, None)


@pytest.mark.parametrize(
    ("answer_day", "left", "is_late", "spent"),
    [
        (date(2026, 11, 25), "3 working days left", False, 40),
        (date(2026, 11, 23), "1 working day left", False, 65),
        (date(2026, 11, 22), "today is the last day", False, 100),
        (FRIDAY, "late by 1 working day", True, 100),
        (date(2026, 11, 12), "late by 6 working days", True, 100),
    ],
)
def test_by_the_day(answer_day: date, left: str, is_late: bool, spent: int) -> None:
    found = due(case(answer_day=answer_day), NOON)
    assert (found.left, found.is_late, found.spent) == (left, is_late, spent)


def test_working_days_count_no_weekend() -> None:
    assert working_days(FRIDAY, date(2026, 11, 23)) == 1
    assert working_days(FRIDAY, date(2026, 11, 22)) == 0
    assert working_days(FRIDAY, FRIDAY) == 0
    assert working_days(FRIDAY, date(2026, 11, 1)) == 0


@given(start=st.dates(date(2019, 1, 1), date(2031, 1, 1)), length=st.integers(-40, 400))
def test_working_days_are_those_that_one_counts_day_by_day(start: date, length: int) -> None:
    days = [start + timedelta(days=count) for count in range(1, length + 1)]
    assert working_days(start, start + timedelta(days=length)) == sum(day.weekday() < 5 for day in days)
