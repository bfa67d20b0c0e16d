"""Conditions: when a question is asked."""

from __future__ import annotations

from typing import Any

import pytest

from cases.statement import catalogue
from cases.statement.conditions import BadCondition, parse

A, B = {"question": "A", "any": ["x", "y"]}, {"question": "B", "any": ["z"]}


def value(given: Any, **more: Any) -> dict[str, Any]:
    return {"value": given, "lang": "be", **more}


@pytest.mark.parametrize(
    ("raw", "answers", "holds"),
    [
        (A, {"A": value("x")}, True),
        (A, {"A": value(["q", "y"])}, True),
        (A, {"A": value("q")}, False),
        (A, {"A": value(None, said="unsaid")}, False),
        (A, {}, False),
        ({"question": "A", "not": ["x"]}, {"A": value("q")}, True),
        ({"question": "A", "not": ["x"]}, {"A": value(["q", "x"])}, False),
        ({"question": "A", "not": ["x"]}, {"A": value(None, said="unknown")}, True),
        ({"question": "A", "not": ["x"]}, {"A": value(None)}, False),
        ({"question": "A", "not": ["x"]}, {}, False),
        ({"question": "A", "unless": ["x"]}, {}, True),
        ({"question": "A", "unless": ["x"]}, {"A": value(None)}, True),
        ({"question": "A", "unless": ["x"]}, {"A": value("q")}, True),
        ({"question": "A", "unless": ["x"]}, {"A": value("x")}, False),
        ({"question": "A", "given": True}, {"A": value("words")}, True),
        ({"question": "A", "given": True}, {"A": value(None, said="unsaid")}, True),
        ({"question": "A", "given": True}, {"A": value(None, other="words")}, True),
        ({"question": "A", "given": True}, {"A": value(None)}, False),
        ({"question": "A", "given": True}, {}, False),
        ({"differ": ["A", "B"]}, {"A": value("x"), "B": value("z")}, True),
        ({"differ": ["A", "B"]}, {"A": value("x"), "B": value("x")}, False),
        ({"differ": ["A", "B"]}, {"A": value("x")}, True),
        ({"differ": ["A", "B"]}, {}, True),
        ({"all": [A, B]}, {"A": value("x"), "B": value("z")}, True),
        ({"all": [A, B]}, {"A": value("x")}, False),
        ({"one": [A, B]}, {"B": value("z")}, True),
        ({"one": [A, B]}, {}, False),
        ({"one": [{"all": [A, B]}, {"question": "C", "given": True}]}, {"C": value("words")}, True),
    ],
)
def test_a_condition_holds_or_not(raw: dict, answers: dict, holds: bool) -> None:
    condition = parse(raw)
    assert condition is not None
    assert condition.holds(answers) is holds


def test_it_names_every_question_it_looks_at() -> None:
    condition = parse({"one": [{"all": [A, B]}, {"differ": ["C", "D"]}]})
    assert condition is not None
    assert condition.asks() == {"A", "B", "C", "D"}
    assert parse(None) is None


@pytest.mark.parametrize(
    "raw",
    [{}, {"question": "A"}, {"any": ["x"]}, {"all": [{}]}, {"differ": ["A"]}, "A", {"question": "A", "any": None}],
)
def test_what_nobody_can_read_is_refused(raw: Any) -> None:
    with pytest.raises(BadCondition):
        parse(raw)


def test_no_question_of_the_catalogue_hangs_on_itself_or_on_a_card_of_another_section() -> None:
    for section in catalogue.sections():
        for each in section.questions:
            for name in each.only_if.asks() if each.only_if else ():
                asked = catalogue.question(name)
                assert name != each.id
                assert not asked.per or catalogue.section_of(name).id == section.id, each.id
