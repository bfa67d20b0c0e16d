"""The account as a page: answers by section, own words as numbered paragraphs, choices as plain facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from cases.access import Account, OpenedVersion
from cases.statement import cards, catalogue, wording
from cases.statement.catalogue import Question

TYPED = {"long", "short", "contact", "place"}  # what a person wrote is set in the voice, what was chosen is not


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered paragraph in the person's own words."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its answer. language: of the typed words."""

    question: str
    language: str
    chosen: list[str] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a version. corrects: the number of the version that told it before, when this is a correction."""

    id: str
    title: str
    items: list[Item]
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One version of the account."""

    version: OpenedVersion
    parts: list[Part]

    @property
    def is_first_contact(self) -> bool:
        """Version 0 holds the first five answers, not the account."""
        return self.version.number == 0


def sheets(account: Account, corrections: Collection[int] = ()) -> list[Sheet]:
    """All versions, newest first; paragraphs are numbered through within a version.

    corrections: the numbers of the versions that say anew what an earlier one said.
    """
    found = [_sheet(version) for version in reversed(account.versions)]
    return [_marked(sheet, found[place:]) if sheet.version.number in corrections else sheet
            for place, sheet in enumerate(found, start=1)]  # fmt: skip


def _marked(sheet: Sheet, earlier: list[Sheet]) -> Sheet:
    """The same, each part with the number of the newest version that told it before."""
    told = {part.id: before.version.number for before in reversed(earlier) for part in before.parts}
    return replace(sheet, parts=[replace(part, corrects=told.get(part.id)) for part in sheet.parts])


def answers_about(account: Account, question_ids: tuple[str, ...]) -> list[Item]:
    """The newest answers to some questions, in that order; what was not answered is left out."""
    numbers = count(1)
    asked = [each for each in question_ids if each in catalogue.at(catalogue.VERSION).questions]
    found = ((catalogue.question(each), account.answer(each)) for each in asked)
    return [_item(question, answer, numbers) for question, answer in found if answer and wording.is_given(answer)]


def _sheet(version: OpenedVersion) -> Sheet:
    numbers = count(1)
    parts = [
        Part(told.key, _title(told), list(_items(told.questions, dict(told.answers), numbers)))
        for told in cards.in_order(catalogue.at(version.catalogue), version.sections)
    ]
    return Sheet(version, [part for part in parts if part.items])


def _title(told: cards.Told) -> str:
    """The section's title; on a card with what the card is called."""
    if not told.number:
        return told.section.title["en"]
    return f"{told.section.title['en']}: {cards.title(told.section, told.number, told.answers, 'en')}"


def _items(questions: tuple[Question, ...], answers: dict[str, Any], numbers: Iterator[int]) -> Iterator[Item]:
    for question in questions:
        answer = answers.get(question.id)
        if answer and wording.is_given(answer):
            yield _item(question, answer, numbers)


def _item(question: Question, answer: dict[str, Any], numbers: Iterator[int]) -> Item:
    typed = wording.lines(question, {"value": answer.get("value")}, "en") if question.type in TYPED else []
    chosen = [] if typed else wording.lines(question, _without_typed(answer), "en")
    if typed and answer.get("said"):
        chosen = wording.lines(question, {"said": answer["said"]}, "en")
    typed += [text for text in (answer.get("other"), _anchor(answer)) if text]
    paragraphs = [Paragraph(next(numbers), text) for each in typed for text in _split(each)]
    return Item(question.text["en"], answer.get("lang", ""), chosen, paragraphs)


def _without_typed(answer: dict[str, Any]) -> dict[str, Any]:
    value = answer.get("value")
    if isinstance(value, dict):
        value = {key: part for key, part in value.items() if key != "anchor"}
    return {"value": value, "said": answer.get("said")}


def _anchor(answer: dict[str, Any]) -> str:
    value = answer.get("value")
    return str(value.get("anchor") or "") if isinstance(value, dict) else ""


def _split(text: str) -> list[str]:
    """Paragraphs as the person set them; empty lines only part them."""
    return [line.strip() for line in text.splitlines() if line.strip()]
