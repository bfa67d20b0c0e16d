"""Rule 7: whether the forum yields to another State, and whether the act must be punishable where it was done."""

from jurisdictions.assess.context import Context
from jurisdictions.assess.finding import AGAINST, NOTHING, Finding, reason
from jurisdictions.assess.verdicts import CONDITIONAL

# Codes of bases that look at what other authorities do, although the base is not subsidiary as a whole.
WEIGHING = ("no_extradition_decision", "no_surrender_request", "not_convicted_elsewhere", "parallel_case_weighed")


def rule(context: Context) -> Finding:
    """A base that yields, or may yield, to another State or court is conditional."""
    return _flag(context, "subsidiarity")


def double_criminality(context: Context) -> Finding:
    """Whether the act is punishable where it was done is for a lawyer to say; not knowing the condition is no "no"."""
    return _flag(context, "double_criminality")


def yields(context: Context) -> bool:
    """Whether proceedings elsewhere can surely count against this base."""
    return context.basis.subsidiarity == "yes" or context.has(*WEIGHING)


def _flag(context: Context, name: str) -> Finding:
    value = getattr(context.basis, name)
    if value == "no":
        return NOTHING
    return Finding(CONDITIONAL, (reason(f"{name}_{value}", AGAINST, context.law(), name=context.forum_name),))
