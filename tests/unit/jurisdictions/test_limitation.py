"""Rule 8."""

from datetime import date

import pytest

from jurisdictions.assess.limitation import deadline, rule, years_after
from tests.unit.jurisdictions.invented import act, basis, codes, context, facts

TEN = basis(limitation="years", limitation_years=10)
UNSURE = basis(limitation="years", limitation_years=10, unverified=("limitation",))


def happened(first, last=None):
    return facts(acts=(act(first=first, last=last or first),))


def test_a_charge_that_does_not_lapse_has_no_deadline():
    finding = rule(context(basis(limitation="none")))
    assert codes(finding) == {"limitation_none": "+"}
    assert deadline(context(basis(limitation="none"))).as_dict() == {"date": None, "kind": "none"}


def test_an_unknown_period_is_for_a_lawyer():
    base = basis(limitation="unknown")
    assert (rule(context(base)).cap, codes(rule(context(base)))) == ("conditional", {"limitation_unknown": "-"})
    assert deadline(context(base)).as_dict() == {"date": None, "kind": "unknown: lawyer must confirm"}


def test_the_deadline_counts_from_the_earliest_plausible_day_of_all_acts():
    person = facts(acts=(act(first=date(2021, 1, 1), last=date(2021, 1, 2)), act()))
    assert deadline(context(TEN, person)).as_dict() == {"date": "2030-08-09", "kind": "earliest"}


def test_one_act_without_a_day_leaves_the_deadline_unknown():
    person = facts(acts=(act(), act(first=None, last=date(2020, 9, 1))))
    assert deadline(context(TEN, person)).day is None
    finding = rule(context(TEN, person))
    assert (finding.cap, [it.code for it in finding.missing]) == ("unknown", ["acts.from"])


@pytest.mark.parametrize(
    ("base", "person", "cap", "code"),
    [
        (TEN, happened(date(2016, 11, 23)), "open", "limitation_runs"),
        (UNSURE, happened(date(2016, 11, 23)), "conditional", "limitation_unconfirmed"),
        (TEN, happened(date(2016, 11, 22)), "unknown", "limitation_over"),
        (TEN, happened(date(2016, 11, 1), date(2016, 11, 23)), "conditional", "limitation_may_be_over"),
        (TEN, facts(acts=(act(first=date(2016, 1, 1), last=None),)), "conditional", "limitation_may_be_over"),
    ],
)
def test_before_the_earliest_end_time_surely_runs_and_after_the_latest_a_lawyer_must_say(base, person, cap, code):
    finding = rule(context(base, person))
    assert (finding.cap, list(codes(finding))) == (cap, [code])


def test_a_period_that_is_over_never_blocks_because_something_may_have_stopped_it():
    assert rule(context(TEN, happened(date(1950, 1, 1)))).cap == "unknown"


def test_a_leap_day_ends_a_day_early():
    assert years_after(date(2020, 2, 29), 10) == date(2030, 2, 28)
    assert years_after(date(2020, 2, 29), 4) == date(2024, 2, 29)
