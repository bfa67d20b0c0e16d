"""Rule 2, second half: the provision was in force on the date of the acts; it is not stretched back to older ones."""

from jurisdictions.assess.context import Context
from jurisdictions.assess.days import NO, PARTLY, YES, Period, covers, together
from jurisdictions.assess.finding import AGAINST, BLOCKS, FOR, Finding, missing, reason
from jurisdictions.assess.verdicts import BLOCKED, CONDITIONAL, UNKNOWN


def rule(context: Context) -> Finding:
    """Whether the provision reaches the acts in time."""
    basis = context.basis
    if basis.applies_to_earlier_acts == YES:
        return Finding(reasons=(reason("in_force_reaches_back", FOR, context.law()),))
    if any(act.first is None for act in context.acts):
        return _undated(context)
    if basis.in_force_earliest is None:
        return _unknown_start(context)
    period = Period(basis.in_force_earliest, basis.in_force_latest)
    answer = context.once(period, lambda: together([covers(period, act) for act in context.acts]))
    return _speak(context, answer)


def _speak(context: Context, answer: str) -> Finding:
    basis = context.basis
    whole_day = basis.in_force_earliest == basis.in_force_latest
    values = {"since": basis.in_force_earliest if whole_day else basis.in_force_from}
    if answer == YES:
        return Finding(reasons=(reason("in_force", FOR, context.law(), **values),))
    if answer == NO:
        return Finding(BLOCKED, (reason("in_force_later", BLOCKS, context.law(), **values),))
    code = "in_force_partly" if answer == PARTLY else "in_force_near_start"
    return Finding(CONDITIONAL, (reason(code, AGAINST, context.law(), **values),))


def _undated(context: Context) -> Finding:
    found = reason("in_force_undated_acts", AGAINST, context.law())
    return Finding(UNKNOWN, (found,), (missing("acts.from", UNKNOWN),))


def _unknown_start(context: Context) -> Finding:
    """No day is known: an authority that already applies the provision to acts since some year settles it for those."""
    year = context.basis.practice_year
    if year and context.investigated() and all(act.first and act.first.year >= year for act in context.acts):
        return Finding(reasons=(reason("in_force_applied", FOR, context.law(), year=year),))
    return Finding(CONDITIONAL, (reason("in_force_unknown", AGAINST, context.law()),))
