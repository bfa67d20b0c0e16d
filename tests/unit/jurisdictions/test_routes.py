"""The shape of a route, and whole assessments over the real data."""

import copy
import json
from datetime import date

import pytest

from jurisdictions.assess import assess_routes
from jurisdictions.assess.routes import routes
from jurisdictions.assess.verdicts import RANK
from tests.unit.jurisdictions.invented import FORUM, ON, SITUATION, basis, facts, reference
from tests.unit.jurisdictions.test_parse import WHOLE

KEYS = [
    "forum", "forum_name", "crime", "basis", "provision", "verdict", "flags", "stages", "reasons", "missing",
    "deadline", "next_steps", "cautions", "unverified", "confidence", "order_reason",
]  # fmt: skip
EXAMPLE = WHOLE | {"acts": [WHOLE["acts"][0] | {"crime_facts": ["torture_by_officials", "custody", "pattern"]}]}


def test_a_clean_base_with_confirmed_facts_and_consent_is_open():
    (route,) = routes(facts(), ON, reference(basis()))
    assert (route["forum"], route["verdict"]) == (FORUM, "open")
    assert (route["missing"], route["cautions"], route["unverified"]) == ([], [], [])


def test_a_route_has_the_agreed_shape():
    (route,) = routes(facts(), ON, reference(basis(limitation="unknown", unverified=("limitation",))))
    assert list(route) == KEYS
    assert route["forum_name"] == "Arcadian Prosecutor"
    assert set(route["stages"]) == {"file", "open", "try"}
    assert all(
        list(reason) == ["code", "effect", "text", "provision", "source", "confidence"] for reason in route["reasons"]
    )
    assert {reason["effect"] for reason in route["reasons"]} <= {"+", "-", "blocks"}
    assert route["deadline"] == {"date": None, "kind": "unknown: lawyer must confirm"}
    assert [step["text"] for step in route["next_steps"]] == [
        "The survivor files, or a lawyer with a power of attorney.",
        "Write to Arcadian Prosecutor, Arc, by post or in person.",
        "Language of the complaint: English.",
        "Signed.",
    ]
    assert route["unverified"] == ["limitation"]


def test_what_blocks_comes_first_and_only_its_remedy_is_asked_for():
    base = basis(suspect_open="presence", suspect_try="presence")
    (route,) = routes(facts(consents=facts().consents.__class__()), ON, reference(base))
    assert (route["verdict"], route["reasons"][0]["effect"]) == ("blocked", "blocks")
    assert [missing["code"] for missing in route["missing"]] == ["suspects.last_seen"]


def test_the_fact_that_costs_most_is_asked_for_first():
    nothing = facts().__class__()
    (route,) = routes(nothing, ON, reference(basis()))
    assert route["verdict"] == "unknown"
    assert [missing["code"] for missing in route["missing"]] == [
        "acts",
        "acts.from",
        "consents.countries",
        "complaints",
    ]


def test_a_forum_without_a_national_file_still_has_a_route():
    (route,) = routes(facts(), ON, reference(basis(), laws={}))
    assert (route["forum_name"], route["next_steps"]) == ("Arcadia", [])


def test_the_same_question_gives_the_same_answer_and_leaves_the_facts_alone(real):
    before = copy.deepcopy(EXAMPLE)
    first = assess_routes(EXAMPLE, ON, real)
    assert first == assess_routes(EXAMPLE, ON, real)
    assert before == EXAMPLE
    assert json.loads(json.dumps(first)) == first


def found(real, forum, crime, **changes):
    return next(
        route
        for route in assess_routes(EXAMPLE | changes, ON, real)
        if (route["forum"], route["crime"]) == (forum, crime)
    )


def test_all_bases_and_situations_come_out_once_and_best_first(real):
    ranked = assess_routes(EXAMPLE, ON, real)
    assert len(ranked) == len(real.bases) + len(real.situations) == 147
    verdicts = [RANK[route["verdict"]] for route in ranked]
    assert verdicts == sorted(verdicts)
    keys = {(route["forum"], route["crime"], route["basis"], route["provision"]) for route in ranked}
    assert len(keys) == len(ranked)


