"""Rule 9: immunity is a person's, not a route's. A serving head of State, head of government or foreign minister is
normally shielded from the courts of other States while in office; the route stays open for everybody else.

Source: ICJ, Arrest Warrant (Democratic Republic of the Congo v. Belgium), judgment of 14 February 2002, paras 51-61.
"""

from jurisdictions.assess.context import Context
from jurisdictions.assess.facts import Facts, Suspect
from jurisdictions.assess.finding import AGAINST, NOTHING, Authority, Finding, caution, missing, reason
from jurisdictions.assess.verdicts import CONDITIONAL, OPEN, UNKNOWN

SHIELDED = frozenset({"head_of_state", "head_of_government", "foreign_minister"})
CUSTOM = Authority(
    "customary international law; ICJ, Arrest Warrant, judgment of 14 February 2002, paras 51-61",
    "https://www.icj-cij.org/case/121",
    "high",
)


def is_shielded(suspect: Suspect) -> bool:
    """Whether the office is known and shields while it lasts."""
    return suspect.office in SHIELDED


def rule(context: Context) -> Finding:
    """A caution for each shielded suspect; a reason when nobody else is named."""
    suspects = context.facts.suspects
    if not suspects:
        return NOTHING
    asked = (missing("suspects.office", OPEN),) if any(it.office is None for it in suspects) else ()
    shielded = [it for it in suspects if is_shielded(it)]
    if not shielded:
        return Finding(missing=asked) if asked else NOTHING
    cautions = [caution("immunity", CUSTOM, who=it.id, office=it.office, name=context.forum_name) for it in shielded]
    alone = (reason("immunity_all", AGAINST, CUSTOM, name=context.forum_name),) if shielded == list(suspects) else ()
    return Finding(OPEN, alone, asked, tuple(cautions))


def trial(facts: Facts) -> str:
    """How far a trial can go: while everybody named is shielded, nobody knows."""
    return UNKNOWN if facts.suspects and all(is_shielded(it) for it in facts.suspects) else OPEN


def may_stand_trial(suspect: Suspect) -> str:
    """Not while an office shields; whose office is not known may be one of those."""
    if suspect.office is None:
        return CONDITIONAL
    return UNKNOWN if is_shielded(suspect) else OPEN
