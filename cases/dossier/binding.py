"""Which exhibit goes into which volume, and where in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cases.dossier.context import FiledExhibit

PAGES = 100  # of a volume, its sheet among them


@dataclass(frozen=True)
class Piece:
    """Pages `first` to `last` of an exhibit's copy of `count` pages, and the page of the volume where they begin."""

    label: str
    first: int
    last: int
    count: int
    at: int


@dataclass(frozen=True)
class Volume:
    """One volume: its number from 1, and what is in it."""

    number: int
    pieces: tuple[Piece, ...]

    @property
    def span(self) -> str:
        """ "E-001 to E-012", as the English role in the manifest has it."""
        labels = [self.pieces[0].label, self.pieces[-1].label]
        return " to ".join(dict.fromkeys(labels))


def plan(filed: Iterable[FiledExhibit]) -> tuple[Volume, ...]:
    """Which exhibit goes into which volume, in their order; none for a single exhibit, which needs no binding.

    An exhibit begins a new volume when it does not fit into the rest of one; only one that is longer than a volume is
    cut.
    """
    exhibits = list(filed)
    bound: list[list[Piece]] = []
    for exhibit in exhibits if len(exhibits) > 1 else []:
        first = 1
        while first <= exhibit.pages:
            rest = exhibit.pages - first + 1
            if not bound or _free(bound[-1]) < min(rest, PAGES - 1):
                bound.append([])
            taken = min(rest, _free(bound[-1]))
            at = PAGES - _free(bound[-1]) + 1
            bound[-1].append(Piece(exhibit.label, first, first + taken - 1, exhibit.pages, at))
            first += taken
    return tuple(Volume(number, tuple(pieces)) for number, pieces in enumerate(bound, 1))


def _free(pieces: list[Piece]) -> int:
    return PAGES - 1 - sum(piece.last - piece.first + 1 for piece in pieces)


def places(filed: Iterable[FiledExhibit]) -> dict[str, tuple[int, int]]:
    """By label the volume and the page in which an exhibit begins."""
    found: dict[str, tuple[int, int]] = {}
    for volume in plan(filed):
        for piece in volume.pieces:
            found.setdefault(piece.label, (volume.number, piece.at))
    return found
