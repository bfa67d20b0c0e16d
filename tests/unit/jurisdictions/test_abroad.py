"""Rule 4, and States that only the Convention speaks for."""

from dataclasses import replace
from datetime import date

import pytest

from jurisdictions.assess.abroad import EARLIER, FLAG, NEVER, NOW, lift, rule
from jurisdictions.assess.routes import assess, routes
from tests.unit.jurisdictions.invented import (
    CLEAN,
    ELSEWHERE,
    FORUM,
    HOME,
    ON,
    basis,
    context,
    facts,
    reference,
    suspect,
)

NEEDING = basis(suspect_open="presence", suspect_try="presence")
CHECKED = frozenset({"WANTED_CHECKED", "LOCATION_CHECKED"})


def seen(**changes):
    return facts(suspects=(suspect(FORUM, **changes),))


@pytest.mark.parametrize(
    ("person", "how"),
    [
        (seen(), NOW),
        (seen(certainty="reported"), NOW),
        (seen(certainty="unsure"), NOW),
        (seen(on=date(2026, 8, 24)), NOW),
        (seen(on=date(2026, 8, 23)), EARLIER),
        (seen(on=None), EARLIER),
        (seen(on=date(2019, 1, 1)), NEVER),
        (facts(suspects=(suspect(ELSEWHERE),)), NEVER),
        (facts(suspects=(replace(suspect(FORUM), office="head_of_state"),)), NEVER),
        (facts(suspects=None), NEVER),
    ],
)
def test_a_sighting_lifts_by_its_age_and_never_by_how_sure_it_is(person, how):
    assert lift(context(NEEDING, person)) == how


def test_a_state_that_needs_no_suspect_is_not_lifted():
    assert lift(context(CLEAN, seen())) == NEVER


def test_the_caution_names_the_suspect_the_day_and_what_must_not_be_done():
    (caution,) = rule(context(NEEDING, seen())).cautions
    text = caution.as_dict("en")["text"]
    assert caution.code == FLAG
    assert text.startswith("Urgent: P-001 was seen in Arcadia (10 November 2026).")
    assert "must not approach" in text


def world():
    return reference(replace(CLEAN, state_id="XC"), replace(NEEDING, subsidiarity="yes"))


def test_a_fresh_sighting_lifts_a_conditional_route_above_an_open_one():
    agreed = replace(facts().consents, countries=frozenset({FORUM, "XC"}))
    first, second = routes(replace(seen(), consents=agreed), ON, world())
    assert (first["forum"], first["verdict"], first["flags"]) == (FORUM, "conditional", [FLAG])
    assert (second["forum"], second["verdict"], second["flags"]) == ("XC", "open", [])
    assert first["order_reason"] == (
        "Above Corona (torture) because a suspect was seen there within the last ninety days."
    )


def test_an_old_sighting_lifts_within_the_verdict_only():
    agreed = replace(facts().consents, countries=frozenset({FORUM, "XC"}))
    person = replace(seen(on=date(2025, 1, 1)), consents=agreed)
    assert [(it["forum"], it["flags"]) for it in routes(person, ON, world())] == [("XC", []), (FORUM, [FLAG])]
    nobody_agreed = replace(person, consents=replace(agreed, countries=frozenset()))
    assert [it["forum"] for it in routes(nobody_agreed, ON, world())] == [FORUM, "XC"]


def test_of_a_states_routes_only_the_best_are_brought_to_the_top():
    weaker = replace(NEEDING, number=1, crime="war_crimes")
    found = routes(seen(), ON, reference(weaker, NEEDING, replace(CLEAN, state_id="XC")))
    assert [(it["forum"], it["crime"], it["verdict"]) for it in found] == [
        (FORUM, "torture", "open"), ("XC", "torture", "conditional"), (FORUM, "war_crimes", "unknown"),
    ]  # fmt: skip
    assert found[2]["flags"] == [FLAG]


def test_a_sighting_lifts_nothing_that_is_blocked_or_held_back():
    blocked = replace(NEEDING, victim_link="nationality", victim_link_when="acts")
    held_back = replace(NEEDING, number=1, safety="restricted")
    for route in routes(seen(), ON, reference(blocked, held_back)):
        assert (route["flags"], route["verdict"]) in [([], "blocked"), ([], "unknown")]
    (checked,) = routes(replace(seen(), flags=CHECKED), ON, reference(held_back))
    assert checked["flags"] == [FLAG]


def test_a_party_without_a_file_has_a_route_once_a_suspect_is_seen_there():
    abroad = facts(suspects=(suspect("XC"),), flags=CHECKED)
    found = {it["forum"]: it for it in routes(abroad, ON, reference(CLEAN))}
    assert found.keys() == {FORUM, "XC"}
    assert (found["XC"]["verdict"], found["XC"]["flags"]) == ("conditional", [FLAG])
    assert found["XC"]["provision"].startswith("Convention against Torture")
    assert found["XC"]["next_steps"] == []


def test_before_the_safety_check_that_route_stays_unknown():
    (route,) = [it for it in routes(facts(suspects=(suspect("XC"),)), ON, reference(CLEAN)) if it["forum"] == "XC"]
    assert (route["verdict"], route["flags"]) == ("unknown", [])


def test_the_state_of_the_acts_and_a_state_that_is_no_party_have_none():
    assert len(assess(facts(suspects=(suspect(HOME),)), ON, reference(CLEAN))) == 1
    assert len(assess(facts(suspects=(suspect("XQ"),)), ON, reference(CLEAN))) == 1
