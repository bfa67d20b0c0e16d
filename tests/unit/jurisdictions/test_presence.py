"""Rule 3."""

from datetime import date

import pytest

from jurisdictions.assess.facts import Nationality, Suspect, Victim
from jurisdictions.assess.presence import stages
from tests.unit.jurisdictions.invented import ELSEWHERE, FORUM, HOME, act, basis, codes, context, facts, suspect

NEEDS = {"suspect_open": "presence", "suspect_try": "presence"}


def reached(base, **changes):
    found = stages(context(base, facts(**changes)))
    return found.file, found.open, found.try_


def victim(**known):
    return Victim(**({"nationalities": (), "residence_now": ELSEWHERE, "residence_at_acts": HOME} | known))


def test_a_base_that_asks_for_nothing_is_open_and_its_trial_is_not_known():
    assert reached(basis()) == ("open", "open", "unknown")


def test_known_trials_without_the_accused_make_the_trial_conditional():
    assert reached(basis(extra=("in_absentia_trial_known",))) == ("open", "open", "conditional")


@pytest.mark.parametrize(
    ("seen", "verdict"),
    [
        ((suspect(FORUM),), "open"),
        ((suspect(FORUM, certainty="reported"),), "conditional"),
        ((suspect(FORUM, on=date(2026, 5, 1)),), "conditional"),
        ((suspect(FORUM, on=None),), "conditional"),
        ((suspect(FORUM, on=date(2027, 1, 1)),), "conditional"),
        ((suspect(ELSEWHERE),), "blocked"),
        ((suspect(ELSEWHERE), suspect(FORUM)), "open"),
        ((suspect(ELSEWHERE), suspect(None)), "unknown"),
        ((), "blocked"),
        (None, "unknown"),
    ],
)
def test_presence_counts_only_as_surely_as_it_is_known(seen, verdict):
    assert reached(basis(**NEEDS), suspects=seen) == ("open", verdict, verdict)


def test_what_is_not_known_about_suspects_is_asked_for():
    asked = stages(context(basis(**NEEDS), facts(suspects=None))).finding.missing
    assert [missing.code for missing in asked] == ["suspects"]
    asked = stages(context(basis(**NEEDS), facts(suspects=(suspect(None),)))).finding.missing
    assert [missing.code for missing in asked] == ["suspects.last_seen"]


def test_a_lack_of_suspects_blocks_and_says_what_would_lift_it():
    found = stages(context(basis(**NEEDS))).finding
    assert codes(found)["suspect_presence_blocked"] == "blocks"
    assert [missing.code for missing in found.missing] == ["suspects.last_seen"]


def test_a_case_that_can_be_opened_may_still_need_a_suspect_for_the_trial():
    base = basis(suspect_open="none", suspect_try="presence")
    assert reached(base) == ("open", "open", "blocked")
    assert codes(stages(context(base)).finding)["try_presence"] == "-"


def test_no_stage_is_reached_when_the_one_before_is_not():
    assert reached(basis(suspect_open="presence", suspect_try="none")) == ("open", "blocked", "blocked")


def test_unknown_law_is_never_a_yes():
    assert reached(basis(suspect_open="unknown", suspect_try="unknown")) == ("open", "unknown", "unknown")


def test_an_open_file_on_the_same_ground_makes_disputed_presence_conditional():
    base = basis(suspect_open="unknown", suspect_try="unknown", practice="open_file", practice_year=2024)
    assert reached(base) == ("open", "conditional", "unknown")
    assert reached(base, acts=(act(country="XC"),)) == ("open", "unknown", "unknown")


def test_being_seen_somewhere_is_not_living_there():
    assert reached(basis(suspect_open="residence"), suspects=(suspect(FORUM),))[1] == "conditional"


@pytest.mark.parametrize(("nation", "verdict"), [(FORUM, "open"), (HOME, "blocked"), (None, "unknown")])
def test_the_nationality_of_a_suspect(nation, verdict):
    who = Suspect(id="P-1", nationality=nation)
    assert reached(basis(suspect_open="nationality", suspect_try="nationality"), suspects=(who,))[1] == verdict
    base = basis(**NEEDS, extra=("suspect_is_national_alternative",))
    found = reached(base, suspects=(Suspect(id="P-1", nationality=nation, last_seen=suspect(ELSEWHERE).last_seen),))
    assert found[1] == verdict


def test_a_suspect_who_must_not_be_extradited_is_conditional_even_when_there():
    assert reached(basis(**NEEDS, extra=("suspect_not_extradited",)), suspects=(suspect(FORUM),))[1] == "conditional"


def test_a_prosecutor_may_decline_while_no_suspect_is_expected():
    base = basis(extra=("discretion_if_no_suspect_expected",))
    assert reached(base)[1] == "conditional"
    assert reached(base, suspects=(suspect(FORUM),))[1] == "open"


def test_case_law_that_asks_for_a_tie():
    base = basis(extra=("link_to_forum_required",))
    assert reached(base)[1] == "conditional"
    assert reached(base, victim=victim(residence_now=FORUM))[1] == "open"


