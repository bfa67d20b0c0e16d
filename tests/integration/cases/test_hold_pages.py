"""The pages of the safety hold: put on, lift by two, break the glass, look at it; and who may see them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions import breaking_glass
from cases.models import Case, HoldRelease
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor
from tests.factories.kept import kept

pytestmark = pytest.mark.shown

DANGER = {**made.FIRST, "SAF-04": {"value": ["danger_now"], "lang": "be"}}


@pytest.fixture
def olga(cast: Cast) -> Survivor:
    """A survivor in danger; Ben works on the case, which began in safety hold."""

    def contact() -> Survivor:
        survivor = made.first_contact(DANGER)
        made.assigned(survivor, cast.ben)
        return survivor

    return kept("in danger", contact)


def post(member: Member, name: str, argument: Any, *, coded: bool = False, **fields: str) -> Any:
    """Send a form from a browser of the member's; coded: with a fresh code of the second factor."""
    client = member.browser()
    return client.post(reverse(f"cases:{name}", args=[argument]), fields | ({"code": member.code()} if coded else {}))


def page(member: Member, name: str, *args: Any) -> str:
    return member.browser().get(reverse(f"cases:{name}", args=args)).content.decode()


def test_the_next_step_is_the_answer_and_then_the_hold(cast: Cast, olga: Survivor) -> None:
    where = olga.case.reference
    assert "first answer" in page(cast.ben, "case", where)
    post(cast.ben, "letters", where, text="Добры дзень", language="be")
    assert "Next step: look at the safety hold" in page(cast.ben, "case", where)


def test_lifted_by_two_on_their_pages(cast: Cast, olga: Survivor) -> None:
    where = olga.case.reference
    assert "somebody is in danger now" in page(cast.ben, "hold", where)
    post(cast.ben, "hold-note", where, note="They are in Vilnius with family.")
    release = HoldRelease.objects.get()
    shown = page(cast.dana, "hold-release", release.id)
    assert shown.index("They are in Vilnius") < shown.index("Your word")
    fields = {"reason": "Good.", "decision": "agree"}
    assert post(cast.dana, "hold-release", release.id, coded=True, **fields).status_code == 302
    assert olga.fresh().status == "acknowledged"
    assert "Dana lifted the hold" in page(cast.ben, "hold-release", release.id)


def test_put_on_hold_by_hand_with_words(cast: Cast, amina: Survivor) -> None:
    made.assigned(amina, cast.ben)
    where = amina.case.reference
    assert post(cast.ben, "place-hold", where, reason="").status_code == 200
    assert post(cast.ben, "place-hold", where, reason="The brother was called in.").status_code == 302
    assert "The brother was called in." in page(cast.dana, "hold", where)
    assert post(cast.ben, "place-hold", where, reason="Again.").status_code == 409


def test_alone_with_a_second_factor_told_and_reviewed(cast: Cast, olga: Survivor) -> None:
    where = olga.case.reference
    assert post(cast.dana, "break-glass", where, coded=True, reason="Tonight.").status_code == 302
    assert olga.fresh().status == "acknowledged"

    assert "another lead looks into it" in page_of(cast.dana, "people:alarms")
    assert "Look into this" in page_of(cast.marek, "people:alarms")
    release = HoldRelease.objects.get()
    assert "Your word" not in page(cast.dana, "hold-release", release.id)
    fields = {"reason": "I would have waited.", "decision": "disagree"}
    assert post(cast.marek, "hold-release", release.id, coded=True, **fields).status_code == 302
    assert olga.fresh().status == "safety_hold"
    assert "No alarm waits." in page_of(cast.marek, "people:alarms")


@pytest.mark.parametrize("code", ["", "000000"])
def test_alone_needs_the_second_factor_again(cast: Cast, olga: Survivor, code: str) -> None:
    assert post(cast.dana, "break-glass", olga.case.reference, reason="Tonight.", code=code).status_code == 200
    assert olga.fresh().status == "safety_hold"


