"""Dates with uncertainty: from what a person remembers to an earliest and a latest day."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

MARGINS = {"few_days": 4, "month": 31, "season": 92}  # days to both sides


def span(value: dict[str, Any] | None) -> tuple[date | None, date | None]:
    """The earliest and the latest day that a `date~` value allows, both None when not even the year is known.

    value: {"year", "month", "day", "precision", ...}; any part may be missing, empty or impossible, which counts as
    not known. A wider precision than the parts given widens the span.
    """
    year, month, day = (_number((value or {}).get(part)) for part in ("year", "month", "day"))
    if year is None or not 1900 <= year <= 2100:
        return None, None
    first, last = _whole(year, month, day)
    margin = timedelta(days=MARGINS.get(str((value or {}).get("precision")), 0))
    return (first - margin, last + margin) if day is not None else (first, last)


def _whole(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if month is None or not 1 <= month <= 12:
        return date(year, 1, 1), date(year, 12, 31)
    length = calendar.monthrange(year, month)[1]
    if day is None or not 1 <= day <= length:
        return date(year, month, 1), date(year, month, length)
    return date(year, month, day), date(year, month, day)


def _number(part: Any) -> int | None:
    try:
        return int(str(part).strip())
    except ValueError:
        return None
