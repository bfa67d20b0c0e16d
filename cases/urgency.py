"""From ticks to a level and a date: what must be answered first. Numbers sort a list, they judge nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from cases.models import Case

# Each tick of SAF-04 with its flag and level (triage.md 3.1 and 4).
FLAGS: dict[str, tuple[str, str]] = {
    "detained_now": ("DETAINED", "P0"),
    "danger_now": ("DANGER", "P0"),
    "removal": ("REFOULEMENT", "P0"),
    "suspect_near": ("SUSPECT_ABROAD", "P0"),
    "under_18": ("MINOR", "P0"),
    "dying_thoughts": ("SUICIDE", "P1"),
    "family_risk": ("FAMILY", "P1"),
    "fresh_injury": ("FRESH_INJURY", "P1"),
}
ROUNDED_HOURS = 4  # an exact hour would tell when the person wrote
FIRST_REPLY_DAYS = 3


def flags(ticks: list[str]) -> list[str]:
    """The flags that the ticks raise; they are sealed, only the level is readable."""
    return sorted({FLAGS[tick][0] for tick in ticks if tick in FLAGS})


def level(ticks: list[str]) -> str:
    """The highest level among the ticks, P2 without any."""
    return min((FLAGS[tick][1] for tick in ticks if tick in FLAGS), default=Case.Level.P2)


def first_status(case_level: str) -> str:
    """Where a new case begins: in safety hold when somebody is in danger (P0), so that nothing of it goes outside."""
    return Case.Status.SAFETY_HOLD if case_level == Case.Level.P0 else Case.Status.RECEIVED


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
