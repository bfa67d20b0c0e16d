"""Answers that are found by their names: a State or a place where people were held, typed by the person (no script)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from cases.statement import facilities, states, vocab
from cases.statement.catalogue import Question

PARTS = re.compile(r"[,;\n/]+")  # between several names on one line


@dataclass(frozen=True, slots=True)
class Finder:
    """How names become codes.

    named: what the words say; one code is taken as the answer if `takes`, several are offered. alike: what else may be
    meant. knows: is it a code that can be found?
    """

    named: Callable[[str], list[str]]
    alike: Callable[[str], list[str]]
    knows: Callable[[str], bool]
    takes: bool

    def taken(self, typed: str) -> str:
        """The one code that the words say, or "" when they say none or several."""
        found = self.named(typed) if self.takes and typed else []
        return found[0] if len(found) == 1 else ""

    def offered(self, typed: str) -> list[str]:
        """What to offer for words that were not taken."""
        return [] if not typed or self.taken(typed) else self.named(typed) or self.alike(typed)


STATES = Finder(states.named, states.alike, states.is_state, takes=True)
FACILITIES = Finder(
    facilities.found, lambda typed: [], lambda code: code in vocab.codes(facilities.LIST), takes=False
)  # own words stay beside what is picked: a cell, a floor, another name


def finder_of(question: Question) -> Finder | None:
    """How the own words of a question are looked up, if they are."""
    if question.own_words is None:
        return None
    return next((found for name, found in _BY_LIST.items() if name in question.lists), None)


def parts(typed: str) -> list[str]:
    """Several names on one line."""
    return [part.strip() for part in PARTS.split(typed) if part.strip()]


_BY_LIST = {states.LIST: STATES, facilities.LIST: FACILITIES}
