"""Conditions and remarks of a base that no confirmed fact can settle: they are named and never passed over."""

from jurisdictions.assess.context import Context
from jurisdictions.assess.finding import AGAINST, Finding, caution, reason
from jurisdictions.assess.verdicts import CONDITIONAL, OPEN

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


def rule(context: Context) -> Finding:
    """Every unsettled condition as a reason, every other remark of the base as a caution."""
    law, extra = context.law(), context.basis.extra
    reasons = [reason("condition", AGAINST, law, what=code) for code in extra if code in UNSETTLED]
    if context.basis.kind == "territorial_effect":
        reasons.append(reason("interests_of_the_state", AGAINST, law, name=context.forum_name))
    cautions = [caution(code, law) for code in extra if code not in UNSETTLED | SPOKEN]
    return Finding(CONDITIONAL if reasons else OPEN, tuple(reasons), cautions=tuple(cautions))
