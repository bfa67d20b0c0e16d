"""When a case must be answered, in words: the day, what is left, and whether it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Case
from cases.wording import short_day

STEP = 5  # per cent; widths are classes of the style sheet


@dataclass(frozen=True, slots=True)
class Due:
    """What the queue shows: "Mon 23 Nov", "1 working day left", late or not, spent time in steps of five per cent."""

    day: str
    left: str
    is_late: bool
    spent: int | None


def due(case: Case, now: datetime) -> Due | None:
    """The promise to a person that is still open, or None. Hours are shown for P0 and P1 only."""
    if case.answer_by is not None:
        return _by_the_hour(case.answer_by, now)
    if case.answer_day is not None:
        return _by_the_day(case.answer_day, case.received_on, now.date())
    return None


def working_days(start: date, end: date) -> int:
    """Days from Monday to Friday after `start` and up to `end`; 0 if `end` is not later."""
    return max(_worked(end) - _worked(start), 0)


def _worked(day: date) -> int:
    """Days from Monday to Friday from the first Monday of the calendar up to a day."""
    weeks, rest = divmod(day.toordinal(), 7)  # the first of January of the year 1 was a Monday
    return 5 * weeks + min(rest, 5)


def _by_the_hour(answer_by: datetime, now: datetime) -> Due:
    """No bar: the hour at which the time began is stored nowhere."""
    minutes = int((answer_by - now).total_seconds() // 60)
    left = _("%(time)s left") if minutes >= 0 else _("late by %(time)s")
    return Due(moment(answer_by, now), left % {"time": _hours(abs(minutes))}, minutes < 0, spent=None)


def moment(answer_by: datetime, now: datetime) -> str:
    """An hour until which somebody must be answered: "today, 16:00 UTC"."""
    day = _("today") if answer_by.date() == now.date() else _short(answer_by.date())
    return f"{day}, {answer_by:%H:%M} UTC"


def _by_the_day(answer_day: date, received_on: date, today: date) -> Due:
    if answer_day < today:
        late = max(working_days(answer_day, today), 1)
        return Due(_short(answer_day), _("late by %(time)s") % {"time": _days(late)}, is_late=True, spent=100)
    left, whole = working_days(today, answer_day), max(working_days(received_on, answer_day), 1)
    words = _("%(time)s left") % {"time": _days(left)} if left else _("today is the last day")
    return Due(_short(answer_day), words, is_late=False, spent=_stepped(100 - 100 * left // whole))


def _short(day: date) -> str:
    return f"{dateformat.format(day, 'D')} {short_day(day)}"


def _days(count: int) -> str:
    return ngettext("%(count)s working day", "%(count)s working days", count) % {"count": count}


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
    return ngettext("%(count)s day", "%(count)s days", hours // 24) % {"count": hours // 24}


def _stepped(percent: int) -> int:
    return max(0, min(100, STEP * round(percent / STEP)))
