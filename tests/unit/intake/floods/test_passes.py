"""The form token and what it costs."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from intake.floods import passes
from intake.floods.passes import Pass
from tests.factories.work import too_little, worked

MARK = "00112233445566778899aabbccddeeff"


@pytest.fixture
def mine(settings: Any, tmp_path: Path) -> Pass:
    settings.TMPFS_DIR = tmp_path
    settings.FLOODS = settings.FLOODS | {"reading_seconds": 20}
    return Pass(MARK, time.time(), 10)


def test_the_form_carries_a_mark_and_a_signature_and_no_time(mine: Pass) -> None:
    later = replace(mine, given_at=mine.given_at + 500, bits=20)
    assert mine.text == later.text
    assert mine.text.startswith(f"{MARK}.")
    assert mine.is_in({"pass": mine.text})


@pytest.mark.parametrize("text", ["", MARK, f"{MARK}.", f"{MARK}.{'0' * 32}", "é", "\x00", "x" * 100_000])
def test_a_forged_one_is_not_it(mine: Pass, text: str) -> None:
    assert not mine.is_in({"pass": text})
    assert not mine.is_in({})


def test_one_of_another_deployment_is_not_it(mine: Pass, settings: Any) -> None:
    text = mine.text
    settings.SECRET_KEY = "another"
    assert not mine.is_in({"pass": text})


def test_work_counts_from_the_asked_number_of_bits(mine: Pass) -> None:
    assert mine.is_worked_in({"work": worked(MARK, 10)})
    assert not mine.is_worked_in({"work": too_little(MARK, 10)})


def test_work_for_another_mark_does_not_count(mine: Pass) -> None:
    other = "ff" * 16
    found = [worked(other, bits) for bits in range(10, 16)]
    work = next(text for text in found if not mine.is_worked_in({"work": text}))
    assert replace(mine, mark=other).is_worked_in({"work": work})


@pytest.mark.parametrize("work", ["", "-1", "+1", " 1", "1.0", "١", "0x1", "9" * 17, "1" * 1_000_000, "\x00", "abc"])
def test_what_is_no_number_is_no_work(mine: Pass, work: str) -> None:
    assert not replace(mine, bits=0).is_worked_in({"work": work})


def test_checking_is_a_matter_of_microseconds(mine: Pass) -> None:
    posted = {"pass": mine.text, "work": worked(MARK, 10)}
    started = time.perf_counter()
    for _ in range(1000):
        assert mine.is_in(posted)
        assert mine.is_worked_in(posted)
    assert time.perf_counter() - started < 0.5  # half a millisecond each; it takes some ten microseconds


@pytest.mark.parametrize(("gone", "left"), [(0, 20), (5, 15), (20, 0), (3600, 0)])
def test_the_time_to_read_passes(mine: Pass, monkeypatch: pytest.MonkeyPatch, gone: float, left: float) -> None:
    monkeypatch.setattr(time, "time", lambda: mine.given_at + gone)
    assert mine.reading_left == left


def test_a_mark_is_good_once(mine: Pass) -> None:
    assert passes.spend(MARK)
    assert not passes.spend(MARK)
    assert passes.spend("01" * 16)
    assert not passes.spend(MARK)
