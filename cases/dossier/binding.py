"""Which exhibit goes into which volume, and where in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cases.dossier.context import FiledExhibit

PAGES = 100  # of a volume, its sheet among them
LINES = 36  # on one page of the sheet


@dataclass(frozen=True)
class Cut:
    """Pages `first` to `last` of an exhibit's copy of `count` pages."""

    label: str
    first: int
    last: int
    count: int

    @property
    def pages(self) -> int:
        """How many they are."""
        return self.last - self.first + 1


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
    bound: list[list[Cut]] = []
    for exhibit in exhibits if len(exhibits) > 1 else []:
        first = 1
        while first <= exhibit.pages:
            rest = exhibit.pages - first + 1
            if not bound or _free(bound[-1]) < min(rest, PAGES - 1):
                bound.append([])
            taken = min(rest, _free(bound[-1]))
            bound[-1].append(Cut(exhibit.label, first, first + taken - 1, exhibit.pages))
            first += taken
    return tuple(Volume(number, tuple(_placed(cuts))) for number, cuts in enumerate(bound, 1))


def sheets(count: int) -> int:
    """How many pages the sheet of a volume has that lists so many pieces."""
    return max(1, -(-count // LINES))


def _free(cuts: list[Cut]) -> int:
    """Pages that are left for one piece more, whose line may take a page of the sheet."""
    return PAGES - sheets(len(cuts) + 1) - sum(cut.pages for cut in cuts)


def _placed(cuts: list[Cut]) -> Iterator[Piece]:
    at = sheets(len(cuts)) + 1
    for cut in cuts:
        yield Piece(cut.label, cut.first, cut.last, cut.count, at)
        at += cut.pages


def places(filed: Iterable[FiledExhibit]) -> dict[str, tuple[int, int]]:
    """By label the volume and the page in which an exhibit begins."""
    found: dict[str, tuple[int, int]] = {}
    for volume in plan(filed):
        for piece in volume.pieces:
            found.setdefault(piece.label, (volume.number, piece.at))
    return found
