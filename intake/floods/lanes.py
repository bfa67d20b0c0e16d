"""Per-route limits: how many a minute, for everybody together, and how long the next one waits.

Each lane is a leaky bucket whose whole state is one number, the moment at which it is empty again (the generic cell
rate algorithm, ITU-T I.371 annex A). It counts by the monotonic clock, which nobody turns back. A place that was
taken in the line stays taken, so whoever was told "about ten minutes" is not overtaken by those who come later.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from django.conf import settings

from intake.floods.memory import Memory, shared

LONGEST = 3 * 3600  # seconds; a longer line takes nobody in, and says so
PROVEN_SHARE = 0.75  # of the sends a minute, for those whose device has worked
HIGHEST = 4  # bits that a flood adds to the work at most: sixteen times as much


@dataclass(frozen=True)
class Lane:
    """One limit. rate: the name of its setting, a number a minute; share: how much of it this lane has."""

    place: int
    rate: str
    share: float = 1.0

    @property
    def step(self) -> float:
        """Seconds from one to the next, on average."""
        return float(60 / (settings.FLOODS[self.rate] * self.share))

    @property
    def slack(self) -> float:
        """Seconds by which people may come early: a whole minute's number at once, after a quiet time."""
        return max(60 - self.step, 0.0)


PROVEN = Lane(0, "sends_per_minute", PROVEN_SHARE)
PLAIN = Lane(1, "sends_per_minute", 1 - PROVEN_SHARE)
TRIES = Lane(2, "tries_per_minute")
VISITS = Lane(3, "visits_per_minute")


def clock() -> float:
    """Seconds, the same for all processes of this host."""
    return time.monotonic()


def wait(lane: Lane) -> float:
    """Seconds until the next one may pass; nothing is taken."""
    memory = shared()
    with memory.held():
        return _wait(memory, lane, clock())


def count(lane: Lane) -> float:
    """Count one that has passed or was turned away; the line never grows by it. Returns the wait before it."""
    memory, now = shared(), clock()
    with memory.held():
        found = _wait(memory, lane, now)
        if found == 0:
            _take(memory, lane, now)
    return found


def take_place(*, is_proven: bool) -> float:
    """Take a place for one send and return the seconds until its turn; above LONGEST nothing was taken.

    Work gets its own lane, so that whoever floods without working waits among the like. What that lane leaves over
    goes to everybody.
    """
    memory, now = shared(), clock()
    with memory.held():
        lane = PROVEN if is_proven or _is_left_over(memory, now) else PLAIN
        found = _wait(memory, lane, now)
        if found <= LONGEST:
            _take(memory, lane, now)
    return found


def is_quiet() -> bool:
    """Does nobody who sends wait at this moment?"""
    return wait(PROVEN) == wait(PLAIN) == 0


def extra_bits() -> int:
    """How many bits the work grows by at this moment: none while more than half of a minute's number is left."""
    memory, now = shared(), clock()
    with memory.held():
        if _is_half_free(memory, now):
            return 0
        minutes = _wait(memory, PROVEN, now) / 60
    return min(1 + math.ceil(math.log2(1 + minutes)), HIGHEST)


def _is_left_over(memory: Memory, now: float) -> bool:
    return _wait(memory, PLAIN, now) > 0 and _is_half_free(memory, now)


def _is_half_free(memory: Memory, now: float) -> bool:
    return _empty_at(memory, PROVEN, now) - now <= PROVEN.slack / 2


def _wait(memory: Memory, lane: Lane, now: float) -> float:
    return max(0.0, _empty_at(memory, lane, now) - now - lane.slack)


def _take(memory: Memory, lane: Lane, now: float) -> None:
    memory.put(lane.place, max(_empty_at(memory, lane, now), now) + lane.step)


def _empty_at(memory: Memory, lane: Lane, now: float) -> float:
    """A moment that no line can reach comes from a clock of before, or is no number: the lane is empty."""
    found = memory.number(lane.place)
    return found if 0 <= found <= now + lane.slack + LONGEST + 2 * lane.step else now
