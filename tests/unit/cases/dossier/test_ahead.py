"""Working ahead: in order, two at once, and what is wrong with one is said in its place."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextvars import ContextVar

import pytest

from cases.dossier.ahead import AT_ONCE, ahead

ASKED: ContextVar[str] = ContextVar("asked", default="")


def test_results_keep_their_order_and_two_are_made_at_once() -> None:
    both = threading.Barrier(AT_ONCE, timeout=5)

    def call(number: int) -> int:
        both.wait()  # breaks unless another one works beside it
        return number

    assert list(ahead([lambda number=number: call(number) for number in range(4)])) == [0, 1, 2, 3]


def test_no_more_is_asked_for_than_is_in_the_making() -> None:
    asked: list[int] = []

    def calls() -> Iterator[Callable[[], int]]:
        for number in range(10):
            asked.append(number)
            yield lambda number=number: number

    results = ahead(calls())
    assert next(results) == 0
    assert len(asked) == AT_ONCE
    assert list(results) == list(range(1, 10))


def test_what_one_raises_is_raised_in_its_place() -> None:
    def broken() -> int:
        raise ValueError("second")

    results = ahead([lambda: 1, broken, lambda: 3])
    assert next(results) == 1
    with pytest.raises(ValueError, match="second"):
        next(results)


def test_a_call_sees_what_the_caller_has_set() -> None:
    token = ASKED.set("nursery")
    try:
        assert list(ahead([ASKED.get])) == ["nursery"]
    finally:
        ASKED.reset(token)
