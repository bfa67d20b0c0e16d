"""Rule 14, and practice and remarks beside it."""

import pytest

from jurisdictions.assess import confidence, practice, remarks
from jurisdictions.assess.facts import Consents
from tests.unit.jurisdictions.invented import FORUM, act, basis, codes, context, facts


def test_low_confidence_caps_at_a_local_lawyer_must_confirm():
    finding = confidence.data(context(basis(confidence="low", unverified=("limitation",))))
    assert (finding.cap, codes(finding)) == ("conditional", {"confidence_low": "-"})
    assert finding.unverified == ("limitation",)


def test_better_confidence_caps_nothing_and_still_lists_what_is_unverified():
    finding = confidence.data(context(basis(confidence="medium", unverified=("limitation",))))
    assert (finding.cap, finding.reasons, finding.unverified) == ("open", (), ("limitation",))


@pytest.mark.parametrize(
    ("consents", "cap", "code"),
    [
        (Consents(frozenset({FORUM})), "open", "consent_given"),
        (Consents(frozenset({"XB"})), "conditional", "consent_not_given"),
        (Consents(frozenset()), "conditional", "consent_not_given"),
        (Consents(), "conditional", "consent_not_asked"),
    ],
)
def test_no_consent_caps_at_ask_the_survivor(consents, cap, code):
    finding = confidence.consent_for_state(context(person=facts(consents=consents)))
    assert finding.cap == cap
    assert code in codes(finding)


@pytest.mark.parametrize("change", [{"kind": "territorial_effect"}, {"extra": ("narrow_crime_definition",)}])
def test_a_condition_that_no_fact_settles_is_named_and_caps_at_conditional(change):
    finding = remarks.rule(context(basis(**change)))
    assert finding.cap == "conditional"
    assert finding.reasons


def test_every_remark_of_a_base_comes_out():
    finding = remarks.rule(context(basis(extra=("reform_bill_pending", "structural_investigation_possible"))))
    assert [caution.code for caution in finding.cautions] == [
        "reform_bill_pending",
        "structural_investigation_possible",
    ]


@pytest.mark.parametrize("state", ["open_file", "indictment", "filed_stalled"])
def test_practice_on_acts_in_the_same_state_is_a_reason_with_its_own_source(state):
    base = basis(practice=state, practice_year=2020)
    (reason,) = practice.rule(context(base)).reasons
    assert (reason.code, reason.authority.source) == (f"practice_{state}", "https://practice.invalid")
    assert "Homeland" in reason.as_dict("en")["text"]
    assert practice.rule(context(base, facts(acts=(act(country="XC"),)))).reasons == ()
