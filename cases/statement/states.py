"""All States by their names: what a person typed, as an ISO alpha-2 code.

data/states.csv holds the names of CLDR in the survivors' languages, in those of neighbours and in the State's own
(portal/ops/states.py writes it); data/states_also.csv what people say besides: short names, older ones, Belarusian in
its other orthography.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache

from cases.statement.catalogue import DATA, EVERYWHERE
from cases.statement.folding import folded

LIST = "country"  # the list of choices that goes on with all other States
MARK = "|"
LEAST_LETTERS = 3  # of a beginning that is looked for
ALIKE = 0.8
MOST = 6  # more are no help on a phone
MOST_LETTERS = 60  # nothing that is called by a longer name is looked for


def name(code: str, language: str) -> str:
    """What a State is called. Raises KeyError."""
    return _names()[code][language]


def is_state(code: str) -> bool:
    """Is this the code of a State?"""
    return code in _names()


def named(typed: str) -> list[str]:
    """The States that a typed name says: one code, several when it is shared ("Korea"), none.

    The whole name comes first, then a name among other words ("Republic of Lithuania"), then its beginning.
    """
    wanted = folded(typed[:MOST_LETTERS])
    return _exact(wanted) or _inside(wanted) or _beginning(wanted)


def alike(typed: str) -> list[str]:
    """The States that may be meant when none is named: a word of a name, or a slip of the finger; the closest first."""
    wanted = folded(typed[:MOST_LETTERS])
    if len(wanted) < LEAST_LETTERS:
        return []
    return _codes(get_close_matches(wanted, _index(), n=4 * MOST, cutoff=ALIKE))[:MOST]


def _exact(wanted: str) -> list[str]:
    return _codes([wanted]) if wanted in _index() else []


def _inside(wanted: str) -> list[str]:
    """States whose whole name stands among the words; "Guinea" does not count beside "New Guinea"."""
    padded = f" {wanted} "
    found = [known for known in _index() if len(known) > LEAST_LETTERS and f" {known} " in padded]
    return _codes(
        known for known in found if not any(known != other and f" {known} " in f" {other} " for other in found)
    )


def _beginning(wanted: str) -> list[str]:
    if len(wanted) < LEAST_LETTERS:
        return []
    found = _codes(known for known in _index() if any(part.startswith(wanted) for part in _parts(known)))
    return found if len(found) <= MOST else []


def _parts(known: str) -> Iterator[str]:
    """A name from each of its words on."""
    words = known.split()
    return (" ".join(words[start:]) for start in range(len(words)))


def _codes(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(code for known in names for code in _index()[known]))


@cache
def _index() -> Mapping[str, tuple[str, ...]]:
    """Every folded name and code with the States that are called so."""
    index: dict[str, tuple[str, ...]] = {}
    for code, names in _every_name():
        for each in dict.fromkeys(map(folded, names)):
            index[each] = (*index.get(each, ()), *([] if code in index.get(each, ()) else [code]))
    return index


def _every_name() -> Iterator[tuple[str, list[str]]]:
    for row in _rows("states.csv"):
        yield row["iso2"], [row["iso2"], *(row[language] for language in EVERYWHERE), *row["others"].split(MARK)]
    for row in _rows("states_also.csv"):
        yield row["iso2"], row["others"].split(MARK)


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    return {row["iso2"]: {language: row[language] for language in EVERYWHERE} for row in _rows("states.csv")}


def _rows(file_name: str) -> list[dict[str, str]]:
    with (DATA / file_name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
