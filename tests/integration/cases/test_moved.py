"""After a change of law: stale by numbers alone, assessed again in a session that holds the keys, and shown to Ben."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases import keys, work
from cases.actions import reassessing
from cases.actions.facts import confirm_facts
from cases.actions.reassessing import begin, catch_up, moved, seen, stale
from cases.models import Case, RouteCheck
from jurisdictions import law
from jurisdictions.assess import FactsError
from jurisdictions.models import LawChange
from jurisdictions.review import Ground, Who, propose, sign
from tests.factories.cast import FACTS, Cast, Member
from vault.models import SealedValue

pytestmark = pytest.mark.django_db
NEEDS = {"suspect_file": "none", "suspect_open": "presence", "suspect_try": "presence"}
FREE = {"suspect_file": "none", "suspect_open": "none", "suspect_try": "none"}
OFFICIALS: dict[str, Any] = FACTS | {
    "acts": [
        FACTS["acts"][0]
        | {"crime_facts": ["torture_by_officials", "custody"], "from": "2020-12-12", "to": "2020-12-14"}
    ]
}


@pytest.fixture
def assessed(loaded: object, told: Case, ben: Member) -> Case:
    """Ben's case with confirmed facts, assessed under the law of today."""
    confirm_facts(case=told, by=ben.person, ring=ben.ring, facts=OFFICIALS)
    begin(told, ben.ring)
    return told


def changed(value: dict[str, str], by: str = "lena") -> None:
    """Sign another link of the suspect for the first Lithuanian ground."""
    place, ground = ("JurisdictionBasis", ("LT", 0), "suspect_link"), Ground("https://law.invalid", "New text.", "high")
    made = propose(place=place, value=value, ground=ground, by=Who("Edda", "edda"))
    sign(proposal_id=made.pk, by=Who(by.title(), by))


def waiting(member: Member) -> list[Case]:
    return list(stale(member.person, law.number()))


def test_a_signed_change_makes_open_cases_stale_and_opens_nothing(
    assessed: Case, ben: Member, dana: Member, chloe: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert waiting(ben) == []
    sealed = SealedValue.objects.count()
    monkeypatch.setattr(work, "read", _never)
    monkeypatch.setattr(keys, "open_whole", _never)
    changed(NEEDS)
    assert (waiting(ben), waiting(dana), waiting(chloe)) == ([assessed], [assessed], [])
    assert SealedValue.objects.count() == sealed
    assert LawChange.objects.get(how="review").iso2 == "LT"


def test_the_next_session_of_a_holder_assesses_again_and_the_assignee_sees_which_route_moved(
    assessed: Case, ben: Member, dana: Member
) -> None:
    changed(NEEDS)
    assert moved(assessed, ben.ring) == []
    assert catch_up(dana.person, dana.ring) == 1
    assert waiting(ben) == []
    (found,) = moved(assessed, ben.ring)
    assert (found["forum"], found["crime"], found["was"]) == ("LT", "torture", "open")
    assert found["now"] in ("conditional", "blocked", "unknown")


def test_who_holds_no_key_leaves_the_case_stale(assessed: Case, ben: Member, chloe: Member) -> None:
    changed(NEEDS)
    assert catch_up(chloe.person, chloe.ring) == 0
    assert waiting(ben) == [assessed]


def test_what_moves_back_before_anybody_looks_is_not_shown(assessed: Case, ben: Member) -> None:
    changed(NEEDS)
    catch_up(ben.person, ben.ring)
    assert moved(assessed, ben.ring)
    changed(FREE)
    catch_up(ben.person, ben.ring)
    assert moved(assessed, ben.ring) == []


def test_a_change_that_moves_nothing_writes_nothing_sealed(assessed: Case, ben: Member) -> None:
    place, ground = ("NationalLaw", ("JP",), "legal_aid_note"), Ground("https://law.invalid", "New text.", "high")
    made = propose(place=place, value={"legal_aid_note": "Another note."}, ground=ground, by=Who("Edda", "edda"))
    sign(proposal_id=made.pk, by=Who("Lena", "lena"))
    sealed = SealedValue.objects.count()
    assert catch_up(ben.person, ben.ring) == 1
    assert SealedValue.objects.count() == sealed
    assert RouteCheck.objects.get(case=assessed).law == law.number()


def test_batches_end_with_their_time_and_go_on_later(
    assessed: Case, ben: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(NEEDS)
    assert catch_up(ben.person, ben.ring, seconds=-1) == 0
    assert waiting(ben) == [assessed]
    assert catch_up(ben.person, ben.ring) == 1
    monkeypatch.setattr(reassessing.stored, "read", _never)
    assert catch_up(ben.person, ben.ring) == 0


def test_a_case_without_confirmed_facts_is_not_stale(loaded: object, told: Case, ben: Member) -> None:
    assert waiting(ben) == []


@pytest.mark.shown
def test_the_queue_assesses_again_and_the_pages_show_it_until_ben_has_seen_it(assessed: Case, as_ben: Client) -> None:
    changed(NEEDS)
    as_ben.get(reverse("cases:queue"))
    page = as_ben.get(reverse("cases:moved")).content.decode()
    assert assessed.reference in page
    assert ">Open</span>" in page
    assert (
        "Moved since the law changed" in as_ben.get(reverse("cases:case", args=[assessed.reference])).content.decode()
    )
    answer = as_ben.post(reverse("cases:moved-seen", args=[assessed.reference]))
    assert answer["Location"] == reverse("cases:routes", args=[assessed.reference])
    assert "No route of your 1 case has moved" in as_ben.get(reverse("cases:moved")).content.decode()


@pytest.mark.shown
def test_only_who_works_on_the_case_says_that_it_was_seen(assessed: Case, cast: Cast) -> None:
    changed(NEEDS)
    catch_up(cast.ben.person, cast.ben.ring)
    assert cast.chloe.browser().post(reverse("cases:moved-seen", args=[assessed.reference])).status_code == 403
    assert moved(assessed, cast.ben.ring)
    seen(case=assessed, by=cast.ben.person, ring=cast.ben.ring)
    assert moved(assessed, cast.ben.ring) == []


def _never(*arguments: object, **options: object) -> None:
    raise AssertionError("nothing sealed is opened, and the law is not read, for that")


def test_facts_that_are_refused_today_stop_neither_the_queue_nor_other_cases(
    assessed: Case, ben: Member, as_ben: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise FactsError("acts[0].from", "is after the day of the assessment")

    changed(NEEDS)
    monkeypatch.setattr(reassessing, "assess_routes", refuse)
    assert catch_up(ben.person, ben.ring) == 0
    assert as_ben.get(reverse("cases:queue")).status_code == 200
    assert waiting(ben) == [assessed]
