"""States as tiles: where each stands (tiles.txt), and a drawing of one value for each of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

FILE = Path(__file__).with_name("tiles.txt")
HEAD = re.compile(r"\[(.+)\]")
EMPTY = ".."
PARTS = {
    "Europe": _("Europe"),
    "Asia": _("Asia"),
    "Africa": _("Africa"),
    "The Americas": _("The Americas"),
    "Oceania": _("Oceania"),
}
STEP = 44  # units from one tile to the next; a tile has 40
COLUMNS = 10  # of every part, so that tiles are of one size


@dataclass(frozen=True)
class Value:
    """What is said of a State. shape: how its tile is drawn, the sign that needs no colour (SHAPES)."""

    words: str
    shape: str
    unverified: bool = False


@dataclass(frozen=True)
class Tile:
    """One State. x, y: units from the upper start corner of its part."""

    iso2: str
    name: str
    x: int
    y: int
    value: Value


@dataclass(frozen=True)
class Part:
    """A part of the world with its tiles."""

    title: str
    width: int
    height: int
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Entry:
    """One line of the legend, with every State that it is true of."""

    value: Value
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Drawing:
    """A whole map and the same in words."""

    parts: tuple[Part, ...]
    legend: tuple[Entry, ...]

    @property
    def unverified(self) -> int:
        """How many tiles say something that nobody has confirmed."""
        return sum(tile.value.unverified for part in self.parts for tile in part.tiles)


def drawn(names: Mapping[str, str], values: Mapping[str, Value], order: Sequence[str]) -> Drawing:
    """Every State of `names` with its value. order: the words of the values, best first, for the legend."""
    parts = tuple(
        Part(str(PARTS[title]), STEP * COLUMNS, STEP * len(rows), tuple(_tiles(rows, names, values)))
        for title, rows in layout()
    )
    return Drawing(parts, tuple(_legend(parts, order)))


@cache
def layout() -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """Parts of the world as rows of codes, as tiles.txt has them."""
    found: list[tuple[str, list[tuple[str, ...]]]] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if head := HEAD.fullmatch(line):
            found.append((head[1], []))
        elif line and not line.startswith("#"):
            found[-1][1].append(tuple(line.split()))
    return tuple((title, tuple(rows)) for title, rows in found)


def _tiles(rows: Sequence[Sequence[str]], names: Mapping[str, str], values: Mapping[str, Value]) -> list[Tile]:
    return [
        Tile(code, names[code], STEP * column, STEP * row, values[code])
        for row, codes in enumerate(rows)
        for column, code in enumerate(codes)
        if code != EMPTY and code in names
    ]


def _legend(parts: Sequence[Part], order: Sequence[str]) -> list[Entry]:
    tiles = sorted((tile for part in parts for tile in part.tiles), key=lambda tile: tile.name)
    said = {words: tuple(tile for tile in tiles if tile.value.words == words) for words in order}
    return [Entry(Value(words, found[0].value.shape), found) for words, found in said.items() if found]
