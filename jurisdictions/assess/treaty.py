"""Rule 1: the forum is party to the treaty on the date that counts, and so is the State of the acts where that matters.

The date that counts is the date of the acts: the duty to prosecute under the Convention against Torture reaches acts
after its entry into force for the forum (ICJ, Belgium v. Senegal, judgment of 20 July 2012, para. 100).
"""

from collections.abc import Iterable

from jurisdictions.assess.context import Context, treaty_authority
from jurisdictions.assess.days import NO, PARTLY, UNKNOWN, YES, Period, covers, together
from jurisdictions.assess.facts import Act
from jurisdictions.assess.finding import AGAINST, BLOCKS, FOR, Finding, merge, missing, reason
from jurisdictions.assess.verdicts import BLOCKED, CONDITIONAL
from jurisdictions.assess.verdicts import UNKNOWN as NOT_KNOWN
from jurisdictions.snapshot import Treaty

NEVER = {"none", "signatory"}


def party(status: Treaty | None, act: Act) -> str:
    """Whether the State was bound during the whole act: yes, no, partly or unknown."""
    if status is None or status.status == "denounced":
        return UNKNOWN
    if status.status in NEVER:
        return NO
    if status.status == "withdrawn" and status.withdrawn_on is None:
        return UNKNOWN
    return covers(Period(status.in_force_on, status.in_force_on, status.withdrawn_on), act)


def rule(context: Context) -> Finding:
    """Forum and State of the acts, as far as this base depends on a treaty."""
    row = context.reference.crime_treaties.get(context.basis.crime)
    findings = []
    if context.basis.kind == "treaty_obligation":
        findings.append(_forum(context, row.treaty) if row else _unnamed(context))
    if context.basis.territorial_party != NO and (row or context.basis.territorial_party == YES):
        findings.append(_acts_state(context, row.treaty) if row else _unnamed(context))
    if row and row.unverified and findings:
        findings.append(Finding(unverified=("crime_treaty",)))
    return merge(findings)


def _unnamed(context: Context) -> Finding:
    return Finding(CONDITIONAL, (reason("treaty_not_named", AGAINST, context.law()),))


def _forum(context: Context, treaty: str) -> Finding:
    status = context.status(context.forum, treaty)
    answer = together(party(status, act) for act in context.acts)
    return _speak(context, "treaty_forum", answer, status, context.forum_name, treaty, blocks=True)


def _acts_state(context: Context, treaty: str) -> Finding:
    """Asked for (yes), or not said (unknown): then being a party settles it, and not being one does not block."""
    asked = context.basis.territorial_party == YES
    return merge(
        _speak(
            context,
            "treaty_acts_state",
            together(party(context.status(country, treaty), act) for act in acts),
            context.status(country, treaty),
            context.reference.name(country),
            treaty,
            blocks=asked,
        )
        for country, acts in _by_country(context.acts)
    )


def _by_country(acts: Iterable[Act]) -> list[tuple[str | None, list[Act]]]:
    found: dict[str | None, list[Act]] = {}
    for act in acts:
        found.setdefault(act.country, []).append(act)
    return list(found.items())


def _speak(
    context: Context, code: str, answer: str, status: Treaty | None, name: str, treaty: str, *, blocks: bool
) -> Finding:
    authority = treaty_authority(status) if status else context.law()
    values = {"name": name, "treaty": treaty, "since": status.in_force_on if status else None}
    doubts = (f"{status.state_id}.{treaty}",) if status and status.doubtful else ()
    if answer == YES:
        cap, effect = (CONDITIONAL, FOR) if doubts else ("open", FOR)
        return Finding(cap, (reason(f"{code}_party", effect, authority, **values),), unverified=doubts)
    if answer == NO and blocks:
        return Finding(BLOCKED, (reason(f"{code}_not_party", BLOCKS, authority, **values),), unverified=doubts)
    if answer == UNKNOWN and (asked := _unknown_fact(context, code)):
        found = reason(f"{code}_unknown", AGAINST, authority, **values)
        return Finding(NOT_KNOWN, (found,), tuple(missing(path, NOT_KNOWN) for path in asked), unverified=doubts)
    suffix = {NO: "not_party", PARTLY: "partly"}.get(answer, "unknown")
    suffix = f"{suffix}_unclear" if answer == NO else suffix
    return Finding(CONDITIONAL, (reason(f"{code}_{suffix}", AGAINST, authority, **values),), unverified=doubts)


def _unknown_fact(context: Context, code: str) -> list[str]:
    """Facts whose absence may explain the unknown answer."""
    asked = []
    if code == "treaty_acts_state" and any(act.country is None for act in context.acts):
        asked.append("acts.country")
    if any(act.first is None for act in context.acts):
        asked.append("acts.from")
    return asked
