"""Conditions of the law that no confirmed fact can settle: each keeps a route from being more than conditional.

This is the floor under the rules on gatekeepers, subsidiarity, double criminality and limitation: an unknown or a yes
is named and never passed over.
"""

from collections.abc import Iterator

from jurisdictions.assess.context import Context
from jurisdictions.assess.finding import AGAINST, Caution, Finding, caution, reason
from jurisdictions.assess.verdicts import CONDITIONAL, OPEN
from jurisdictions.vocabulary import EXTRA

UNSETTLED = {
    "aircraft_case_only",
    "extradition_requested_and_refused",
    "foreign_official_doubt",
    "foreign_state_request",
    "held_liable_on_territory",
    "home_state_unwilling_and_practicable",
    "immigration_fraud_fallback",
    "narrow_crime_definition",
    "no_express_jurisdiction_clause",
    "no_fitting_offence",
    "note_describes_old_code",
    "penalty_threshold",
    "text_cut_off",
    "treaty_item_not_seen",
    "untested_reading",
}
# Codes that the rules on presence, crime and time speak about themselves.
SPOKEN = {
    "armed_conflict_only",
    "complainant_available_in_forum",
    "discretion_if_no_suspect_expected",
    "enforced_disappearance_only",
    "in_absentia_trial_known",
    "link_to_forum_required",
}
FLAGS = ("double_criminality", "subsidiarity")


def rule(context: Context) -> Finding:
    """Every unsettled condition as a reason, every other remark of the base as a caution."""
    law = context.law()
    codes = list(_codes(context))
    extra = [code for code in context.basis.extra if code in UNSETTLED]
    reasons = [reason(code, AGAINST, law, name=context.forum_name) for code in codes]
    reasons += [reason("condition", AGAINST, law, what=EXTRA[code]) for code in extra]
    return Finding(CONDITIONAL if reasons else OPEN, tuple(reasons), cautions=tuple(_cautions(context)))


def _codes(context: Context) -> Iterator[str]:
    basis = context.basis
    for name in FLAGS:
        if getattr(basis, name) != "no":
            yield f"{name}_{getattr(basis, name)}"
    if basis.gatekeeper != "none" and basis.gatekeeper_stage != "prosecute":
        yield f"gatekeeper_{basis.gatekeeper}"
    if basis.kind == "territorial_effect":
        yield "interests_of_the_state"
    if basis.limitation != "none":
        yield f"limitation_{basis.limitation}"


def _cautions(context: Context) -> Iterator[Caution]:
    basis, law = context.basis, context.law()
    if basis.gatekeeper != "none" and basis.gatekeeper_stage == "prosecute":
        yield caution(f"gatekeeper_{basis.gatekeeper}_to_prosecute", law, name=context.forum_name)
    if basis.limitation == "years":
        yield caution("limitation_period", law, years=basis.limitation_years)
    for code in basis.extra:
        if code not in UNSETTLED | SPOKEN:
            yield Caution(code, f"{EXTRA[code]}.", law)
