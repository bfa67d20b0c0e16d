"""The lists of choices: codes with their labels in each language, from data/vocab.csv."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from cases.statement import states
from cases.statement.catalogue import DATA, EVERYWHERE, Question

SAID = "said"  # I do not know, I do not remember, I do not want to say: answers of their own
EPISODES = "episodes"  # the list that a person's own episodes make
ALPHABETS = {
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "en": "abcdefghijklmnopqrstuvwxyzü",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
}
SAME_LETTERS = str.maketrans("أإآٱؤئىة", "ااااوييت")  # Arabic letters that a list of words does not tell apart
ARTICLE = "ال"  # passed over, as in Arabic lists of countries; in "ألمانيا" it is no article


@cache
def _tables() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    tables: dict[str, dict[str, Mapping[str, str]]] = {}
    with (DATA / "vocab.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            labels = MappingProxyType({language: row[language] for language in EVERYWHERE if row[language]})
            tables.setdefault(row["category"], {})[row["code"]] = labels
    return MappingProxyType(tables)


def names() -> tuple[str, ...]:
    """The names of all lists in their order."""
    return tuple(_tables())


def labels_of(name: str, code: str) -> Mapping[str, str]:
    """The labels of one code by language. Raises KeyError for an unknown list or code."""
    return _tables()[name][code]


def codes(name: str) -> tuple[str, ...]:
    """The codes of a list in their order. Raises KeyError for an unknown list."""
    return tuple(_tables()[name])


def label(name: str, code: str, language: str) -> str:
    """The label of one code. Raises KeyError for an unknown list, code or language."""
    return _tables()[name][code][language]


def choices(name: str, language: str) -> list[tuple[str, str]]:
    """A list as (code, label) pairs in its order."""
    return [(code, labels[language]) for code, labels in _tables()[name].items()]


def labels() -> Iterator[tuple[str, str]]:
    """Every code with every label that it has, in whatever list and language."""
    for table in _tables().values():
        for code, by_language in table.items():
            for text in by_language.values():
                yield code, text


def options(question: Question, language: str) -> list[tuple[str, str]]:
    """What a question offers, without the codes that it leaves out."""
    known = [name for name in question.lists if name in _tables()]
    return [pair for name in known for pair in choices(name, language) if pair[0] not in question.left_out]


def label_in(question: Question, code: str, language: str) -> str:
    """The label of a code in one of a question's lists; the code itself when it numbers a person's own card.

    The list of countries goes on with every other State, which is found by its name.
    """
    for name in question.lists:
        if code in _tables().get(name, {}):
            return label(name, code, language)
    if states.LIST in question.lists and states.is_state(code):
        return states.name(code, language)
    return code


def in_alphabet(pairs: list[tuple[str, str]], language: str) -> list[tuple[str, str]]:
    """The pairs in the order of their labels in that language's alphabet."""
    places = {letter: place for place, letter in enumerate(ALPHABETS[language], start=1)}
    return sorted(pairs, key=lambda pair: [places.get(letter, 0) for letter in _plain(pair[1], language)])


def _plain(label: str, language: str) -> str:
    """A label as its place in a list sees it: Arabic without marks, without the article, the forms of alef as one."""
    if language != "ar":
        return label.casefold()
    letters = "".join(sign for sign in label if not unicodedata.combining(sign) and sign != "ـ")
    return letters.removeprefix(ARTICLE).translate(SAME_LETTERS)
