"""How many a minute, and how long the next one waits."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest

from intake.floods import lanes
from intake.floods.memory import shared

START = 1000.0


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    settings.TMPFS_DIR = tmp_path
    settings.FLOODS = settings.FLOODS | {"sends_per_minute": 40, "tries_per_minute": 6}
    made = Clock()
    monkeypatch.setattr(lanes, "clock", made)
    return made


def places(number: int, *, is_proven: bool) -> list[float]:
    return [lanes.take_place(is_proven=is_proven) for _ in range(number)]


def test_a_minutes_number_passes_at_once_and_then_one_by_one(clock: Clock) -> None:
    waits = places(33, is_proven=True)  # three quarters of forty are thirty a minute, one each two seconds
    assert waits[:30] == [0] * 30
    assert waits[30:] == pytest.approx([2, 4, 6])


def test_what_was_waited_for_is_there(clock: Clock) -> None:
    places(30, is_proven=True)
    clock.now += 4
    assert places(3, is_proven=True) == pytest.approx([0, 0, 2])


def test_a_place_that_was_told_is_not_taken_by_later_ones(clock: Clock) -> None:
    first = places(40, is_proven=True)[-1]
    clock.now += 5
    assert min(places(20, is_proven=True)) > first - 5


def test_a_flood_without_work_waits_among_its_like(clock: Clock) -> None:
    places(200, is_proven=False)
    assert lanes.wait(lanes.PLAIN) > 600
    assert lanes.take_place(is_proven=True) == 0


def test_what_those_who_worked_leave_over_goes_to_everybody(clock: Clock) -> None:
    assert places(10 + 15, is_proven=False) == [0] * 25  # the own ten, and half of the other thirty
    assert lanes.take_place(is_proven=False) > 0


def test_a_line_of_hours_takes_nobody_in_and_does_not_grow(clock: Clock) -> None:
    most = int(lanes.LONGEST / lanes.PLAIN.step) + 100
    places(most, is_proven=False)
    full = lanes.take_place(is_proven=False)
    assert full > lanes.LONGEST
    assert lanes.take_place(is_proven=False) == full


def test_counting_does_not_prolong_what_is_full(clock: Clock) -> None:
    assert [lanes.count(lanes.TRIES) for _ in range(500)][:6] == [0] * 6
    assert lanes.wait(lanes.TRIES) == pytest.approx(10)
    clock.now += 10
    assert lanes.wait(lanes.TRIES) == pytest.approx(0)


def test_lanes_do_not_know_of_each_other(clock: Clock) -> None:
    for _ in range(500):
        lanes.count(lanes.TRIES)
    assert lanes.is_quiet()
    assert lanes.wait(lanes.VISITS) == 0


def test_work_grows_with_the_line_and_has_an_end(clock: Clock) -> None:
    seen = []
    for _ in range(60):
        seen.append(lanes.extra_bits())
        places(10, is_proven=True)
    assert seen[0] == 0
    assert seen == sorted(seen)
    assert set(seen) == {0, 1, 2, 3, lanes.HIGHEST}


@pytest.mark.parametrize("moment", [-5.0, 1e12, float("nan"), float("inf")])
def test_a_moment_that_cannot_be_is_taken_for_none(clock: Clock, moment: float) -> None:
    with shared().held():
        shared().write(lanes.PROVEN.place, struct.pack("<d", moment))
    assert lanes.take_place(is_proven=True) == 0
    assert lanes.wait(lanes.PROVEN) < 60


def test_after_the_clock_of_the_host_begins_anew_nobody_waits_for_the_old_one(clock: Clock) -> None:
    clock.now = 1e7
    places(100, is_proven=True)
    clock.now = 5.0
    assert lanes.wait(lanes.PROVEN) == 0


def test_a_rate_of_one_a_minute_works(clock: Clock, settings: Any) -> None:
    settings.FLOODS = settings.FLOODS | {"tries_per_minute": 1}
    assert lanes.count(lanes.TRIES) == 0
    assert lanes.count(lanes.TRIES) == pytest.approx(60)
