"""Rule 2: the facts carry the crime, and the provision was in force at the time."""

from datetime import date

import pytest

from jurisdictions.assess import crime, in_force
from tests.unit.jurisdictions.invented import act, basis, codes, context, facts


def carried(base, *confirmed):
    return crime.rule(context(base, facts(acts=(act(crime_facts=frozenset(confirmed)),))))


@pytest.mark.parametrize(
    ("kind", "confirmed", "cap"),
    [
        ("torture", ["torture_by_officials"], "open"),
        ("torture", ["custody", "pattern"], "unknown"),
        ("crimes_against_humanity", ["torture_by_officials", "pattern"], "open"),
        ("crimes_against_humanity", ["custody", "policy"], "open"),
        ("crimes_against_humanity", ["torture_by_officials"], "unknown"),
        ("crimes_against_humanity", ["pattern", "policy"], "unknown"),
        ("war_crimes", ["conflict_link"], "open"),
        ("war_crimes", ["torture_by_officials", "pattern"], "unknown"),
        ("other", ["custody"], "conditional"),
        ("other", [], "unknown"),
    ],
)
def test_each_crime_needs_its_own_confirmed_facts(kind, confirmed, cap):
    assert carried(basis(crime=kind), *confirmed).cap == cap


def test_torture_and_crimes_against_humanity_are_looked_at_apart():
    assert carried(basis(), "torture_by_officials").cap == "open"
    assert carried(basis(crime="crimes_against_humanity"), "torture_by_officials").cap == "unknown"


def test_a_fact_that_is_not_confirmed_is_asked_for_and_never_a_no():
    finding = carried(basis(), "custody")
    assert codes(finding) == {"crime_not_shown": "-"}
    assert [missing.code for missing in finding.missing] == ["acts.crime_facts"]
    assert [it.code for it in crime.rule(context(person=facts(acts=()))).missing] == ["acts"]


@pytest.mark.parametrize(
    ("code", "fact"), [("enforced_disappearance_only", "disappearance"), ("armed_conflict_only", "conflict_link")]
)
def test_a_narrow_base_needs_its_narrow_fact(code, fact):
    base = basis(crime="other", extra=(code,))
    assert carried(base, "custody").cap == "unknown"
    assert carried(base, "custody", fact).cap == "conditional"


def timed(base, *acts):
    return in_force.rule(context(base, facts(acts=acts or (act(),))))


def starting(day, **changes):
    start = date.fromisoformat(day)
    return basis(in_force_from=day, in_force_earliest=start, in_force_latest=start, **changes)


def test_an_offence_in_force_before_the_acts_reaches_them():
    assert codes(timed(starting("2020-08-09"))) == {"in_force": "+"}


def test_an_offence_that_came_later_is_not_retroactive():
    finding = timed(starting("2020-08-15"))
    assert (finding.cap, codes(finding)) == ("blocked", {"in_force_later": "blocks"})


def test_an_offence_that_came_during_the_acts_reaches_a_part():
    assert codes(timed(starting("2020-08-10"))) == {"in_force_partly": "-"}


def test_a_provision_that_says_so_reaches_back():
    assert codes(timed(starting("2024-01-01", applies_to_earlier_acts="yes"))) == {"in_force_reaches_back": "+"}


def test_a_bare_year_in_the_year_of_the_acts_is_compared_by_a_lawyer():
    base = basis(in_force_from="2020", in_force_earliest=date(2020, 1, 1), in_force_latest=date(2020, 12, 31))
    assert (timed(base).cap, codes(timed(base))) == ("conditional", {"in_force_near_start": "-"})


def test_acts_without_a_day_are_unknown_and_the_day_is_asked_for():
    finding = timed(basis(), act(first=None))
    assert finding.cap == "unknown"
    assert [missing.code for missing in finding.missing] == ["acts.from"]


UNDATED = {"in_force_from": "", "in_force_earliest": None, "in_force_latest": None}


def test_an_unknown_start_is_conditional():
    assert timed(basis(**UNDATED)).cap == "conditional"


def test_an_authority_that_applies_the_provision_settles_an_unknown_start_from_that_year_on():
    base = basis(**UNDATED, practice="open_file", practice_year=2020)
    assert codes(timed(base)) == {"in_force_applied": "+"}
    assert timed(base, act(first=date(2019, 12, 31))).cap == "conditional"
    assert timed(base, act(country="XC")).cap == "conditional"
    assert timed(basis(**UNDATED, practice="filed_stalled", practice_year=2020)).cap == "conditional"


@pytest.mark.parametrize(
    ("state", "number", "cap"),
    [
        ("UA", 1, "blocked"),
        ("DK", 0, "blocked"),
        ("AT", 0, "open"),
        ("AT", 1, "open"),
        ("LT", 0, "open"),
        ("LT", 1, "open"),
    ],
)
def test_the_dates_of_the_real_files_hold_for_august_2020(real, state, number, cap):
    base = next(base for base in real.bases if (base.state_id, base.number) == (state, number))
    assert in_force.rule(context(base, facts(acts=(act(country="BY"),)), real)).cap == cap
