"""Rule 12."""

from dataclasses import replace
from datetime import date

import pytest

from jurisdictions.assess.facts import Consents, Displacement
from jurisdictions.assess.icc import Matter, rule, stages
from jurisdictions.assess.routes import routes
from tests.unit.jurisdictions.invented import (
    ELSEWHERE,
    FORUM,
    HOME,
    ON,
    SITUATION,
    act,
    codes,
    facts,
    reference,
    suspect,
    treaty,
)

CROSSED = Displacement(forced=True, crossed_into=FORUM, on=date(2021, 2, 3))


def looked_at(*rows, situation=SITUATION, **changes):
    person = facts(**({"displacement": CROSSED} | changes))
    return rule(Matter(person, situation, reference(treaties=rows or (treaty(FORUM, "ROME"),))))


def test_a_border_crossed_under_coercion_into_a_party_is_material():
    finding = looked_at()
    assert finding.cap == "open"
    assert {"icc_place", "icc_forced", "icc_in_period", "icc_border", "consent_given"} <= set(codes(finding))


@pytest.mark.parametrize(
    ("change", "cap", "code"),
    [
        ({"forced": False}, "blocked", "icc_not_forced"),
        ({"forced": None}, "unknown", "icc_forced_unknown"),
        ({"on": date(2020, 4, 30)}, "blocked", "icc_before_period"),
        ({"on": date(2020, 5, 1)}, "open", "icc_in_period"),
        ({"on": None}, "unknown", "icc_day_unknown"),
        ({"crossed_into": None}, "unknown", "icc_border_unknown"),
        ({"crossed_into": "XQ"}, "unknown", "icc_border_party_unknown"),
    ],
)
def test_each_condition_of_the_situation(change, cap, code):
    finding = looked_at(displacement=replace(CROSSED, **change))
    assert finding.cap == cap
    assert code in codes(finding)


def test_what_is_not_known_is_asked_for():
    asked = looked_at(displacement=Displacement()).missing
    assert {"displacement.forced", "displacement.date", "displacement.crossed_into"} <= {it.code for it in asked}


def test_a_state_that_is_no_party_on_that_day_is_blocked():
    finding = looked_at(treaty(FORUM, "ROME", since=date(2021, 2, 4)))
    assert (finding.cap, codes(finding)["icc_border_no_party"]) == ("blocked", "blocks")
    left = treaty(FORUM, "ROME", status="withdrawn", withdrawn_on=date(2021, 1, 1))
    assert looked_at(left).cap == "blocked"


def test_a_party_that_nobody_has_confirmed_is_conditional():
    finding = looked_at(treaty(FORUM, "ROME", unverified=("status",)))
    assert finding.cap == "conditional"
    assert f"treaty_status_{FORUM}_ROME" in finding.unverified


def test_acts_elsewhere_are_not_the_situation():
    assert looked_at(acts=(act(country="XC"),)).cap == "blocked"
    assert looked_at(acts=(act(country=None),)).cap == "unknown"
    assert looked_at(acts=()).cap == "unknown"


def test_a_border_into_another_party_is_said_aloud():
    other = replace(CROSSED, crossed_into=ELSEWHERE)
    finding = looked_at(treaty(ELSEWHERE, "ROME"), displacement=other)
    assert finding.cap == "open"
    assert [caution.code for caution in finding.cautions] == ["icc_other_border"]


def test_only_a_yes_of_the_survivor_is_a_yes():
    assert looked_at(consents=Consents(icc=False)).cap == "conditional"
    assert looked_at(consents=Consents()).cap == "conditional"


def test_a_situation_that_is_not_open_yet_is_conditional_and_a_trial_is_not_known():
    closed = replace(SITUATION, opened_on=None)
    found = stages(Matter(facts(), closed, reference()), looked_at())
    assert found.as_dict() == {"file": "open", "open": "conditional", "try": "unknown"}


def test_weak_data_on_the_situation_caps_it():
    assert looked_at(situation=replace(SITUATION, confidence="low")).cap == "conditional"


def test_the_route_has_the_same_shape_as_a_national_one():
    (route,) = routes(facts(displacement=CROSSED), ON, reference(situations=(SITUATION,)))
    assert (route["forum"], route["verdict"], route["deadline"]) == ("ICC", "open", {"date": None, "kind": "none"})
    assert [step["code"] for step in route["next_steps"]] == ["who", "authority", "language", "formality"]


def test_an_office_that_shields_elsewhere_does_not_shield_here():
    ruler = replace(suspect(HOME), office="head_of_state")
    assert codes(looked_at(suspects=(ruler,)))["icc_no_immunity"] == "+"
    assert "icc_no_immunity" not in codes(looked_at())
    assert codes(looked_at())["icc_no_limitation"] == "+"


def test_the_real_situation_is_data(real):
    (situation,) = real.situations
    assert (situation.about_id, situation.referred_by_id, situation.treaty) == ("BY", "LT", "ROME")
    assert (situation.acts_from, situation.opened_on) == (date(2020, 5, 1), date(2026, 3, 12))
    assert HOME not in real.names
