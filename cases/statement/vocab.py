"""The lists of choices: codes with their labels in each language, from data/vocab.csv."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from cases.statement.catalogue import DATA, LANGUAGES, Question

SAID = "said"  # I do not know, I do not remember, I do not want to say: answers of their own
ALPHABETS = {
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "en": "abcdefghijklmnopqrstuvwxyzü",
}


@cache
def _tables() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    tables: dict[str, dict[str, Mapping[str, str]]] = {}
    with (DATA / "vocab.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            labels = MappingProxyType({language: row[language] for language in LANGUAGES})
            tables.setdefault(row["category"], {})[row["code"]] = labels
    return MappingProxyType(tables)


def codes(name: str) -> tuple[str, ...]:
    """The codes of a list in their order. Raises KeyError for an unknown list."""
    return tuple(_tables()[name])


def label(name: str, code: str, language: str) -> str:
    """The label of one code. Raises KeyError for an unknown list, code or language."""
    return _tables()[name][code][language]


def choices(name: str, language: str) -> list[tuple[str, str]]:
    """A list as (code, label) pairs in its order."""
    return [(code, labels[language]) for code, labels in _tables()[name].items()]


def options(question: Question, language: str) -> list[tuple[str, str]]:
    """What a question offers, without the codes that it leaves out."""
    if question.options is None:
        return []
    return [pair for pair in choices(question.options, language) if pair[0] not in question.left_out]


def in_alphabet(pairs: list[tuple[str, str]], language: str) -> list[tuple[str, str]]:
    """The pairs in the order of their labels in that language's alphabet."""
    places = {letter: place for place, letter in enumerate(ALPHABETS[language], start=1)}
    return sorted(pairs, key=lambda pair: [places.get(letter, 0) for letter in pair[1].casefold()])
