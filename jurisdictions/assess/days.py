"""Whether days that are only roughly known fall into a period whose start may be only roughly known too."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from jurisdictions.assess.facts import Act

YES, NO, PARTLY, UNKNOWN = "yes", "no", "partly", "unknown"


class Period(NamedTuple):
    """From a day between `earliest` and `latest` (equal when known) until the day before `end`; None: not known."""

    earliest: date | None
    latest: date | None
    end: date | None = None


def covers(period: Period, act: Act) -> str:
    """yes: the whole act surely falls into the period. no: surely none of it. partly: it reaches over the edge."""
    return both(_started(period, act), _not_ended(period, act))


def _started(period: Period, act: Act) -> str:
    if period.earliest is None or period.latest is None:
        return UNKNOWN
    if act.first and act.first >= period.latest:
        return YES
    if act.last and act.last < period.earliest:
        return NO
    if act.first and act.last and act.first < period.earliest and act.last >= period.latest:
        return PARTLY
    return UNKNOWN


def _not_ended(period: Period, act: Act) -> str:
    if period.end is None:
        return YES
    if act.first and act.first >= period.end:
        return NO
    if act.last and act.last < period.end:
        return YES
    if act.first and act.last:
        return PARTLY
    return UNKNOWN


def both(first: str, second: str) -> str:
    """Both are needed."""
    for answer in (NO, UNKNOWN, PARTLY):
        if answer in {first, second}:
            return answer
    return YES


def together(answers: Iterable[str]) -> str:
    """One answer for several acts: all yes, all no, or mixed. No act at all is unknown."""
    found = set(answers)
    if len(found) == 1:
        return found.pop()
    if YES in found or PARTLY in found:
        return PARTLY
    return UNKNOWN