def test_a_survivor_who_is_heard_in_the_forum():
    base = basis(extra=("complainant_available_in_forum",))
    assert reached(base)[1] == "conditional"
    assert reached(base, victim=victim(residence_now=FORUM))[1] == "open"
    asked = stages(context(base, facts(victim=victim(residence_now=None)))).finding.missing
    assert [missing.code for missing in asked] == ["victim.residence_now"]


NATIONAL = {"kind": "passive_personality", "victim_link": "nationality"}


@pytest.mark.parametrize(
    ("held", "when", "verdict"),
    [
        ((Nationality(FORUM, date(2015, 3, 1)),), "acts", "open"),
        ((Nationality(FORUM, date(2020, 8, 9)),), "acts", "open"),
        ((Nationality(FORUM, date(2020, 8, 10)),), "acts", "blocked"),
        ((Nationality(FORUM, date(2022, 1, 1)),), "acts", "blocked"),
        ((Nationality(FORUM, date(2022, 1, 1)),), "filing", "open"),
        ((Nationality(FORUM, date(2022, 1, 1)),), "", "conditional"),
        ((Nationality(FORUM),), "acts", "unknown"),
        ((Nationality(HOME),), "acts", "blocked"),
        ((), "acts", "blocked"),
        (None, "acts", "unknown"),
    ],
)
def test_nationality_counts_at_the_moment_the_base_asks_for(held, when, verdict):
    base = basis(**NATIONAL, victim_link_when=when)
    assert reached(base, victim=victim(nationalities=held))[1] == verdict


def test_nationality_later_than_the_acts_may_do_where_the_base_says_so():
    base = basis(**NATIONAL, victim_link_when="acts", extra=("later_nationality_suffices",))
    assert reached(base, victim=victim(nationalities=(Nationality(FORUM, date(2022, 1, 1)),)))[1] == "open"


def test_nationality_at_acts_without_a_day_asks_for_the_day():
    found = stages(
        context(
            basis(**NATIONAL, victim_link_when="acts"),
            facts(acts=(act(first=None),), victim=victim(nationalities=(Nationality(FORUM, date(2015, 1, 1)),))),
        )
    )
    assert found.open == "unknown"
    assert "acts.from" in [missing.code for missing in found.finding.missing]


@pytest.mark.parametrize(
    ("at_acts", "now", "when", "verdict"),
    [
        (FORUM, ELSEWHERE, "acts", "open"),
        (HOME, FORUM, "acts", "blocked"),
        (HOME, FORUM, "filing", "open"),
        (None, FORUM, "acts", "unknown"),
        (FORUM, None, "filing", "unknown"),
        (FORUM, FORUM, "", "open"),
        (HOME, FORUM, "", "conditional"),
        (FORUM, ELSEWHERE, "", "conditional"),
        (HOME, ELSEWHERE, "", "blocked"),
        (None, FORUM, "", "unknown"),
    ],
)
def test_residence_counts_at_the_moment_the_base_asks_for(at_acts, now, when, verdict):
    base = basis(victim_link="residence", victim_link_when=when)
    assert reached(base, victim=victim(residence_at_acts=at_acts, residence_now=now))[1] == verdict


def test_years_of_residence_and_recognition_are_left_to_a_lawyer():
    long = basis(victim_link="refugee_or_residence", victim_link_when="acts", victim_link_years=3)
    assert reached(long, victim=victim(residence_at_acts=FORUM))[1] == "conditional"
    assert reached(long, victim=victim())[1] == "blocked"
    assert reached(long, victim=victim(nationalities=(Nationality(FORUM, date(2000, 1, 1)),)))[1] == "open"
    years = basis(victim_link="residence", victim_link_when="acts", victim_link_years=3)
    assert reached(years, victim=victim(residence_at_acts=FORUM))[1] == "conditional"


def test_nationality_may_do_instead_of_residence():
    base = basis(victim_link="residence", victim_link_when="acts", extra=("victim_national_suffices",))
    assert reached(base, victim=victim(nationalities=(Nationality(FORUM, date(2000, 1, 1)),)))[1] == "open"


def test_one_of_several_links_is_enough_where_the_base_says_so():
    base = basis(victim_link="residence", victim_link_when="filing", extra=("suspect_presence_alternative",))
    assert reached(base)[1] == "blocked"
    assert reached(base, suspects=(suspect(FORUM),))[1] == "open"
    assert reached(base, victim=victim(residence_now=FORUM))[1] == "open"
    found = stages(context(base, facts(suspects=(suspect(FORUM),)))).finding
    assert codes(found)["victim_residence_blocked"] == "-"


def test_the_nationality_of_the_survivor_may_replace_the_presence_of_a_suspect():
    base = basis(**NEEDS, extra=("victim_national_alternative",))
    assert reached(base)[1] == "blocked"
    assert reached(base, victim=victim(nationalities=(Nationality(FORUM, date(2000, 1, 1)),)))[1] == "open"


def test_a_link_that_no_fact_settles_leaves_the_base_unknown_instead_of_blocked():
    base = basis(**NATIONAL, extra=("national_interest_limb",))
    assert reached(base)[1] == "unknown"
    assert codes(stages(context(base)).finding)["other_link"] == "-"
