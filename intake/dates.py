"""Dates as people remember them: numbers, names of months, or words that are kept as words."""

from __future__ import annotations

from typing import Any

OLDEST_YEAR = 1900
NEWEST_YEAR = 2100
MONTHS = (  # the first three letters in English, Russian and Belarusian, nominative and genitive
    ("jan", "янв", "сту"), ("feb", "фев", "лют"), ("mar", "мар", "сак"), ("apr", "апр", "кра"),
    ("may", "май", "мая", "тра"), ("jun", "июн", "чэр"), ("jul", "июл", "ліп"), ("aug", "авг", "жні"),
    ("sep", "сен", "вер"), ("oct", "окт", "кас"), ("nov", "ноя", "ліс"), ("dec", "дек", "сне"),
)  # fmt: skip
EMPTY: dict[str, Any] = {"year": None, "month": None, "day": None, "part": None, "precision": None, "anchor": None}


def remembered(day: str, month: str, year: str) -> tuple[dict[str, int | None], list[str]]:
    """Read three typed fields. Returns the numbers that are plain, and what was typed where they are not.

    Nothing is ever refused: words such as "end of August" are handed back, to be kept as words.
    """
    readers = {"day": (day, _day), "month": (month, _month), "year": (year, _year)}
    numbers = {name: read(typed.strip()) for name, (typed, read) in readers.items()}
    words = [typed.strip() for name, (typed, _) in readers.items() if typed.strip() and numbers[name] is None]
    return numbers, words


def whole(typed: str) -> int | None:
    """A plain whole number of at most six digits, else None."""
    return int(typed) if typed.isdecimal() and len(typed) <= 6 else None


def _number(typed: str, least: int, most: int) -> int | None:
    number = int(typed) if typed.isdecimal() and len(typed) <= 4 else None
    return number if number is not None and least <= number <= most else None


def _day(typed: str) -> int | None:
    return _number(typed, 1, 31)


def _month(typed: str) -> int | None:
    start = typed.casefold()[:3]
    named = next((number for number, starts in enumerate(MONTHS, start=1) if start in starts), None)
    return named if typed.isalpha() else _number(typed, 1, 12)


def _year(typed: str) -> int | None:
    if typed.isdecimal() and len(typed) == 2:
        typed = f"20{int(typed):02d}"
    return _number(typed, OLDEST_YEAR, NEWEST_YEAR)
