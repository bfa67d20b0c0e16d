"""What comes next, and how far a section is. Knows the shape of the catalogue, but no question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from cases.handwords import AGREES, NOT_ASKED, TELLER, TELLERS, is_helper
from cases.statement import cards, catalogue
from cases.statement.asked import is_asked, is_taken_back, known
from cases.statement.catalogue import Page, Question, Section
from cases.statement.conditions import has_answer

Answers = Mapping[str, Mapping[str, Any]]
Sections = Mapping[str, Answers]  # by key, see cases.statement.cards
FIRST, END, AFTER, FILES = "first", "end", "after", "files"
CONSENT_TO_READ = "CNS-01"
WHERE_NOW, LIVES_IN = "SAF-02", "ELG-02"
RISKY_COUNTRIES, RISKY_PLACES = frozenset({"BY", "RU"}), frozenset({"belarus", "russia"})
SAFETY = "safety"
SELF = "self"


class State(StrEnum):
    """How far a section is, as the list of sections shows it."""

    NONE = "none"
    SOME = "some"
    DONE = "done"
    PERSON = "person"


def told_here() -> tuple[Section, ...]:
    """The sections of the longer account, in the order of the list."""
    return tuple(each for each in catalogue.sections() if each.id not in (FIRST, END, AFTER))


def first_pages() -> list[list[Question]]:
    """The first contact by pages: a question that hangs on another stands on the same page."""
    pages: list[list[Question]] = []
    for question in (each for page in catalogue.section(FIRST).pages for each in page):
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


def is_open(section: Section, answers: Answers) -> bool:
    """Does the section's condition hold, or was something answered in it? What is sent can be seen before."""
    if section.only_if is None or section.only_if.holds(answers):
        return True
    return any(has_answer(answers.get(each.id)) for each in section.questions)


def on_page(page: Page, answers: Answers) -> list[Question]:
    """The questions of a page that are asked; one that hangs on another of the same page stands there with it."""
    together = {each.id for each in page}
    return [
        each
        for each in page
        if is_asked(each, answers) or _is_kept(each, answers) or (each.only_if and each.only_if.asks() & together)
    ]


def _is_kept(question: Question, answers: Answers) -> bool:
    """Was it answered while it was asked? Then it is sent, so it must be seen, unless a consent was taken back."""
    return has_answer(answers.get(question.id)) and not is_taken_back(question, answers)


def asked_only(answers: Answers) -> dict[str, dict[str, Any]]:
    """The answers without those that a later choice made needless, as an address when no channel needs one.

    While the other question is unanswered, what was typed is kept.
    """
    return {key: dict(answer) for key, answer in answers.items() if _is_wanted(catalogue.question(key), answers)}


def _is_wanted(question: Question, answers: Answers) -> bool:
    if question.only_if is None or is_asked(question, answers):
        return True
    decisive = [answers.get(each, {}) for each in question.only_if.asks()]
    return not any(each.get("value") or each.get("said") for each in decisive)


def is_in_danger(answers: Answers) -> bool:
    """Is somebody in Belarus or Russia right now? Then only the first contact is offered (S2)."""
    now, home = (answers.get(each, {}).get("value") for each in (WHERE_NOW, LIVES_IN))
    return now in RISKY_PLACES or (not now and home in RISKY_COUNTRIES)


def speaks_for_another(answers: Answers) -> str:
    """Who fills it in, when it is not the person whom it is about: a code of who_fills, else ""."""
    code = answers.get(TELLER, {}).get("value")
    return str(code) if code in TELLERS and code != SELF else ""


def is_frozen(answers: Answers) -> bool:
    """Does a helper write for somebody who was not asked? Then nothing more of the story is asked (REP-08)."""
    return is_helper(answers.get(TELLER)) and answers.get(AGREES, {}).get("value") == NOT_ASKED


def asks_safety_alone(answers: Answers) -> bool:
    """Is only the section on safety offered, because of danger or because the person was not asked?"""
    return is_in_danger(answers) or is_frozen(answers)


def step_after(pages: tuple[Page, ...], step: int, answers: Answers) -> int | None:
    """The next step (1 is the first) on which something is asked, or None after the last."""
    return next((n for n in range(step + 1, len(pages) + 1) if on_page(pages[n - 1], answers)), None)


def step_before(pages: tuple[Page, ...], step: int, answers: Answers) -> int | None:
    """The step before on which something is asked, or None before the first."""
    return next((n for n in range(step - 1, 0, -1) if on_page(pages[n - 1], answers)), None)


def first_open_step(pages: tuple[Page, ...], answers: Answers, own: Answers) -> int:
    """Where to go on: the first step not shown yet, else the first. own: the answers of this section or card."""
    asked = [n for n, page in enumerate(pages, start=1) if on_page(page, answers)]
    return next((n for n in asked if not any(each.id in own for each in pages[n - 1])), asked[0] if asked else 1)


def state(section: Section, sections: Sections) -> State:
    """How far a section is: done when every page that is asked was shown, even if left empty, and each card too."""
    own = sections.get(section.id, {})
    if section.tell and own.get(section.tell, {}).get("value"):
        return State.PERSON
    numbers = cards.numbers(section.id, sections)
    parts = [_how_far(section.pages, known(sections), own), *(card_state(section, each, sections) for each in numbers)]
    if section.card and not numbers:
        parts.append(State.NONE)
    return _joined(parts)


def card_state(section: Section, number: int, sections: Sections) -> State:
    """How far one card is."""
    key = cards.key_of(section.id, number)
    pages = section.file_pages if section.id == FILES else section.card_pages
    return _how_far(pages, known(sections, key), sections.get(key, {}))


def _how_far(pages: Iterable[Page], answers: Answers, own: Answers) -> State:
    asked = [each for page in pages for each in on_page(page, answers) if each.type != "file"]
    shown = [each for each in asked if each.id in own]
    if not asked:
        return State.DONE
    return State.DONE if len(shown) == len(asked) else State.SOME if shown else State.NONE


def _joined(parts: list[State]) -> State:
    if all(each is State.DONE for each in parts):
        return State.DONE
    return State.NONE if all(each is not State.SOME for each in parts) and State.DONE not in parts else State.SOME
