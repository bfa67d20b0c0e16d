"""Rules 6 and 7."""

import pytest

from jurisdictions.assess import gatekeeper, subsidiarity
from tests.unit.jurisdictions.invented import basis, codes, context


@pytest.mark.parametrize("grade", ["prosecutor", "prosecutor_general", "attorney_general", "minister", "unknown"])
def test_whose_consent_is_needed_before_opening_keeps_a_route_conditional(grade):
    finding = gatekeeper.rule(context(basis(gatekeeper=grade, gatekeeper_stage="open")))
    assert (finding.cap, codes(finding)) == ("conditional", {f"gatekeeper_{grade}": "-"})


def test_a_stage_that_is_not_known_is_not_taken_for_a_late_one():
    assert gatekeeper.rule(context(basis(gatekeeper="minister", gatekeeper_stage="unknown"))).cap == "conditional"


def test_consent_before_charges_is_a_caution():
    finding = gatekeeper.rule(context(basis(gatekeeper="attorney_general", gatekeeper_stage="prosecute")))
    assert (finding.cap, finding.reasons) == ("open", ())
    assert [caution.code for caution in finding.cautions] == ["gatekeeper_attorney_general_to_prosecute"]


def test_remedies_against_a_refusal_and_a_duty_to_act_count_in_favour():
    base = basis(private_prosecution="yes", court_review="yes", discretion="mandatory")
    assert codes(gatekeeper.rule(context(base))) == {
        "private_prosecution": "+", "court_review": "+", "must_prosecute": "+",
    }  # fmt: skip
    assert gatekeeper.remedies(base) == 2
    assert gatekeeper.remedies(basis(court_review="unknown")) == 0


def test_friction_grows_with_the_office_and_not_knowing_is_the_worst():
    steps = ["none", "prosecutor", "prosecutor_general", "attorney_general", "minister", "unknown"]
    assert [gatekeeper.friction(basis(gatekeeper=grade)) for grade in steps] == list(range(6))


@pytest.mark.parametrize("value", ["yes", "unknown"])
@pytest.mark.parametrize("rule", [subsidiarity.rule, subsidiarity.double_criminality])
def test_what_may_stand_in_the_way_is_named_and_never_passed_over(rule, value):
    finding = rule(context(basis(subsidiarity=value, double_criminality=value)))
    assert finding.cap == "conditional"
    assert list(codes(finding).values()) == ["-"]


@pytest.mark.parametrize("rule", [subsidiarity.rule, subsidiarity.double_criminality])
def test_a_sure_no_says_nothing(rule):
    assert rule(context(basis())).reasons == ()


@pytest.mark.parametrize(
    ("change", "yields"),
    [
        ({}, False),
        ({"subsidiarity": "unknown"}, False),
        ({"subsidiarity": "yes"}, True),
        ({"extra": ("parallel_case_weighed",)}, True),
    ],
)
def test_a_base_yields_only_where_the_data_says_so(change, yields):
    assert subsidiarity.yields(context(basis(**change))) is yields
