"""Places in a text that are replaced, and how they are put together when several rules meet at one place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from cases.dossier.pseudonym.table import NAMES, PLACES

NEIGHBOURS = NAMES | PLACES  # of which several words stand for one thing
BETWEEN = re.compile(r"[\s\-\u2010-\u2015]{0,3}\Z")
BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Span:
    """From start to before end; kind: of table.KINDS, or the name of the rule; shown: what stands there instead."""

    start: int
    end: int
    kind: str
    shown: str


class Rule(Protocol):
    """Finds what it replaces in one text of a language."""

    def spans(self, text: str, language: str) -> Iterator[Span]:
        """Every place, in any order."""


def merged(spans: Iterable[Span], text: str) -> list[Span]:
    """One after the other: what overlaps becomes one place, and so do neighbours for which the same thing stands.

    Of several at one place the longest says what stands there.
    """
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if found and (joined := _joined(found[-1], span, text)):
            found[-1] = joined
        elif span.end > span.start:
            found.append(span)
    return found


def _joined(one: Span, other: Span, text: str) -> Span | None:
    if other.start < one.end:
        chosen = one if one.end - one.start >= other.end - other.start else other
        return replace(chosen, start=one.start, end=max(one.end, other.end))
    between = text[one.end : other.start]
    if (
        one.shown == other.shown
        and one.kind in NEIGHBOURS
        and BETWEEN.match(between)
        and not BLANK_LINE.search(between)
    ):
        return replace(one, end=other.end)
    return None


def applied(spans: Iterable[Span], text: str) -> str:
    """The text with every place replaced and everything else as it is. spans: from merged()."""
    parts, done = list[str](), 0
    for span in spans:
        parts += [text[done : span.start], span.shown]
        done = span.end
    return "".join([*parts, text[done:]])
