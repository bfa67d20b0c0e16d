from datetime import date

import pytest

from jurisdictions.assess.days import NO, PARTLY, UNKNOWN, YES, Period, both, covers, together
from jurisdictions.assess.facts import Act

START = date(2015, 1, 1)
PERIOD = Period(START, START)


def spell(first: str | None, last: str | None) -> Act:
    return Act(first=first and date.fromisoformat(first), last=last and date.fromisoformat(last))


@pytest.mark.parametrize(
    ("first", "last", "answer"),
    [
        ("2015-01-01", "2015-01-01", YES),
        ("2015-01-01", None, YES),
        ("2014-12-31", "2014-12-31", NO),
        (None, "2014-12-31", NO),
        ("2014-12-31", "2015-01-01", PARTLY),
        ("2014-12-31", None, UNKNOWN),
        (None, "2015-01-01", UNKNOWN),
        (None, None, UNKNOWN),
    ],
)
def test_acts_fall_into_a_period_only_as_far_as_their_days_are_known(first, last, answer):
    assert covers(PERIOD, spell(first, last)) == answer


@pytest.mark.parametrize(
    ("first", "last", "answer"),
    [
        ("2024-03-01", "2024-03-02", UNKNOWN),
        ("2024-12-31", "2024-12-31", YES),
        ("2025-01-01", "2025-02-01", YES),
        ("2023-12-31", "2023-12-31", NO),
        ("2023-12-31", "2024-12-31", PARTLY),
    ],
)
def test_a_bare_year_is_never_taken_for_a_day(first, last, answer):
    assert covers(Period(date(2024, 1, 1), date(2024, 12, 31)), spell(first, last)) == answer


@pytest.mark.parametrize(
    ("first", "last", "answer"),
    [
        ("2016-01-01", "2019-12-31", YES),
        ("2020-01-01", "2020-01-02", NO),
        ("2019-12-31", "2020-01-01", PARTLY),
        ("2016-01-01", None, UNKNOWN),
    ],
)
def test_a_withdrawal_ends_the_period(first, last, answer):
    assert covers(Period(START, START, date(2020, 1, 1)), spell(first, last)) == answer


def test_an_unknown_start_covers_nothing_for_sure():
    assert covers(Period(None, None), spell("2020-01-01", "2020-01-01")) == UNKNOWN


def test_answers_of_several_acts_combine_without_turning_unknown_into_yes():
    assert together([YES, YES]) == YES
    assert together([NO, NO]) == NO
    assert together([YES, NO]) == PARTLY
    assert together([YES, UNKNOWN]) == PARTLY
    assert together([NO, UNKNOWN]) == UNKNOWN
    assert together([]) == UNKNOWN
    assert both(YES, UNKNOWN) == UNKNOWN
    assert both(PARTLY, YES) == PARTLY
    assert both(UNKNOWN, NO) == NO
