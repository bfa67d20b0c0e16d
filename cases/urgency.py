"""From what was raised to a status and a date: what must be answered first. Numbers sort a list, they judge nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from cases.models import Case
from cases.raising import Raised
from vault import rows

ROUNDED_HOURS = 4  # an exact hour would tell when the person wrote
FIRST_REPLY_DAYS = 3


def first_status(found: Raised) -> str:
    """Where a new case begins: in safety hold when somebody is in danger (P0) or in Belarus or Russia."""
    return Case.Status.SAFETY_HOLD if found.holds else Case.Status.RECEIVED


def lock(case: Case) -> None:
    """Lock the row of a case and take over what it says now of its urgency."""
    row = rows.first(Case, locked=True, id=case.id)
    if row is None:
        raise Case.DoesNotExist
    case.status, case.came_from, case.level, case.answer_by = row.status, row.came_from, row.level, row.answer_by


def risen(case: Case, found: Raised, now: datetime) -> dict[str, Any]:
    """The columns of a case after a further sending raised something. The level rises, it never falls by itself."""
    if not found.level:
        return {}
    due = answer_by(found.level, now)
    moments = [moment for moment in (case.answer_by, due) if moment is not None]
    return {"level": min(case.level, found.level), "answer_by": min(moments, default=None)}


def answer_by(case_level: str, now: datetime) -> datetime | None:
    """When P0 (4 hours) and P1 (1 working day) must be answered, rounded up to four hours; None for the others."""
    if case_level == Case.Level.P0:
        return _rounded_up(now + timedelta(hours=4))
    if case_level == Case.Level.P1:
        return _rounded_up(datetime.combine(working_day(now.date(), 1), now.time(), UTC))
    return None


def working_day(start: date, days: int) -> date:
    """The day that lies `days` working days (Monday to Friday) after a day."""
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def _rounded_up(moment: datetime) -> datetime:
    midnight = datetime.combine(moment.date(), time(), UTC)
    step = timedelta(hours=ROUNDED_HOURS)
    return midnight + step * -((midnight - moment) // step)
