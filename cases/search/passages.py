"""The part of a text in which the words stand that were looked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cases.spelling.tokens import WORD

AROUND = 90  # characters before the first word that was found, and about twice as many after it
CUT = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage; a hit is one word."""

    text: str
    is_hit: bool = False


def passage(text: str, is_meant: Callable[[str], bool]) -> list[Piece]:
    """The text around the first word that is meant, whole words, each word that is meant in a piece of its own.

    Empty if there is no such word.
    """
    first = next((found for found in WORD.finditer(text) if is_meant(found.group())), None)
    if first is None:
        return []
    start, end = _bounds(text, first.start(), first.end())
    pieces = _pieces(text[start:end], is_meant)
    before, after = [Piece(CUT)] if start else [], [Piece(CUT)] if end < len(text) else []
    return [*before, *pieces, *after]


def _bounds(text: str, first: int, last: int) -> tuple[int, int]:
    """Where a passage around a word begins and ends, at blanks where there are some."""
    start, end = max(first - AROUND, 0), min(last + 2 * AROUND, len(text))
    if start:
        start = text.find(" ", start, first) + 1 or start
    if end < len(text):
        blank = text.rfind(" ", last, end)
        end = blank if blank > 0 else end
    return start, end


def _pieces(text: str, is_meant: Callable[[str], bool]) -> list[Piece]:
    pieces, done = list[Piece](), 0
    for found in WORD.finditer(text):
        if is_meant(found.group()):
            pieces += [Piece(text[done : found.start()]), Piece(found.group(), is_hit=True)]
            done = found.end()
    return [piece for piece in [*pieces, Piece(text[done:])] if piece.text]
