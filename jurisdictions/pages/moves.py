"""What moves among the routes when facts change: two lists of routes, compared one by one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext_lazy as _

from jurisdictions.assess.verdicts import RANK

Route = Mapping[str, Any]
Key = tuple[str, ...]
STAGES = {"file": _("to file"), "open": _("to open"), "try": _("to try")}


@dataclass(frozen=True)
class Change:
    """One reason that came or went. sign: "+", "-" or "blocks", as the reason has it."""

    sign: str
    text: str


@dataclass(frozen=True)
class Side:
    """A route as it was, or as it would be. place: counted from 1, best first."""

    place: int
    verdict: str
    stages: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Move:
    """One route that moved. direction: "up", "down", or "" for new reasons at the same verdict and place."""

    route: Route
    before: Side
    after: Side
    came: tuple[Change, ...]
    went: tuple[Change, ...]
    direction: str

    @property
    def is_of_verdict(self) -> bool:
        """Is the verdict another one, and not only the place or the reasons?"""
        return self.before.verdict != self.after.verdict

    @property
    def why(self) -> str:
        """What the order says, for a route whose own reasons are the same."""
        return "" if self.came or self.went else str(self.route.get("order_reason", ""))


def moves(before: Sequence[Route], after: Sequence[Route]) -> tuple[Move, ...]:
    """Routes that moved, best first as they are afterwards; a change of verdict before a change of place.

    A route that only makes room for another one has not moved.
    """
    old = {_key(route): (place, route) for place, route in enumerate(before, 1)}
    settled = _settled([*old], [_key(route) for route in after])
    found = [
        _move(old[_key(route)], (place, route), _key(route) in settled)
        for place, route in enumerate(after, 1)
        if _key(route) in old
    ]
    moved = [move for move in found if move is not None]
    return tuple(sorted(moved, key=lambda move: (not move.is_of_verdict, move.after.place)))


def _move(old: tuple[int, Route], new: tuple[int, Route], is_settled: bool) -> Move | None:
    before, after = _side(*old), _side(*new)
    came, went = tuple(_news(old[1], new[1])), tuple(_news(new[1], old[1]))
    if is_settled and before.verdict == after.verdict and before.stages == after.stages and not came and not went:
        return None
    return Move(new[1], before, after, came, went, _direction(before, after, is_settled))


def _direction(before: Side, after: Side, is_settled: bool) -> str:
    ranks = RANK[before.verdict], RANK[after.verdict]
    if ranks[0] == ranks[1]:
        ranks = (0, 0) if is_settled else (before.place, after.place)
    return "" if ranks[0] == ranks[1] else "up" if ranks[1] < ranks[0] else "down"


def _settled(before: list[Key], after: list[Key]) -> set[Key]:
    """Routes that kept their order among each other: a longest common row of both lists, as difflib finds it."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return {key for block in blocks for key in before[block.a : block.a + block.size]}


def _news(old: Route, new: Route) -> Iterator[Change]:
    """Reasons and cautions of the second that the first has not."""
    known = set(_said(old))
    yield from (change for change in _said(new) if change not in known)


def _said(route: Route) -> Iterator[Change]:
    yield from (Change(it["effect"], it["text"]) for it in route["reasons"])
    yield from (Change("!", it["text"]) for it in route["cautions"])


def _side(place: int, route: Route) -> Side:
    return Side(place, route["verdict"], tuple((str(STAGES[stage]), route["stages"][stage]) for stage in STAGES))


def _key(route: Route) -> Key:
    return tuple(str(route[name]) for name in ("forum", "crime", "basis", "provision"))


def changed_lines(
    before: Iterable[tuple[str, str]], after: Iterable[tuple[str, str]]
) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Lines of two fact sheets that differ: label, what it said before, what it says now."""
    old, new = _by_label(before), _by_label(after)
    labels = dict.fromkeys([*old, *new])
    return [(it, old.get(it, ()), new.get(it, ())) for it in labels if old.get(it, ()) != new.get(it, ())]


def _by_label(lines: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for label, text in lines:
        found[label] = (*found.get(label, ()), text)
    return found
