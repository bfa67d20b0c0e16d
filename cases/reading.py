"""The account as a page: answers by section, own words as numbered paragraphs, choices as plain facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count, groupby
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cases.access import Account, OpenedVersion
from cases.exhibits import ExhibitRecord
from cases.remarks import remarks
from cases.statement import cards, catalogue, wording
from cases.statement.catalogue import LANGUAGES, Question

TYPED = {"long", "short", "contact", "place"}  # what a person wrote is set in the voice, what was chosen is not
FILES = "files"  # the section whose cards are numbered as the exhibits
WORDS_A_MINUTE = 150  # slowly: what is folded is no text to be skimmed


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered paragraph in the person's own words."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its answer. language: of the typed words; key: its place in the version, "story-1/EPI-08".

    topic: what a violent answer is about, "" for any other. remarks: what the system says below. earlier: the answer
    that this one corrects, with its version. translated: paragraphs of a translation, to stand beside the original.
    """

    question: str
    language: str
    chosen: list[str] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    key: str = ""
    topic: str = ""
    remarks: list[str] = field(default_factory=list)
    earlier: tuple[int, Item] | None = None
    translated: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Run:
    """Items that follow each other. place: what a run of violent ones is called, "1-2"; "" for any other."""

    items: list[Item]
    place: str = ""

    @property
    def topics(self) -> list[str]:
        """What the folded answers are about, each once."""
        return list(dict.fromkeys(item.topic for item in self.items))

    @property
    def numbers(self) -> list[int]:
        """The numbers of its paragraphs."""
        return [each.number for item in self.items for each in item.paragraphs]

    @property
    def title(self) -> str:
        """What stands on the fold: which paragraphs, and what they are about."""
        topics, numbers = "; ".join(self.topics), self.numbers
        if not numbers:
            return topics
        words = {"first": numbers[0], "last": numbers[-1], "topics": topics}
        if len(numbers) == 1:
            return _("Paragraph %(first)s: %(topics)s") % words
        return _("Paragraphs %(first)s to %(last)s: %(topics)s") % words

    @property
    def length(self) -> str:
        """About how long it takes to read."""
        texts = [text for item in self.items for text in (*item.chosen, *(each.text for each in item.paragraphs))]
        minutes = round(sum(len(text.split()) for text in texts) / WORDS_A_MINUTE)
        if not minutes:
            return _("Less than a minute to read.")
        words = ngettext("About %(minutes)s minute to read.", "About %(minutes)s minutes to read.", minutes)
        return words % {"minutes": minutes}


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a version. corrects: the number of the version that told it before, when this is a correction.

    exhibit: the file that it is about. places: counts the folds of the version, in its order; as a version never
    changes, the place of a fold stays what it is.
    """

    id: str
    title: str
    items: list[Item]
    corrects: int | None = None
    exhibit: ExhibitRecord | None = None
    first_place: int = 1
    version: int = 0

    @property
    def runs(self) -> list[Run]:
        """The items in runs: violent ones together under one place, the others as they stand."""
        places = count(self.first_place)
        found = groupby(self.items, key=lambda item: bool(item.topic))
        return [Run(list(run), f"{self.version}-{next(places)}" if is_violent else "") for is_violent, run in found]

    @property
    def corrected(self) -> int:
        """How many of its answers stand in the place of earlier ones."""
        return sum(item.earlier is not None for item in self.items)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One version of the account."""

    version: OpenedVersion
    parts: list[Part]

    @property
    def is_first_contact(self) -> bool:
        """Version 0 holds the first five answers, not the account."""
        return self.version.number == 0


def spoken() -> str:
    """The language in which questions and choices are shown: the reader's, if the catalogue has it."""
    language = get_language() or ""
    return language if language in LANGUAGES else "en"


def sheets(account: Account, corrections: Collection[int] = ()) -> list[Sheet]:
    """All versions, newest first; paragraphs are numbered through within a version.

    corrections: the numbers of the versions that say anew what an earlier one said.
    """
    files = {record.number: record for record in account.exhibits}
    found = [_sheet(version, files) for version in reversed(account.versions)]
    return [_marked(sheet, found[place:]) if sheet.version.number in corrections else sheet
            for place, sheet in enumerate(found, start=1)]  # fmt: skip


def _marked(sheet: Sheet, earlier: list[Sheet]) -> Sheet:
    """The same, each part with the number of the newest version that told it before, each answer with that answer."""
    before = [(each.version.number, part) for each in reversed(earlier) for part in each.parts]
    told = {part.id: number for number, part in before}
    said = {item.key: (number, item) for number, part in before for item in part.items}
    parts = [
        replace(
            part, corrects=told.get(part.id), items=[replace(each, earlier=said.get(each.key)) for each in part.items]
        )
        for part in sheet.parts
    ]
    return replace(sheet, parts=parts)


def beside(sheet: Sheet, texts: Mapping[str, str]) -> Sheet:
    """The same with translated paragraphs beside the answers. texts: by the key of an answer."""
    parts = [
        replace(part, items=[replace(each, translated=_split(texts.get(each.key, ""))) for each in part.items])
        for part in sheet.parts
    ]
    return replace(sheet, parts=parts)


def answers_about(account: Account, question_ids: tuple[str, ...]) -> list[Item]:
    """The newest answers to some questions, in that order; what was not answered is left out."""
    numbers = count(1)
    asked = [each for each in question_ids if each in catalogue.at(catalogue.VERSION).questions]
    found = ((catalogue.question(each), account.answer(each)) for each in asked)
    return [_item(question, answer, numbers) for question, answer in found if answer and wording.is_given(answer)]


def _sheet(version: OpenedVersion, files: Mapping[int, ExhibitRecord]) -> Sheet:
    numbers, parts, place = count(1), [], 1
    for told in cards.in_order(catalogue.at(version.catalogue), version.sections):
        exhibit = files.get(told.number) if told.section.id == FILES else None
        items = list(_items(told, numbers))
        part = Part(told.key, _title(told), items, exhibit=exhibit, first_place=place, version=version.number)
        place += sum(bool(run.place) for run in part.runs)
        parts.append(part)
    return Sheet(version, [part for part in parts if part.items])


def _title(told: cards.Told) -> str:
    """The section's title; on a card with what the card is called."""
    language = spoken()
    if not told.number or told.section.card is None:
        return told.section.title[language]
    return f"{told.section.title[language]}: {cards.title(told.section, told.number, told.answers, language)}"


def _items(told: cards.Told, numbers: Iterator[int]) -> Iterator[Item]:
    for question in told.questions:
        answer = told.answers[question.id]
        if answer and wording.is_given(answer):
            topic = (catalogue.topic_of(question) or {}).get(spoken(), "")
            below = remarks(question, told.answers, spoken())
            yield replace(_item(question, answer, numbers), key=f"{told.key}/{question.id}", topic=topic, remarks=below)


def _item(question: Question, answer: dict[str, Any], numbers: Iterator[int]) -> Item:
    language = spoken()
    typed = wording.lines(question, {"value": answer.get("value")}, language) if question.type in TYPED else []
    chosen = [] if typed else wording.lines(question, _without_typed(answer), language)
    if typed and answer.get("said"):
        chosen = wording.lines(question, {"said": answer["said"]}, language)
    typed += [text for text in (answer.get("other"), _anchor(answer)) if text]
    paragraphs = [Paragraph(next(numbers), text) for each in typed for text in _split(each)]
    return Item(question.text[language], answer.get("lang", ""), chosen, paragraphs)


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
