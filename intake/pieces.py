"""Long texts page by page: a page of a survivor stays within its weight, whatever was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

ROOM = 2400  # characters on one page


@dataclass(frozen=True, slots=True)
class Piece:
    """An answer, or a part of a long one. title: the question, "" where it goes on. is_voice: own words."""

    title: str
    lines: list[str]
    lang: str
    is_voice: bool

    @property
    def size(self) -> int:
        """How much room it takes."""
        return len(self.title) + sum(map(len, self.lines))


def cut(lines: list[str]) -> Iterator[list[str]]:
    """The lines of an answer in pieces that fit on a page; a longer line is cut at a space."""
    room: list[str] = []
    for line in chain.from_iterable(map(_short_lines, lines)):
        if room and sum(map(len, room)) + len(line) > ROOM:
            yield room
            room = []
        room.append(line)
    if room:
        yield room


def _short_lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        rest = line
        while len(rest) > ROOM:
            end = rest.rfind(" ", 1, ROOM)
            end = end if end > 0 else ROOM
            yield rest[:end]
            rest = rest[end:].lstrip()
        yield rest


def paged(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces page by page, so that each page stays small."""
    pages: list[list[Piece]] = []
    room = 0
    for piece in pieces:
        if not pages or piece.size > room:
            pages.append([])
            room = ROOM
        pages[-1].append(piece)
        room -= piece.size
    return pages
