"""Rule 2, first half: the confirmed facts carry the crime; torture alone and crimes against humanity are apart.

A fact that is not confirmed is not known: it is asked for, never taken as a no.
"""

from jurisdictions.assess.context import Context
from jurisdictions.assess.finding import AGAINST, FOR, Finding, merge, missing, reason
from jurisdictions.assess.verdicts import CONDITIONAL, UNKNOWN

UNDERLYING = ("torture_by_officials", "custody", "deportation", "disappearance")
CONTEXT = ("pattern", "policy")
# Each crime needs one fact of every group.
NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "torture": (("torture_by_officials",),),
    "crimes_against_humanity": (UNDERLYING, CONTEXT),
    "war_crimes": (("conflict_link",),),
    "other": (UNDERLYING,),
}
# A base may be narrower than its crime.
NARROWER = {"enforced_disappearance_only": ("disappearance",), "armed_conflict_only": ("conflict_link",)}


def rule(context: Context) -> Finding:
    """Whether the facts fit the crime of this base."""
    key = (context.basis.crime, *[context.has(code) for code in NARROWER])
    lacking = context.once(key, lambda: [it for it in _groups(context) if context.facts.shown.isdisjoint(it)])
    if lacking:
        return merge(_lacking(context, group) for group in lacking)
    if context.basis.crime == "other":
        return Finding(CONDITIONAL, (reason("crime_other", AGAINST, context.law()),))
    return Finding(reasons=(reason("crime_supported", FOR, context.law(), crime=context.basis.crime),))


def _groups(context: Context) -> list[tuple[str, ...]]:
    narrower = [group for code, group in NARROWER.items() if context.has(code)]
    return list(dict.fromkeys([*NEEDS[context.basis.crime], *narrower]))


def _lacking(context: Context, group: tuple[str, ...]) -> Finding:
    found = reason("crime_not_shown", AGAINST, context.law(), crime=context.basis.crime, facts=group)
    path = "acts.crime_facts" if context.facts.acts else "acts"
    return Finding(UNKNOWN, (found,), (missing(path, UNKNOWN, facts=group),))
