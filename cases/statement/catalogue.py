"""Sections and questions, read once from data/catalogue-<version>.json. Wording and order are data, not code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

VERSION = "2026-11"
LANGUAGES = ("be", "ru", "en")
COMPARTMENTS = frozenset({"identity", "account", "messages", "work", "sealed"})
TYPES = frozenset({"choice1", "choiceN", "date~", "place", "short", "long", "contact", "tick", "file", "mark"})
DATA = Path(__file__).parent / "data"

Text = Mapping[str, str]  # by language: be, ru, en


class BadCatalogue(Exception):
    """The data file breaks a rule of the catalogue; the text names the question and the rule."""


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
class Condition:
    """Shown only if the answer to an earlier question of the section has one of these codes."""

    question: str
    any: frozenset[str]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person reads before a hard page, with the choice to skip it."""

    title: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `said`: which of unknown, forgotten, unsaid are answers to it; `seen_by`, `purpose`: codes.

    required: F first contact, R before a dossier, C under a condition, O optional.
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
    options: str | None = None
    said: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()
    groups: tuple[Group, ...] = ()
    own_words: OwnWords | None = None
    only_if: Condition | None = None
    notice: Notice | None = None
    care: str = ""

    @property
    def is_asked_on_a_page(self) -> bool:
        """False for what a button sets, as "I want to tell this only to a person" does."""
        return self.type != "mark"


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that are answered and saved together. `tell`: the mark "only to a person" of this section."""

    id: str
    title: Text
    questions: tuple[Question, ...]
    tell: str | None = None
    intro: Text | None = None

    @property
    def pages(self) -> tuple[Question, ...]:
        """The questions that have a page, in order."""
        return tuple(each for each in self.questions if each.is_asked_on_a_page)


def _text(raw: Any, where: str) -> Text | None:
    if raw is None:
        return None
    if set(raw) != set(LANGUAGES) or not all(raw.values()):
        raise BadCatalogue(f"{where}: a text needs exactly {', '.join(LANGUAGES)}")
    return MappingProxyType(dict(raw))


def _needed(raw: Any, where: str) -> Text:
    text = _text(raw, where)
    if text is None:
        raise BadCatalogue(f"{where}: a text is missing")
    return text


def _own_words(raw: Any, where: str) -> OwnWords | None:
    return OwnWords(tuple(raw["codes"]), _needed(raw["label"], where)) if raw else None


def _condition(raw: Any) -> Condition | None:
    return Condition(raw["question"], frozenset(raw["any"])) if raw else None


def _notice(raw: Any, where: str) -> Notice | None:
    if not raw:
        return None
    return Notice(_needed(raw["title"], where), tuple(_needed(line, where) for line in raw["lines"]))


def _question(raw: Mapping[str, Any]) -> Question:
    where = raw["id"]
    if raw["type"] not in TYPES or raw["compartment"] not in COMPARTMENTS or raw["required"] not in "FRCO":
        raise BadCatalogue(f"{where}: type, compartment or required")
    return Question(
        id=where, type=raw["type"], required=raw["required"], compartment=raw["compartment"],
        seen_by=tuple(raw["seen_by"].split()), purpose=tuple(raw["purpose"].split()),
        text=_needed(raw["text"], where), why=_text(raw.get("why"), where), hint=_text(raw.get("hint"), where),
        tick=_text(raw.get("tick"), where), fold=_text(raw.get("fold"), where), options=raw.get("options"),
        said=tuple(raw.get("said", ())), likely=tuple(raw.get("likely", ())), apart=tuple(raw.get("apart", ())),
        left_out=frozenset(raw.get("left_out", ())),
        groups=tuple(Group(_needed(each["title"], where), tuple(each["codes"])) for each in raw.get("groups", ())),
        own_words=_own_words(raw.get("own_words"), where), only_if=_condition(raw.get("only_if")),
        notice=_notice(raw.get("notice"), where), care=raw.get("care", ""),
    )  # fmt: skip


def _section(raw: Mapping[str, Any]) -> Section:
    questions = tuple(_question(each) for each in raw["questions"])
    title = _needed(raw["title"], raw["id"])
    return Section(raw["id"], title, questions, raw.get("tell"), _text(raw.get("intro"), raw["id"]))


def read(version: str) -> tuple[Section, ...]:
    """Read the sections of one version of the catalogue. Raises BadCatalogue, or OSError for an unknown version."""
    raw = json.loads((DATA / f"catalogue-{version}.json").read_text(encoding="utf-8"))
    if raw["version"] != version:
        raise BadCatalogue(f"version {version}")
    return tuple(_section(each) for each in raw["sections"])


SECTIONS = read(VERSION)
FIRST_CONTACT = tuple(each.id for each in SECTIONS[0].questions)


@cache
def _by_id() -> Mapping[str, Question]:
    return MappingProxyType({each.id: each for section in SECTIONS for each in section.questions})


def question(question_id: str) -> Question:
    """The question of an id. Raises KeyError."""
    return _by_id()[question_id]


def section(section_id: str) -> Section:
    """The section of an id. Raises KeyError."""
    return {each.id: each for each in SECTIONS}[section_id]


def section_of(question_id: str) -> Section:
    """The section that asks a question. Raises KeyError."""
    return {row.id: each for each in SECTIONS for row in each.questions}[question_id]
