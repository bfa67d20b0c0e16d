"""Rule 11, and the steps that follow."""

from datetime import date

import pytest

from jurisdictions.assess.facts import Complaint
from jurisdictions.assess.filing import steps_in
from jurisdictions.assess.parallel import rule
from jurisdictions.assess.routes import assess
from tests.unit.jurisdictions.invented import CLEAN, ELSEWHERE, FORUM, ON, basis, codes, context, facts, reference

DAY = date(2022, 6, 1)
YIELDING = basis(subsidiarity="yes")


def complained(country, result):
    return facts(complaints=(Complaint(country, DAY, result),))


def cautions(base, person, world=None):
    return [(it.code, it.values["other"].code) for it in rule(context(base, person, world)).cautions]


@pytest.mark.parametrize(
    ("result", "code", "effect"),
    [
        ("opened", "parallel_join", "+"),
        ("pending", "parallel_join", "+"),
        ("refused", "parallel_refused", "-"),
        ("closed", "parallel_closed", "-"),
        ("unknown", "parallel_unclear", "-"),
        (None, "parallel_unclear", "-"),
    ],
)
def test_what_became_of_a_complaint_in_the_same_state(result, code, effect):
    finding = rule(context(CLEAN, complained(FORUM, result)))
    assert (finding.cap, codes(finding)) == ("open", {code: effect})


def test_a_refusal_that_a_court_reviews_goes_to_the_court_first():
    assert "parallel_refused_review" in codes(rule(context(basis(court_review="yes"), complained(FORUM, "refused"))))


def test_a_complaint_that_is_looked_at_elsewhere_harms_where_the_base_yields():
    person = complained(ELSEWHERE, "pending")
    assert cautions(YIELDING, person) == [("parallel_harms", ELSEWHERE)]
    assert cautions(CLEAN, person) == [("parallel_tell", ELSEWHERE)]
    assert cautions(YIELDING, complained(ELSEWHERE, "refused")) == []


def test_an_open_file_elsewhere_comes_before_a_base_that_yields():
    other = basis(state_id=ELSEWHERE, practice="open_file", practice_year=2020)
    world = reference(YIELDING, other)
    assert cautions(YIELDING, facts(), world) == [("parallel_open_file", ELSEWHERE)]
    assert cautions(CLEAN, facts(), world) == []
    assert cautions(basis(extra=("no_extradition_decision",)), facts(), world) == []
    own_file = basis(subsidiarity="yes", practice="open_file", practice_year=2024)
    assert cautions(own_file, facts(), reference(own_file, other)) == []


def test_complaints_that_nobody_asked_about_are_asked_for():
    assert [it.code for it in rule(context(CLEAN, facts(complaints=None))).missing] == ["complaints"]
    assert [it.code for it in rule(context(CLEAN, complained(ELSEWHERE, None))).missing] == ["complaints.result"]
    assert rule(context(CLEAN, facts())).missing == ()


def test_joining_ones_own_complaint_goes_before_a_new_one_elsewhere():
    bases = (basis(state_id=ELSEWHERE), CLEAN)
    person = complained(FORUM, "pending")
    agreed = facts().consents.__class__(frozenset({FORUM, ELSEWHERE}), icc=True)
    person = person.__class__(
        **{name: getattr(person, name) for name in ("acts", "victim", "complaints")}, consents=agreed
    )
    assert [it.standing.forum.code for it in assess(person, ON, reference(*bases))] == [FORUM, ELSEWHERE]


def test_the_first_step_is_to_join_what_is_open():
    open_file = basis(practice="open_file", practice_year=2020)
    assert steps_in(context(CLEAN, complained(FORUM, "pending")))[0].key == "step_join_own"
    assert steps_in(context(open_file))[0].as_dict("en")["text"] == (
        "Ask that the complaint is joined to the file open since 2020."
    )
    assert steps_in(context(CLEAN))[0].code == "who"
