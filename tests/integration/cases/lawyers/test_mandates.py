"""A lawyer's word about a danger closes a flag; a mandate is given back with a reason, and the case goes on."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cases import steps
from cases.actions import mandates
from cases.actions.flagging import close_flag, raise_flag
from cases.errors import Refused
from cases.flags import found_in
from cases.lawyers import rooms
from cases.models import Case, Proposal
from cases.professionals import FIELD, word_of
from tests.factories.cast import Cast
from tests.factories.lawyers import decide, fresh
from vault.errors import Forged, NoGrant, Unstated

NEAR, WANTED = "SUSPECT_ABROAD", "EXTRADITION"


def raised(case: Case, cast: Cast, flag: str) -> Case:
    raise_flag(case=case, flag=flag, by=cast.ben.person, ring=cast.ben.ring, reason="as the person said")
    return Case.objects.get(id=case.id)


def close(case: Case, cast: Cast, flag: str) -> None:
    asked = close_flag(case=case, flag=flag, by=cast.ben.person, ring=cast.ben.ring, reason="over", word="I called")
    assert asked is not None
    decide(asked, cast.dana)


def say(brief: Proposal, cast: Cast, flag: str, *, is_over: bool = True) -> None:
    lena = cast.lena
    mandates.say_word(
        proposal=fresh(brief), by=lena.person, ring=lena.ring, flag=flag, text=f"About {flag}.", is_over=is_over
    )


class TestWord:
    def test_each_danger_is_closed_on_the_word_about_it(self, brief: Proposal, cast: Cast) -> None:
        case = raised(raised(brief.case, cast, NEAR), cast, WANTED)
        assert case.status == Case.Status.SAFETY_HOLD
        for flag in (NEAR, WANTED):
            say(brief, cast, flag)
        say(brief, cast, "REFOULEMENT", is_over=False)
        for flag in (NEAR, WANTED):
            close(case, cast, flag)
        found = found_in(case, cast.ben.ring)
        assert not {NEAR, WANTED} & set(found.codes)
        assert found.log[-1].word == f"About {WANTED}."

    def test_a_word_that_it_is_not_over_closes_nothing(self, brief: Proposal, cast: Cast) -> None:
        case = raised(brief.case, cast, NEAR)
        say(brief, cast, NEAR)
        say(brief, cast, NEAR, is_over=False)
        with pytest.raises(Refused) as caught:
            close(case, cast, NEAR)
        assert caught.value.code == "word_waits"

    def test_a_word_in_another_hand_is_forged(self, brief: Proposal, cast: Cast) -> None:
        word = {"text": "He left.", "flag": NEAR, "is_over": True, "on": "2026-11-29"}
        rooms.write(fresh(brief), cast.ben.ring, FIELD, word)
        with pytest.raises((Forged, Unstated)):
            word_of(fresh(brief), cast.ben.ring, NEAR)

    def test_about_what_is_not_the_lawyers_nothing_is_said(self, brief: Proposal, cast: Cast) -> None:
        with pytest.raises(Refused):
            say(brief, cast, "SUICIDE")
        with pytest.raises(Refused):
            mandates.say_word(
                proposal=fresh(brief), by=cast.tomas.person, ring=cast.tomas.ring, flag=NEAR, text="x", is_over=True
            )  # fmt: skip

    def test_the_page_tells_no_open_flag_and_works_in_a_hold(self, brief: Proposal, cast: Cast) -> None:
        lena, page = cast.lena.browser(), reverse("cases:own-danger", args=[brief.id])
        before = options(lena, page)
        raised(brief.case, cast, NEAR)
        assert options(lena, page) == before
        typed = {"flag": NEAR, "text": "He was seen in Minsk again.", "is_over": "on"}
        assert lena.post(page, typed).status_code == 302
        assert "He was seen in Minsk again." in lena.get(page).content.decode()
        team = cast.ben.browser().get(reverse("cases:brief", args=[brief.case.reference])).content.decode()
        assert "He was seen in Minsk again." in team
        kept = lena.post(page, {"flag": "", "text": "Typed already."})
        assert "Typed already." in kept.content.decode()


def options(client: Client, page: str) -> str:
    return client.get(page).content.decode().split("<select")[1].split("</select>")[0]


class TestGivingBack:
    def test_the_brief_is_lost_and_the_reason_stays(self, brief: Proposal, cast: Cast) -> None:
        lena, page = cast.lena.browser(), reverse("cases:give-mandate-back", args=[brief.id])
        assert "Give the mandate back" in lena.get(reverse("cases:own-brief", args=[brief.id])).content.decode()
        assert lena.post(page, {"reason": " "}).status_code == 200, "a reason first"
        answer = lena.post(page, {"reason": "I move to another bar."}, follow=True)
        assert "Given back." in answer.content.decode()
        assert brief.case.reference not in answer.content.decode()
        with pytest.raises(NoGrant):
            rooms.opened(fresh(brief), cast.lena.ring)
        assert lena.get(reverse("cases:own-brief", args=[brief.id])).status_code == 404
        assert lena.post(page, {"reason": "again"}).status_code == 404
        names = cast.ben.browser().get(reverse("cases:lawyers", args=[brief.case.reference])).content.decode()
        assert "I move to another bar." in names

    def test_the_case_does_not_wait_for_nobody(self, brief: Proposal, cast: Cast) -> None:
        lena = cast.lena
        mandates.give_back(proposal=fresh(brief), by=lena.person, ring=lena.ring, reason="no time")
        case = Case.objects.get(id=brief.case_id)
        Case.objects.update(has_news=False)
        case.refresh_from_db()
        assert str(steps.next_step(case, cast.dana.person, is_free=False).words) == "Look at the case again"
        page = cast.dana.browser().get(reverse("cases:ways", args=[case.reference])).content.decode()
        assert "Look at it again" in page

    def test_only_the_lawyer_who_has_it(self, brief: Proposal, cast: Cast) -> None:
        for other in (cast.tomas, cast.ben):
            with pytest.raises(Refused):
                mandates.give_back(proposal=fresh(brief), by=other.person, ring=other.ring, reason="x")
        assert fresh(brief).state == Proposal.State.ENGAGED
