"""Rule 8: the time limit of this very charge, counted from the earliest plausible day of the acts.

Time cannot begin to run before the act, so that day and the years of the data give the earliest possible end. What
starts later, suspends or interrupts it only helps; a lawyer must confirm all of it.
"""

from datetime import date, timedelta
from typing import NamedTuple

from jurisdictions.assess.context import Context
from jurisdictions.assess.finding import AGAINST, FOR, Finding, missing, reason
from jurisdictions.assess.verdicts import CONDITIONAL, OPEN, UNKNOWN

NONE, EARLIEST, CONFIRM = "none", "earliest", "unknown: lawyer must confirm"


class Deadline(NamedTuple):
    """kind: none, earliest (then `day` is the earliest possible end) or unknown."""

    kind: str
    day: date | None = None

    def as_dict(self) -> dict[str, str | None]:
        """The shape of matching.md."""
        return {"date": self.day.isoformat() if self.day else None, "kind": self.kind}


LAPSES_NEVER, NOT_KNOWN = Deadline(NONE), Deadline(CONFIRM)


def deadline(context: Context) -> Deadline:
    """The earliest day on which the charge may lapse; "none" only where the data says that it never does."""
    basis, first = context.basis, context.facts.begins
    if basis.limitation == "none":
        return LAPSES_NEVER
    if basis.limitation_years is None or first is None:
        return NOT_KNOWN
    return Deadline(EARLIEST, years_after(first, basis.limitation_years))


def years_after(day: date, years: int) -> date:
    """The same day years later; 29 February becomes the day before, because earlier is safer."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return (day + timedelta(days=1)).replace(year=day.year + years) - timedelta(days=1)


def rule(context: Context) -> Finding:
    """Whether the charge lapses, and whether its time may be over."""
    basis = context.basis
    if basis.limitation == "none":
        return Finding(reasons=(reason("limitation_none", FOR, context.law()),))
    if basis.limitation_years is None:
        return Finding(CONDITIONAL, (reason("limitation_unknown", AGAINST, context.law()),))
    return _counted(context, basis.limitation_years)


def _counted(context: Context, years: int) -> Finding:
    end = deadline(context).day
    if end is None:
        found = reason("limitation_undated", AGAINST, context.law(), years=years)
        return Finding(UNKNOWN, (found,), (missing("acts.from", UNKNOWN),))
    cap, code = _weigh(context, years, end)
    effect = FOR if cap == OPEN else AGAINST
    return Finding(cap, (reason(code, effect, context.law(), years=years, day=end),))


def _weigh(context: Context, years: int, end: date) -> tuple[str, str]:
    """Before the earliest end time has surely not run out, if the years are sure; after the latest it may well have."""
    if context.on < end:
        unsure = "limitation" in context.basis.unverified
        return (CONDITIONAL, "limitation_unconfirmed") if unsure else (OPEN, "limitation_runs")
    latest = [act.last or context.on for act in context.acts]
    over = context.on >= years_after(max(latest), years)
    return (UNKNOWN, "limitation_over") if over else (CONDITIONAL, "limitation_may_be_over")
