"""Rule 6: whose consent stands between a complaint and a case, as graded friction, and what helps against a refusal."""

from collections.abc import Iterator

from jurisdictions.assess.context import Context
from jurisdictions.assess.finding import AGAINST, FOR, Caution, Finding, Reason, caution, reason
from jurisdictions.assess.verdicts import CONDITIONAL, OPEN
from jurisdictions.snapshot import Basis

GRADES = ("none", "prosecutor", "prosecutor_general", "attorney_general", "minister", "unknown")
REMEDIES = ("private_prosecution", "court_review")


def rule(context: Context) -> Finding:
    """A gatekeeper before opening keeps a route conditional, one before charges is a caution; remedies count for it."""
    stops = _stops(context)
    return Finding(CONDITIONAL if stops else OPEN, (*stops, *_helps(context)), cautions=tuple(_later(context)))


def friction(basis: Basis) -> int:
    """0 when nobody is asked, more the higher the office; unknown is worst."""
    return GRADES.index(basis.gatekeeper)


def remedies(basis: Basis) -> int:
    """How many remedies against a refusal the survivor surely has, 0 to 2."""
    return sum(getattr(basis, name) == "yes" for name in REMEDIES)


def _stops(context: Context) -> tuple[Reason, ...]:
    basis = context.basis
    if basis.gatekeeper == "none" or basis.gatekeeper_stage == "prosecute":
        return ()
    return (reason(f"gatekeeper_{basis.gatekeeper}", AGAINST, context.law(), name=context.forum_name),)


def _helps(context: Context) -> Iterator[Reason]:
    for name in REMEDIES:
        if getattr(context.basis, name) == "yes":
            yield reason(name, FOR, context.law(), name=context.forum_name)
    if context.basis.discretion == "mandatory":
        yield reason("must_prosecute", FOR, context.law(), name=context.forum_name)


def _later(context: Context) -> Iterator[Caution]:
    basis = context.basis
    if basis.gatekeeper != "none" and basis.gatekeeper_stage == "prosecute":
        yield caution(f"gatekeeper_{basis.gatekeeper}_to_prosecute", context.law(), name=context.forum_name)
