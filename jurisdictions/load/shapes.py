"""Small checkers that together describe the exact shape of a reference file.

A checker takes a key path and a value and yields (key path, value, what is wrong); nothing yielded means right.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

Fault = tuple[str, Any, str]
Check = Callable[[str, Any], Iterator[Fault]]

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
YEAR = re.compile(r"(19|20)\d{2}")
URL = re.compile(r"https?://[^\s/]+\S*")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def is_day(value: Any) -> bool:
    """Whether the value is a real calendar day written YYYY-MM-DD."""
    if not (isinstance(value, str) and DAY.fullmatch(value)):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _same(value: Any, code: Any) -> bool:
    return type(value) is type(code) and value == code


def one_of(*codes: Any) -> Check:
    """One of the codes, of the same type (true is not 1)."""

    def check(key: str, value: Any) -> Iterator[Fault]:
        if not any(_same(value, code) for code in codes):
            yield key, value, "is not one of " + ", ".join(str(code) for code in codes)

    return check


TERNARY = one_of(True, False, "unknown")
CONFIDENCE = one_of("high", "medium", "low")


def when(test: Callable[[Any], Any], what: str) -> Check:
    """The test holds."""

    def check(key: str, value: Any) -> Iterator[Fault]:
        if not test(value):
            yield key, value, what

    return check


def text(*, empty: bool = False) -> Check:
    """A string without control characters; not blank unless `empty`."""

    def fits(value: Any) -> bool:
        return isinstance(value, str) and (empty or bool(value.strip())) and not CONTROL.search(value)

    return when(fits, "is not a text" if empty else "is not a text with something in it")


DAY_TEXT = when(is_day, "is not a day YYYY-MM-DD")
URL_TEXT = when(
    lambda value: isinstance(value, str) and URL.fullmatch(value) and not CONTROL.search(value), "is not a web address"
)
LANGUAGE = when(lambda value: isinstance(value, str) and re.fullmatch("[a-z]{2,3}", value), "is not a language code")
DAY_OR_YEAR = when(
    lambda value: is_day(value) or (isinstance(value, str) and YEAR.fullmatch(value)), "is neither a day nor a year"
)


def integer(low: int, high: int) -> Check:
    """A whole number within the limits, both included."""
    return when(lambda value: type(value) is int and low <= value <= high, f"is not a number from {low} to {high}")


def nullable(inner: Check) -> Check:
    """null, or what `inner` says."""

    def check(key: str, value: Any) -> Iterator[Fault]:
        if value is not None:
            yield from inner(key, value)

    return check


def list_of(inner: Check, *, unique: bool = False) -> Check:
    """A list of which each item fits; unique: no item twice."""

    def check(key: str, value: Any) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield key, value, "is not a list"
            return
        for index, item in enumerate(value):
            yield from inner(f"{key}[{index}]", item)
            if unique and item in value[:index]:
                yield f"{key}[{index}]", item, "stands there twice"

    return check


def record(shape: Mapping[str, Check]) -> Check:
    """An object with exactly these keys, each of which fits."""

    def check(key: str, value: Any) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield key, value, "is not an object"
            return
        for name in sorted(set(value) - set(shape)):
            yield _join(key, name), value[name], "is a key that nobody knows"
        for name, inner in shape.items():
            if name in value:
                yield from inner(_join(key, name), value[name])
            else:
                yield _join(key, name), None, "is missing"

    return check


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name
