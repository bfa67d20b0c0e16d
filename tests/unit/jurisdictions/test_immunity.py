"""Rule 9."""

from dataclasses import replace

import pytest

from jurisdictions.assess.immunity import rule, trial
from jurisdictions.assess.presence import stages
from tests.unit.jurisdictions.invented import ELSEWHERE, FORUM, basis, codes, context, facts, suspect

OTHER = replace(suspect(ELSEWHERE), id="P-002")


def holding(office, country=ELSEWHERE):
    return replace(suspect(country), office=office)


@pytest.mark.parametrize("office", ["head_of_state", "head_of_government", "foreign_minister"])
def test_an_office_shields_its_holder_and_nobody_else(office):
    finding = rule(context(person=facts(suspects=(holding(office), OTHER))))
    assert (finding.cap, finding.reasons) == ("open", ())
    (caution,) = finding.cautions
    assert caution.as_dict("en")["text"].startswith("P-001 (head" if "head" in office else "P-001 (foreign")
    assert caution.authority.source.startswith("https://www.icj-cij.org/")


def test_when_everybody_named_is_shielded_it_is_said_and_the_route_stays():
    finding = rule(context(person=facts(suspects=(holding("head_of_state"),))))
    assert (finding.cap, codes(finding)) == ("open", {"immunity_all": "-"})


def test_an_office_that_nobody_knows_is_asked_for():
    finding = rule(context(person=facts(suspects=(holding(None),))))
    assert [it.code for it in finding.missing] == ["suspects.office"]
    assert rule(context(person=facts(suspects=None))).missing == ()


@pytest.mark.parametrize(
    ("suspects", "cap"),
    [
        ((), "open"),
        ((OTHER,), "open"),
        ((holding("head_of_state"), OTHER), "open"),
        ((holding("head_of_state"),), "unknown"),
        ((holding(None),), "open"),
    ],
)
def test_while_everybody_named_is_shielded_a_trial_is_unknown(suspects, cap):
    assert trial(facts(suspects=suspects)) == cap


@pytest.mark.parametrize(
    ("suspects", "tried"),
    [
        ((replace(OTHER, last_seen=suspect(FORUM).last_seen),), "open"),
        ((holding(None, FORUM),), "conditional"),
        ((holding("head_of_state", FORUM), OTHER), "unknown"),
        ((OTHER,), "blocked"),
    ],
)
def test_only_whom_no_office_shields_can_be_there_for_a_trial(suspects, tried):
    base = basis(suspect_open="none", suspect_try="presence")
    assert stages(context(base, facts(suspects=suspects))).try_ == tried


def test_a_shielded_visitor_opens_a_case_and_no_trial():
    base = basis(suspect_open="presence", suspect_try="presence")
    here = facts(suspects=(holding("head_of_state", FORUM),))
    assert stages(context(base, here)).as_dict() == {"file": "open", "open": "open", "try": "unknown"}