def test_lithuania_leads_for_a_survivor_who_lives_there(real):
    first, second = assess_routes(EXAMPLE, ON, real)[:2]
    assert (first["forum"], first["crime"], first["verdict"]) == ("LT", "torture", "open")
    assert first["stages"] == {"file": "open", "open": "open", "try": "conditional"}
    assert "practice_open_file" in {reason["code"] for reason in first["reasons"]}
    assert (second["forum"], second["verdict"]) == ("ICC", "open")


def test_poland_is_open_to_somebody_who_was_polish_then_and_disputed_for_others(real):
    dual = found(real, "PL", "other")
    assert "victim_nationality_open" in {reason["code"] for reason in dual["reasons"]}
    alone = EXAMPLE["victim"] | {"nationalities": [{"country": "BY"}]}
    other = found(real, "PL", "crimes_against_humanity", victim=alone)
    assert (other["verdict"], other["stages"]["open"]) == ("conditional", "conditional")


def test_germany_is_strong_for_crimes_against_humanity_and_weak_for_torture_ireland_the_reverse(real):
    agreed = {"consents": {"countries": ["DE", "IE"]}}
    assert found(real, "DE", "crimes_against_humanity", **agreed)["verdict"] == "conditional"
    assert found(real, "DE", "torture", **agreed)["verdict"] == "blocked"
    assert found(real, "IE", "torture", **agreed)["verdict"] in {"open", "conditional"}
    assert found(real, "IE", "crimes_against_humanity", **agreed)["verdict"] == "blocked"


def test_switzerland_needs_a_suspect_and_a_report_of_one_lifts_it(real):
    assert found(real, "CH", "crimes_against_humanity")["verdict"] == "conditional"
    gone = found(real, "CH", "crimes_against_humanity", suspects=[])
    assert gone["verdict"] == "blocked"
    assert [missing["code"] for missing in gone["missing"]] == ["suspects.last_seen"]


def test_ukraine_does_not_reach_back(real):
    route = found(real, "UA", "crimes_against_humanity", consents={"countries": ["UA"]})
    assert route["verdict"] == "blocked"
    assert route["reasons"][0]["code"] == "in_force_later"


@pytest.mark.parametrize("forum", ["AM", "KZ", "GE", "MD"])
def test_states_with_a_known_risk_carry_a_caution(real, forum):
    ranked = [route for route in assess_routes(EXAMPLE, ON, real) if route["forum"] == forum]
    assert all(any(caution["code"].startswith("safety_") for caution in route["cautions"]) for route in ranked)


def test_low_confidence_and_no_consent_never_come_out_open(real):
    for route in assess_routes(EXAMPLE, ON, real):
        agreed = route["forum"] in {"LT", "PL", "ICC"}
        assert route["verdict"] != "open" or (agreed and route["confidence"] != "low")


def test_without_facts_nothing_is_open_and_nothing_is_refused_for_what_nobody_asked(real):
    ranked = assess_routes({}, ON, real)
    assert {route["verdict"] for route in ranked} == {"unknown"}
    assert all(route["missing"] for route in ranked)


def test_a_border_into_hungary_is_conditional_as_long_as_its_place_in_the_statute_is_unclear(real):
    crossed = {"forced": True, "crossed_into": "HU", "date": "2021-02-03"}
    route = found(real, "ICC", "deportation_persecution", displacement=crossed)
    assert route["verdict"] == "conditional"
    assert "treaty_status_HU_ROME" in route["unverified"]


def test_the_rules_move_with_the_day_of_acts_and_not_with_the_day_of_assessment(real):
    known_then = {key: value for key, value in EXAMPLE.items() if key != "suspects"}
    early, late = (assess_routes(known_then, day, real) for day in (date(2024, 1, 1), date(2026, 11, 22)))
    assert {route["verdict"] for route in early} == {route["verdict"] for route in late}
    assert SITUATION.slug not in {situation.slug for situation in real.situations}
