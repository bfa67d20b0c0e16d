"""What the data says about the risk of filing in a State, as a caution that stands before everything else."""

from jurisdictions.assess.context import Context
from jurisdictions.assess.finding import Finding, caution


def rule(context: Context) -> Finding:
    """Nothing for a State without a warning."""
    basis = context.basis
    if basis.safety == "normal":
        return Finding()
    values = {"name": context.forum_name, "why": basis.safety_reason}
    return Finding(cautions=(caution(f"safety_{basis.safety}", context.law(), **values),))
