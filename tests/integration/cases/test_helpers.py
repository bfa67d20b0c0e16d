"""Somebody tells it for another person: what the team sees first, and what waits until the person was asked."""

from __future__ import annotations

from typing import Any

import pytest

from cases import access, consenting
from cases.errors import NotConsented
from cases.flags import flags_of
from cases.limits import limits_of
from cases.models import Case
from cases.wording import FLAGS
from tests.factories import cast as made
from tests.factories import recorded
from tests.factories.cast import Cast, Member, Survivor

CONSENT = made.SECTIONS["consent"]


def by_helper(survivor: Survivor, member: Member, agrees: str | None, teller: str = "family") -> Case:
    """An account of a helper that agrees to everything, on the member's desk."""
    safety: dict[str, Any] = {"SAF-03": {"value": teller, "lang": "be"}}
    if agrees:
        safety["REP-08"] = {"value": agrees, "lang": "be"}
    made.assigned(survivor, member)
    return made.tell(survivor, {"safety": safety, "consent": CONSENT})


def require(case: Case, member: Member) -> None:
    account = access.open_account(case, by=member.person, ring=member.ring, purpose="assessment")
    consenting.require_in_account(account, "LT")


@pytest.mark.parametrize(
    ("agrees", "words"),
    [
        ("not_asked", "the person was not asked"),
        ("detained", "in detention"),
        ("missing", "missing"),
        ("dead", "died"),
        ("child", "a child"),
    ],
)
def test_the_team_sees_first_what_to_do(amina: Survivor, ben: Member, agrees: str, words: str) -> None:
    assert limits_of(by_helper(amina, ben, agrees), ben.ring).lines[0].strong == words


def test_nothing_is_made_before_the_person_was_asked(amina: Survivor, ben: Member) -> None:
    case = by_helper(amina, ben, "not_asked")
    assert limits_of(case, ben.ring).is_without_mandate
    with pytest.raises(NotConsented, match="helper"):
        require(case, ben)


@pytest.mark.parametrize(("agrees", "teller"), [("agrees", "family"), ("not_asked", "witness"), (None, "self")])
def test_an_agreement_or_the_own_story_goes_on(amina: Survivor, ben: Member, agrees: str | None, teller: str) -> None:
    case = by_helper(amina, ben, agrees, teller)
    assert not limits_of(case, ben.ring).is_without_mandate
    require(case, ben)


def test_a_dossier_that_waits_stops_for_a_helper_who_has_not_asked(cast: Cast, amina: Survivor) -> None:
    from cases.models import Dossier

    case = by_helper(amina, cast.ben, "not_asked")
    dossier = Dossier(case=case, number=1, requested_by=cast.ben.person, lawyer=cast.lena.person)
    with pytest.raises(NotConsented, match="helper"):
        consenting.require_now(dossier, cast.ben.ring, "LT")


def test_case_and_reading_view_say_who_told_it(amina: Survivor, ben: Member) -> None:
    case, browser = by_helper(amina, ben, "agrees"), ben.browser()
    page = browser.get(f"/desk/cases/{case.reference}/").content.decode()
    assert "told by a family member (they know and agree); not an interview record" in page
    browser.post(f"/desk/cases/{case.reference}/account/open/", {"purpose": "assessment"})
    page = browser.get(f"/desk/cases/{case.reference}/account/").content.decode()
    assert "told by a family member (they know and agree); not an interview record" in page


def test_a_recording_for_somebody_who_was_not_asked_is_frozen_from_the_start(ben: Member) -> None:
    who = {"SAF-03": {"value": "helper", "lang": "be"}, "REP-08": {"value": "not_asked", "lang": "be"}}
    row = recorded.begun(ben, who=who)
    case = recorded.founded(row, ben)
    assert limits_of(case, ben.ring).is_without_mandate
    assert FLAGS["HELPER_NO_MANDATE"] in {flag.words for flag in flags_of(case, ben.ring)}
    browser = ben.browser()
    page = browser.get(f"/desk/recordings/{row.id}/").content.decode()
    assert "The person whom it is about was not asked yet" in page
    assert "Contact and safety" in page
    assert "What happened" not in page
    assert browser.get(f"/desk/recordings/{row.id}/parts/story-1/1/").status_code == 404
