"""Rule 1: the forum is party to the treaty on the date that counts, and so is the State of the acts where that matters.

The date that counts is the date of the acts: the duty to prosecute under the Convention against Torture reaches acts
after its entry into force for the forum (ICJ, Belgium v. Senegal, judgment of 20 July 2012, para. 100).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from jurisdictions.assess.context import Context, treaty_authority
from jurisdictions.assess.days import NO, PARTLY, UNKNOWN, YES, Period, covers, together
from jurisdictions.assess.facts import Act
from jurisdictions.assess.finding import AGAINST, BLOCKS, FOR, NOTHING, Finding, merge, missing, reason
from jurisdictions.assess.texts import Place
from jurisdictions.assess.verdicts import BLOCKED, CONDITIONAL, OPEN
from jurisdictions.assess.verdicts import UNKNOWN as NOT_KNOWN
from jurisdictions.snapshot import Treaty

NEVER = {"none", "signatory"}


@dataclass(frozen=True)
class Membership:
    """One State's place in one treaty during the acts. code: first part of the text's code."""

    code: str
    name: Place
    treaty: str
    status: Treaty | None
    answer: str

    def doubts(self) -> tuple[str, ...]:
        """What stands unverified in the treaty table and matters here."""
        if self.status is None or not self.status.doubtful:
            return ()
        return (f"treaty_status_{self.status.state_id}_{self.treaty}",)


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
    if context.basis.kind != "treaty_obligation" and context.basis.territorial_party == NO:
        return NOTHING
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
    answer = context.once(
        ("forum", context.forum, treaty), lambda: together([party(status, act) for act in context.acts])
    )
    return _speak(context, Membership("treaty_forum", context.forum_name, treaty, status, answer), blocks=True)


def _acts_state(context: Context, treaty: str) -> Finding:
    """Asked for (yes), or not said (unknown): then being a party settles it, and not being one does not block."""
    blocks = context.basis.territorial_party == YES
    found = context.once(("acts", treaty), lambda: _of_acts(context, treaty))
    if any(it.status is None for it in found):  # then each base is its own authority
        return merge([_speak(context, it, blocks=blocks) for it in found])
    return context.once(("acts", treaty, blocks), lambda: merge([_speak(context, it, blocks=blocks) for it in found]))


def _of_acts(context: Context, treaty: str) -> list[Membership]:
    """Each State of an act."""
    found = []
    for country, acts in _by_country(context.acts):
        status = context.status(country, treaty)
        answer = together([party(status, act) for act in acts])
        found.append(Membership("treaty_acts_state", context.place(country), treaty, status, answer))
    return found


def _by_country(acts: Iterable[Act]) -> list[tuple[str | None, list[Act]]]:
    found: dict[str | None, list[Act]] = {}
    for act in acts:
        found.setdefault(act.country, []).append(act)
    return list(found.items())


def _speak(context: Context, it: Membership, *, blocks: bool) -> Finding:
    authority = treaty_authority(it.status) if it.status else context.law()
    cap, effect, suffix = _weigh(it.answer, blocks=blocks, firm=authority.confidence != "low")
    asked = _unknown_fact(context, it.code) if it.answer == UNKNOWN else []
    since = it.status.in_force_on if it.status else None
    found = reason(f"{it.code}_{suffix}", effect, authority, name=it.name, treaty=it.treaty, since=since)
    return Finding(
        cap=NOT_KNOWN if asked else cap,
        reasons=(found,),
        missing=tuple(missing(path, NOT_KNOWN) for path in asked),
        unverified=it.doubts(),
    )


def _weigh(answer: str, *, blocks: bool, firm: bool) -> tuple[str, str, str]:
    """Cap, effect and end of the text's code for one answer."""
    if answer == YES:
        return OPEN if firm else CONDITIONAL, FOR, "party"
    if answer == NO:
        return (BLOCKED, BLOCKS, "not_party") if blocks else (CONDITIONAL, AGAINST, "not_party_unclear")
    return CONDITIONAL, AGAINST, "partly" if answer == PARTLY else "unknown"


def _unknown_fact(context: Context, code: str) -> list[str]:
    """Facts whose absence may explain the unknown answer."""
    asked = []
    if code == "treaty_acts_state" and any(act.country is None for act in context.acts):
        asked.append("acts.country")
    if any(act.first is None for act in context.acts):
        asked.append("acts.from")
    return asked
