"""Given names that are another word in the other language: Уладзімір and Владимир. Pairs as passports pair them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from cases.spelling.folding import folds
from cases.spelling.tokens import cleaned

DATA = Path(__file__).with_name("given_names.csv")


def also(found: frozenset[str]) -> frozenset[str]:
    """The keys of the first form of each row that has one of these keys."""
    table = _by_key()
    return frozenset().union(*(table.get(key, ()) for key in found))


def forms(found: frozenset[str]) -> frozenset[str]:
    """The keys of every form of the rows whose first form has one of these keys."""
    return frozenset(key for key, first in _by_key().items() if not first.isdisjoint(found))


def others(word: str) -> tuple[str, ...]:
    """Every form of a given name, as the table writes them; none for a word that is no name there."""
    found = folds(cleaned(word))
    return tuple(form for keys, row in _rows() if not found.isdisjoint(keys) for form in row)


@cache
def _by_key() -> dict[str, frozenset[str]]:
    """By the key of any form of a row, the keys of its first form."""
    table: dict[str, frozenset[str]] = {}
    for keys, row in _rows():
        first = folds(cleaned(row[0]))
        for key in keys:
            table[key] = table.get(key, frozenset()) | first
    return table


@cache
def _rows() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    """Each row with the keys of all its forms."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [tuple(row) for row in csv.reader(file)]
    return tuple((frozenset().union(*(folds(cleaned(form)) for form in row)), row) for row in rows)
