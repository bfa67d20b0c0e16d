"""Which questions are asked of a person, and which answers a later "no" took back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from cases.statement import cards, catalogue
from cases.statement.catalogue import Question
from cases.statement.conditions import has_answer

Answers = Mapping[str, Mapping[str, Any]]
CONSENT = "CNS-"


@cache
def hanging() -> frozenset[str]:
    """The questions, asked once and not kept apart, on which questions of other sections hang."""
    return frozenset(
        each
        for section in catalogue.sections()
        for condition in (section.only_if, *(hung.only_if for hung in section.questions))
        for each in (condition.asks() if condition else ())
        if catalogue.section_of(each).id != section.id and _is_common(catalogue.question(each))
    )


def _is_common(question: Question) -> bool:
    return not question.per and question.compartment != "sealed"


def known(sections: Mapping[str, Answers], key: str = "") -> dict[str, Mapping[str, Any]]:
    """The answers on which questions hang: all that was asked once, and those of one card; given before empty ones."""
    found: dict[str, Mapping[str, Any]] = {}
    for each, answers in sections.items():
        if each == key or not cards.split(each)[1]:
            found |= {each: answer for each, answer in answers.items() if has_answer(answer) or each not in found}
    return found


def is_asked(question: Question, answers: Answers) -> bool:
    """Does the question's condition hold?"""
    return question.only_if is None or question.only_if.holds(answers)


def is_taken_back(question: Question, answers: Answers) -> bool:
    """Does the question hang on a consent that was given another answer since?"""
    if question.only_if is None or is_asked(question, answers):
        return False
    return any(each.startswith(CONSENT) and has_answer(answers.get(each)) for each in question.only_if.asks())


def without_taken_back(own: Mapping[str, dict[str, Any]], answers: Answers) -> dict[str, dict[str, Any]]:
    """The answers of a section or card that may be sent. answers: those on which its questions hang."""
    return {each: answer for each, answer in own.items() if not is_taken_back(catalogue.question(each), answers)}
