"""What comes next, and how far a section is. Knows the shape of the catalogue, but no question."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from cases.statement import catalogue
from cases.statement.catalogue import Question, Section

Answers = Mapping[str, Mapping[str, Any]]
TOLD_HERE = ("you", "story", "consent", "files")  # the sections of the longer account, in the order of the list
CONSENT_TO_READ = "CNS-01"


class State(StrEnum):
    """How far a section is, as the list of sections shows it."""

    NONE = "none"
    SOME = "some"
    DONE = "done"
    PERSON = "person"


def first_pages() -> list[list[Question]]:
    """The first contact by pages: a question that hangs on another stands on the same page."""
    pages: list[list[Question]] = []
    for question in catalogue.section("first").pages:
        if question.only_if:
            pages[-1].append(question)
        else:
            pages.append([question])
    return pages


def missing_page(answers: Answers) -> int | None:
    """The number of the first page that was not shown yet, or that lacks the consent to read; None when all is there.

    An empty answer counts; only the consent to read must be yes.
    """
    for number, page in enumerate(first_pages(), start=1):
        if any(question.id not in answers for question in page):
            return number
        if page[0].id == CONSENT_TO_READ and not answers[CONSENT_TO_READ].get("value"):
            return number
    return None


def is_asked(question: Question, answers: Answers) -> bool:
    """Does the question's condition hold?"""
    if question.only_if is None:
        return True
    value = answers.get(question.only_if.question, {}).get("value")
    given = set(value) if isinstance(value, list) else {value}
    return bool(question.only_if.any & given)


def asked_only(answers: Answers) -> dict[str, dict[str, Any]]:
    """The answers without those that a later choice made needless, as an address when no channel needs one.

    While the other question is unanswered, what was typed is kept.
    """
    return {key: dict(answer) for key, answer in answers.items() if _is_wanted(catalogue.question(key), answers)}


def _is_wanted(question: Question, answers: Answers) -> bool:
    if question.only_if is None or is_asked(question, answers):
        return True
    decisive = answers.get(question.only_if.question, {})
    return not (decisive.get("value") or decisive.get("said"))


def step_after(section: Section, step: int, answers: Answers) -> int | None:
    """The next step (1 is the first) whose question is asked, or None after the last."""
    return next((n for n in range(step + 1, len(section.pages) + 1) if is_asked(section.pages[n - 1], answers)), None)


def step_before(section: Section, step: int, answers: Answers) -> int | None:
    """The step before whose question is asked, or None before the first."""
    return next((n for n in range(step - 1, 0, -1) if is_asked(section.pages[n - 1], answers)), None)


def state(section: Section, answers: Answers) -> State:
    """How far a section is: done when every question that is asked was shown, even if left empty."""
    if section.tell and answers.get(section.tell, {}).get("value"):
        return State.PERSON
    asked = [question for question in section.pages if is_asked(question, answers)]
    shown = [question for question in asked if question.id in answers]
    if not shown:
        return State.NONE
    return State.DONE if len(shown) == len(asked) else State.SOME


def first_open_step(section: Section, answers: Answers) -> int:
    """Where to go on in a section: the first step not shown yet, else the first."""
    asked = [n for n, question in enumerate(section.pages, start=1) if is_asked(question, answers)]
    return next((n for n in asked if section.pages[n - 1].id not in answers), asked[0])
