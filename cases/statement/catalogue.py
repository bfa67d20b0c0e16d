"""Sections and questions of the survivor's account: wording and order are data, and each version stays readable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path

from cases.statement.conditions import Condition

VERSION = "2026-12"
LANGUAGES = ("be", "ru", "en")
# The wordings that a native speaker with trauma training has signed off, as (version, language): none yet.
REVIEWED: frozenset[tuple[str, str]] = frozenset()
EVERYWHERE = (*LANGUAGES, "ar")  # the first contact and what belongs to it
COMPARTMENTS = frozenset({"identity", "account", "messages", "work", "sealed"})
TYPES = frozenset(
    {"choice1", "choiceN", "date~", "num~", "place", "short", "long", "contact", "tick", "file", "mark", "computed"}
)
NOT_ASKED = frozenset({"mark", "computed"})
DATA = Path(__file__).parent / "data"
CARD, FILE = "card", "file"

Text = Mapping[str, str]  # by language


@dataclass(frozen=True, slots=True)
class Group:
    """Choices that are shown folded under one title, for example the places of a region."""

    title: Text
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A text field beside the choices, and the codes that ask for it."""

    codes: tuple[str, ...]
    label: Text


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person reads before a hard page, with the choice to skip it."""

    title: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What is asked once for each episode, person, witness or paper. name: the question whose answer is its title."""

    title: Text
    add: Text
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `said`: which of unknown, forgotten, unsaid, person are answers to it; `seen_by`, `purpose`: codes.

    required: F first contact, R before a dossier, C under a condition, O optional. lists: the lists of its choices.
    per: "card" or "file" when it is asked for each of them. page: questions of one word stand on one page. answers: a
    line that follows when a code was chosen. help_on: codes that lead to the page of help. preset: a code that counts
    until another is chosen. by_day: a date of which nobody asks the time of day. topic: what a violent answer is about,
    for a reader who has not opened it yet; without one the answer is not folded.
    """

    id: str
    type: str
    required: str
    compartment: str
    seen_by: tuple[str, ...]
    purpose: tuple[str, ...]
    text: Text
    why: Text | None = None
    hint: Text | None = None
    tick: Text | None = None
    fold: Text | None = None
    lists: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()
    groups: tuple[Group, ...] = ()
    own_words: OwnWords | None = None
    only_if: Condition | None = None
    notice: Notice | None = None
    per: str = ""
    page: str = ""
    preset: str = ""
    by_day: bool = False
    help_on: frozenset[str] = frozenset()
    answers: Mapping[str, Text] = field(default_factory=dict)
    care: str = ""
    guidance: str = ""
    topic: Text | None = None

    @property
    def is_asked_on_a_page(self) -> bool:
        """False for what a button sets, as "I want to tell this only to a person" does, and for what is computed."""
        return self.type not in NOT_ASKED


Page = tuple[Question, ...]


@dataclass(frozen=True)
class Section:
    """Questions that belong together. `tell`: the mark "only to a person" of this section."""

    id: str
    title: Text
    questions: tuple[Question, ...]
    tell: str | None = None
    intro: Text | None = None
    only_if: Condition | None = None
    card: Card | None = None

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """What is asked once, page by page, in order."""
        return tuple(_pages(self.questions, ""))

    @cached_property
    def card_pages(self) -> tuple[Page, ...]:
        """What is asked for each card, page by page."""
        return tuple(_pages(self.questions, CARD))

    @cached_property
    def file_pages(self) -> tuple[Page, ...]:
        """What is asked for each file, page by page."""
        return tuple(_pages(self.questions, FILE))


def _pages(questions: tuple[Question, ...], per: str) -> Iterator[Page]:
    asked = [each for each in questions if each.is_asked_on_a_page and each.per == per]
    for _, group in groupby(asked, key=lambda each: each.page or each.id):
        yield tuple(group)


@dataclass(frozen=True)
class Catalogue:
    """One version of the catalogue."""

    version: str
    sections: tuple[Section, ...]

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its id."""
        return {each.id: each for section in self.sections for each in section.questions}

    def question(self, question_id: str) -> Question:
        """The question of an id. Raises KeyError."""
        return self.questions[question_id]

    def section(self, section_id: str) -> Section:
        """The section of an id. Raises KeyError."""
        return {each.id: each for each in self.sections}[section_id]

    def section_of(self, question_id: str) -> Section:
        """The section that asks a question. Raises KeyError."""
        return {row.id: each for each in self.sections for row in each.questions}[question_id]


@cache
def at(version: str) -> Catalogue:
    """One version of the catalogue, the newest or an older one. Raises KeyError for a version that never was."""
    from cases.statement import loading

    return loading.read(version)


def topic_of(question: Question) -> Text | None:
    """What violent answers to a question are about. Older versions do not say it, so the newest speaks for them."""
    newest = at(VERSION).questions.get(question.id)
    return question.topic or (newest.topic if newest else None)


def question(question_id: str) -> Question:
    """The question of an id in the newest version. Raises KeyError."""
    return at(VERSION).question(question_id)


def section(section_id: str) -> Section:
    """The section of an id in the newest version. Raises KeyError."""
    return at(VERSION).section(section_id)


def section_of(question_id: str) -> Section:
    """The section that asks a question in the newest version. Raises KeyError."""
    return at(VERSION).section_of(question_id)


def sections() -> tuple[Section, ...]:
    """The sections of the newest version."""
    return at(VERSION).sections
