"""Where answers are kept that belong to one of several: an episode, a person, a paper, a file.

What is asked once in a section is kept under the section's id, "people"; what is asked for each card under that id and
the card's number, "people-2". A number is never given twice within an account's draft.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cases.statement.catalogue import Catalogue, Question, Section

Answers = Mapping[str, Mapping[str, Any]]


class Told(NamedTuple):
    """What was told in a section, or on one card of it. number: of the card, 0 for what is asked once."""

    section: Section
    number: int
    key: str
    answers: Mapping[str, Any]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The answered questions in the order of the catalogue."""
        return tuple(each for each in self.section.questions if each.id in self.answers)


def key_of(section_id: str, number: int) -> str:
    """Where the answers of a card are kept; of the section itself for 0."""
    return f"{section_id}-{number}" if number else section_id


def split(key: str) -> tuple[str, int]:
    """The section and the number of a key; number 0 for the section itself."""
    section_id, _dash, number = key.partition("-")
    return section_id, int(number) if number.isdecimal() and len(number) < 5 else 0


def numbers(section_id: str, sections: Mapping[str, Any]) -> list[int]:
    """The numbers of the cards that have answers, in order."""
    found = (split(key) for key, answers in sections.items() if answers)
    return sorted(number for each, number in found if each == section_id and number)


def in_order(catalogue: Catalogue, sections: Mapping[str, Mapping[str, Any]]) -> Iterator[Told]:
    """Everything that was told, in the order of the catalogue, card after card. What it does not know is left out."""
    for section in catalogue.sections:
        for number in (0, *numbers(section.id, sections)):
            key = key_of(section.id, number)
            if sections.get(key):
                yield Told(section, number, key, sections[key])


def title(section: Section, number: int, answers: Answers, language: str) -> str:
    """What a card is called: the person's own name for it, else "Episode 2". A name that is kept apart is not said."""
    asked = next((each for each in section.questions if section.card and each.id == section.card.name), None)
    name = answers.get(asked.id, {}).get("value") if asked and asked.compartment != "sealed" else None
    plain = f"{section.card.title[language]} {number}" if section.card else section.title[language]
    return str(name) if isinstance(name, str) and name.strip() else plain