def page_of(member: Member, name: str) -> str:
    return member.browser().get(reverse(name)).content.decode()


def test_a_late_review_is_said_to_be_late(cast: Cast, olga: Survivor) -> None:
    breaking_glass.break_glass(case=olga.fresh(), by=cast.dana.person, ring=cast.dana.ring, reason="Tonight.")
    assert ", late" not in page(cast.marek, "holds")
    HoldRelease.objects.update(review_by=timezone.now())
    assert ", late" in page(cast.marek, "holds")
    assert "1 alarm waits." in page(cast.marek, "queue")


@pytest.mark.parametrize("level", ["P1", "P2"])
def test_the_glass_is_offered_for_p0_only(cast: Cast, olga: Survivor, level: str) -> None:
    assert "Lift it alone" in page(cast.dana, "hold", olga.case.reference)
    assert "Lift it alone" not in page(cast.ben, "hold", olga.case.reference)
    Case.objects.filter(id=olga.case.id).update(level=level)
    assert "Lift it alone" not in page(cast.dana, "hold", olga.case.reference)
    answer = post(cast.dana, "break-glass", olga.case.reference, coded=True, reason="Now.")
    assert answer.status_code == 409
    assert "P0 case only" in answer.content.decode()


class TestWhoMay:
    @pytest.fixture
    def note(self, cast: Cast, olga: Survivor) -> HoldRelease:
        return breaking_glass.write_note(case=olga.fresh(), by=cast.ben.person, ring=cast.ben.ring, note="Safe.")

    @pytest.mark.parametrize(("login", "status"), [("ben", 200), ("dana", 200), ("chloe", 403), ("lena", 403)])
    def test_pages(self, cast: Cast, note: HoldRelease, login: str, status: int) -> None:
        client = getattr(cast, login).browser()
        assert client.get(reverse("cases:hold", args=[note.case.reference])).status_code == status
        assert client.get(reverse("cases:hold-release", args=[note.id])).status_code == status
        leads_only = 200 if login == "dana" else 403
        assert client.get(reverse("cases:holds")).status_code == leads_only

    @pytest.mark.parametrize("name", ["place-hold", "hold-note", "break-glass"])
    @pytest.mark.parametrize("login", ["chloe", "lena"])
    def test_acts(self, cast: Cast, note: HoldRelease, login: str, name: str) -> None:
        assert post(getattr(cast, login), name, note.case.reference, reason="x", note="x").status_code == 403

    def test_a_caseworker_does_not_break_the_glass(self, cast: Cast, note: HoldRelease) -> None:
        answer = post(cast.ben, "break-glass", note.case.reference, coded=True, reason="x")
        assert answer.status_code == 403

    def test_the_first_person_sees_no_buttons(self, cast: Cast, olga: Survivor) -> None:
        note = breaking_glass.write_note(case=olga.fresh(), by=cast.dana.person, ring=cast.dana.ring, note="Safe.")
        fields = {"reason": "Mine.", "decision": "agree"}
        assert "Your word" not in page(cast.dana, "hold-release", note.id)
        assert post(cast.dana, "hold-release", note.id, coded=True, **fields).status_code == 200
        assert olga.fresh().status == "safety_hold"

    def test_another_team_finds_nothing(self, cast: Cast, note: HoldRelease) -> None:
        Case.objects.filter(id=note.case_id).update(team="South")
        for name, argument in (("hold", note.case.reference), ("hold-release", note.id)):
            assert cast.dana.browser().get(reverse(f"cases:{name}", args=[argument])).status_code == 404
        assert note.case.reference not in page(cast.dana, "holds")

    def test_nobody_enters_without_signing_in(self, note: HoldRelease) -> None:
        for path in (reverse("cases:holds"), reverse("cases:hold", args=[note.case.reference])):
            assert Client().get(path)["Location"].split("?")[0] == "/desk/sign-in/"
