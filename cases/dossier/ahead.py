"""Working ahead: while one child is waited for, the next one works on another processor."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

AT_ONCE = 2
T = TypeVar("T")


def ahead(calls: Iterable[Callable[[], T]]) -> Iterator[T]:
    """The results of calls in their order, AT_ONCE of them in the making; each runs in a thread of its own.

    The next call is asked for in the caller's thread, and not before an earlier one is done. What one raises is raised
    in its place.
    """
    with ThreadPoolExecutor(AT_ONCE) as pool:
        begun: deque[Future[T]] = deque()
        for call in calls:
            begun.append(pool.submit(copy_context().run, call))
            if len(begun) == AT_ONCE:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
