"""Rule 13: States where filing may endanger the survivor are held back until wanted lists and location were checked.

Held back means: never better than unknown, and nobody is told where to write. After the check a caution stays.
"""

from jurisdictions.assess.context import Context
from jurisdictions.assess.facts import Facts
from jurisdictions.assess.finding import AGAINST, NOTHING, Finding, caution, missing, reason
from jurisdictions.assess.verdicts import UNKNOWN

# Flags of the facts: a member looked, and nothing speaks against filing.
CHECKS = ("WANTED_CHECKED", "LOCATION_CHECKED")


def rule(context: Context) -> Finding:
    """Nothing for a State without a warning."""
    basis = context.basis
    if basis.safety == "normal":
        return NOTHING
    warning = caution(f"safety_{basis.safety}", context.law(), name=context.forum_name, why=basis.safety_reason)
    left = [flag for flag in CHECKS if flag not in context.facts.flags]
    if not left:
        return Finding(cautions=(warning,))
    found = reason("safety_not_checked", AGAINST, context.law(), name=context.forum_name)
    return Finding(UNKNOWN, (found,), tuple(missing(f"flags.{flag}", UNKNOWN) for flag in left), (warning,))


def is_held_back(safety: str, facts: Facts) -> bool:
    """Whether a State of this grade is not to be written to yet."""
    return safety != "normal" and not facts.flags.issuperset(CHECKS)
