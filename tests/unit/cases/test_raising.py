"""What each answer raises: the rules row by row, and none of the flags that answers raise is without a rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases import raising
from cases.raising import Rule, raised
from cases.statement import catalogue, vocab
from cases.wording import FLAGS, OTHER_WAYS

ON = date(2026, 11, 29)
# Flags that answers raise, with the questions that do (triage, section 4). LIMITATION and IMPOSTOR have no answer.
NAMED = {
    "SUICIDE": {"SAF-04", "CSQ-02"},
    "MINOR": {"SAF-04", "ELG-05"},
    "DETAINED": {"SAF-04", "REP-08"},
    "IN_BY": {"SAF-02"},
    "FAMILY": {"SAF-04", "WSH-04", "CSQ-07"},
    "REFOULEMENT": {"IMM-04", "SAF-04"},
    "EXTRADITION": {"OFF-09"},
    "FRESH_INJURY": {"SAF-04", "EPI-02"},
    "SUSPECT_ABROAD": {"ELG-08", "PRP-12", "SAF-04"},
    "TNR": {"EXL-11"},
    "SVG": {"EPI-10"},
    "HELPER_NO_MANDATE": {"SAF-03", "REP-08"},
    "CONFLICT": {"REP-05"},
    "OVERDOC": {"CMP-06"},
}
EVERY = [*raising.rules(), *raising.way_rules()]


def told(question_id: str, answer: dict[str, Any], **others: dict[str, Any]) -> dict[str, Any]:
    section = catalogue.section_of(question_id)
    key = f"{section.id}-1" if catalogue.question(question_id).per else section.id
    return {key: {question_id: answer, **{each.replace("_", "-"): other for each, other in others.items()}}}


def answers_of(rule: Rule) -> list[dict[str, Any]]:
    """Every answer that a rule names, in the shape of its question."""
    several = catalogue.question(rule.question).type == "choiceN"
    codes = [*rule.any, *(["PL", "XX", "KZ"] if rule.none_of else [])]
    found: list[dict[str, Any]] = [{"value": [code] if several else code} for code in codes]
    found += [{"value": None, "said": code} for code in rule.said]
    found += [{"value": "на вуліцы Х"}] if rule.words else []
    found += [{"value": {"year": 2026, "month": 11, "day": 20}}] if rule.within_days else []
    return found


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: f"{rule.code}-{rule.question}")
def test_each_answer_of_a_row_raises_what_the_row_says(rule: Rule) -> None:
    named = answers_of(rule)
    assert named
    for answer in named:
        found = raised(told(rule.question, answer), ON)
        assert rule.code in (found.flags if rule.level else found.ways)
        assert not rule.level or found.level <= rule.level
        assert found.holds or not (rule.holds or rule.level == "P0")


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: f"{rule.code}-{rule.question}")
def test_no_other_answer_to_the_question_raises_it(rule: Rule) -> None:
    question = catalogue.question(rule.question)
    rows = [row for row in EVERY if row.code == rule.code and row.question == rule.question]
    met = {code for row in rows for code in row.any}
    codes = [code for code, _label in vocab.options(question, "en") if question.type.startswith("choice")]
    others = [code for code in codes if code not in met and not rule.none_of] or (["BY"] if rule.none_of else [])
    wrong: list[dict[str, Any]] = [{"value": [code] if question.type == "choiceN" else code} for code in others]
    wrong += [{"value": None}, {"value": None, "said": "unsaid"}, {"value": None, "said": "forgotten"}]
    for answer in wrong:
        found = raised(told(rule.question, answer), ON)
        assert rule.code not in (*found.flags, *found.ways)


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: f"{rule.code}-{rule.question}")
def test_the_rules_name_codes_that_the_catalogue_has(rule: Rule) -> None:
    question = catalogue.question(rule.question)
    assert set(rule.any | rule.none_of) <= {code for code, _label in vocab.options(question, "en")} | {"unknown"}
    assert rule.said <= set(question.said)
    assert rule.unless is None or rule.unless.asks() <= catalogue.at(catalogue.VERSION).questions.keys()


def test_every_flag_that_names_an_answer_has_its_rows() -> None:
    rows: dict[str, set[str]] = {}
    for rule in raising.rules():
        rows.setdefault(rule.code, set()).add(rule.question)
    assert {code for code, questions in NAMED.items() if not questions <= rows.get(code, set())} == set()


def test_every_code_has_words_for_the_desk() -> None:
    assert {rule.code for rule in raising.rules()} <= FLAGS.keys()
    assert {rule.code for rule in raising.way_rules()} == OTHER_WAYS.keys()


@pytest.mark.parametrize("tick", [code for code in vocab.codes("urgent") if code not in ("none", "prefer_not")])
def test_every_urgent_tick_raises_a_flag(tick: str) -> None:
    found = raised(told("SAF-04", {"value": [tick]}), ON)
    assert found.flags
    assert found.level in ("P0", "P1")


@pytest.mark.parametrize(
    ("value", "is_near"),
    [
        ({"year": 2026, "month": 11, "day": 15}, True),
        ({"year": 2026, "month": 11, "day": 14}, False),
        ({"year": 2026, "month": 11, "day": 29}, True),
        ({"year": 2026, "month": 11, "day": 30}, False),
        ({"year": 2026, "month": 11, "day": 12, "precision": "few_days"}, True),
        ({"year": 2026, "month": 11}, True),
        ({"year": 2026, "month": 10}, False),
        ({"year": 2026}, False),
        ({"anchor": "учора"}, False),
        ({"year": 2020, "month": 8, "day": 12}, False),
    ],
)
def test_fresh_is_what_may_be_two_weeks_old(value: dict[str, Any], is_near: bool) -> None:
    assert (raised(told("EPI-02", {"value": value}), ON).flags == ("FRESH_INJURY",)) is is_near


@pytest.mark.parametrize("consent", ["agrees", "detained", "missing", "dead", "child"])
def test_a_helper_whose_person_agrees_or_cannot_be_asked_has_a_mandate(consent: str) -> None:
    with_word = raised(told("SAF-03", {"value": "helper"}, REP_08={"value": consent}), ON)
    without = raised(told("SAF-03", {"value": "helper"}), ON)
    assert "HELPER_NO_MANDATE" in without.flags
    assert "HELPER_NO_MANDATE" not in with_word.flags


def test_the_highest_level_counts_and_every_card_is_looked_at() -> None:
    people = {"people-1": {"PRP-12": {"value": None}}, "people-2": {"PRP-12": {"value": "у Варшаве"}}}
    found = raised({**people, "wishes": {"WSH-04": {"value": "yes"}}}, ON)
    assert (found.flags, found.level, found.holds) == (("FAMILY", "SUSPECT_ABROAD"), "P1", False)


def test_nothing_is_raised_by_nothing() -> None:
    assert raised({}, ON) == raising.Raised()
    assert raised({"first": {"ELG-01": {"value": None}, "SAF-04": {"value": ["none"]}}}, ON) == raising.Raised()


def test_what_is_sealed_says_codes_and_no_word_of_the_person() -> None:
    found = raised(told("PRP-12", {"value": "Жыве ў Варшаве"}), ON)
    assert found.record() == {"flags": ["SUSPECT_ABROAD"], "ways": []}
