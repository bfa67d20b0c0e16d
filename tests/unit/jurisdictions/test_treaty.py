"""Rule 1."""

from datetime import date

import pytest

from jurisdictions.assess.treaty import party, rule
from tests.unit.jurisdictions.invented import FORUM, HOME, act, basis, codes, context, facts, reference, treaty

CLAUSE = basis(kind="treaty_obligation")


def looked_at(base, *rows, **changes):
    return rule(context(base, facts(**changes), reference(base, treaties=rows)))


def test_a_base_without_a_treaty_says_nothing():
    assert rule(context(basis())).reasons == ()


def test_the_forum_must_be_bound_on_the_date_of_the_acts():
    finding = looked_at(CLAUSE, treaty(FORUM))
    assert (finding.cap, codes(finding)) == ("open", {"treaty_forum_party": "+"})


def test_a_forum_that_joined_after_the_acts_is_blocked():
    finding = looked_at(CLAUSE, treaty(FORUM, since=date(2020, 8, 15)))
    assert (finding.cap, codes(finding)) == ("blocked", {"treaty_forum_not_party": "blocks"})


def test_a_forum_that_joined_during_the_acts_is_conditional():
    finding = looked_at(CLAUSE, treaty(FORUM, since=date(2020, 8, 11)))
    assert (finding.cap, codes(finding)) == ("conditional", {"treaty_forum_partly": "-"})


@pytest.mark.parametrize("status", ["none", "signatory"])
def test_a_signature_is_not_membership(status):
    assert looked_at(CLAUSE, treaty(FORUM, status=status, since=None)).cap == "blocked"


def test_without_a_row_or_a_day_membership_is_not_assumed():
    assert looked_at(CLAUSE, treaty(HOME)).cap == "conditional"
    assert looked_at(CLAUSE, treaty(FORUM, since=None)).cap == "conditional"


def test_without_the_date_of_the_acts_nothing_is_known():
    finding = looked_at(CLAUSE, treaty(FORUM), acts=(act(first=None, last=None),))
    assert finding.cap == "unknown"
    assert [missing.code for missing in finding.missing] == ["acts.from"]


def test_a_withdrawn_state_counts_until_the_day_of_withdrawal():
    left = treaty(FORUM, status="withdrawn", withdrawn_on=date(2020, 8, 15))
    assert party(left, act()) == "yes"
    assert party(left, act(first=date(2020, 8, 15), last=date(2020, 8, 15))) == "no"
    assert party(treaty(FORUM, status="withdrawn"), act()) == "unknown"
    assert party(treaty(FORUM, "ICCPR_OP1", status="denounced"), act()) == "unknown"


def test_the_state_of_the_acts_counts_where_the_base_asks_for_it():
    base = basis(territorial_party="yes")
    assert codes(looked_at(base, treaty(HOME))) == {"treaty_acts_state_party": "+"}
    assert codes(looked_at(base, treaty(HOME, status="none", since=None))) == {"treaty_acts_state_not_party": "blocks"}


def test_an_unsaid_condition_is_settled_by_membership_and_left_open_without_it():
    base = basis(territorial_party="unknown")
    assert looked_at(base, treaty(HOME)).cap == "open"
    finding = looked_at(base, treaty(HOME, status="none", since=None))
    assert (finding.cap, codes(finding)) == ("conditional", {"treaty_acts_state_not_party_unclear": "-"})


def test_the_country_of_the_acts_is_asked_for():
    finding = looked_at(basis(territorial_party="yes"), treaty(HOME), acts=(act(country=None),))
    assert finding.cap == "unknown"
    assert "acts.country" in [missing.code for missing in finding.missing]


def test_a_clause_for_a_crime_without_a_treaty_is_conditional():
    finding = looked_at(basis(kind="treaty_obligation", crime="other"), treaty(FORUM))
    assert (finding.cap, codes(finding)) == ("conditional", {"treaty_not_named": "-"})


def test_membership_that_nobody_has_confirmed_caps_the_route_and_is_listed():
    finding = looked_at(CLAUSE, treaty(FORUM, unverified=("status",)))
    assert finding.cap == "conditional"
    assert finding.unverified == (f"treaty_status_{FORUM}_CAT",)
    assert finding.reasons[0].authority.confidence == "low"


def test_belarus_itself_is_bound_by_the_convention_and_not_by_the_rome_statute(real):
    summer = act(country="BY")
    assert party(real.treaties["BY", "CAT"], summer) == "yes"
    assert party(real.treaties["BY", "ROME"], summer) == "no"
    assert real.treaties["BY", "CAT"].in_force_on == date(1987, 6, 26)
    assert party(real.treaties["PH", "ROME"], summer) == "no"
    assert real.treaties["HU", "ROME"].doubtful
    assert not real.treaties["HU", "CAT"].doubtful
