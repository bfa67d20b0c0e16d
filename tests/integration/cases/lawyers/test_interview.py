"""From the plan of an interview to the draft: what the person said is proved, and no forged yes moves a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases import records
from cases.actions import briefing, lawyer_steps, planning
from cases.actions.breaking_glass import hold
from cases.actions.tasks import CARE, tasks_of
from cases.errors import NotReady, Refused
from cases.guards import GUARDS, Sight
from cases.lawyers import aftercare, plans, rooms
from cases.lawyers.proposals import opened_messages
from cases.models import Case, Proposal
from tests.factories.cast import Cast, Member, Survivor
from tests.factories.lawyers import fresh
from tests.factories.papers import brought
from tests.factories.plans import DAY, WORDS, agreed, copied, passed_on, planned, said
from vault.errors import Forged, NoGrant
from vault.heads import write_head
from vault.models import today

FORM = {**WORDS, "day": DAY.isoformat(), "at": "10:00", "until": "12:00", "minutes": "60", "recording": "no"}


def at(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def code_of(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises((Refused, NotReady)) as caught:
        act(*args, **kwargs)
    return str(getattr(caught.value, "code", ""))


def step(proposal: Proposal, lawyer: Member, code: str) -> None:
    lawyer_steps.take(proposal=proposal, by=lawyer.person, ring=lawyer.ring, code=code, seen="")


def noted(proposal: Proposal, by: Member, kind: str = "call", on: date | None = None) -> None:
    planning.note_care(proposal=proposal, by=by.person, ring=by.ring, kind=kind, on=on or today())


class TestTheRoad:
    def test_interview_translation_draft(
        self, brief: Proposal, amina: Survivor, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert code_of(step, brief, cast.lena, "interview") == "plan_accepted"
        proposal = agreed(brief, amina, cast)
        step(proposal, cast.lena, "interview")
        assert amina.fresh().status == Case.Status.INTERVIEW
        assert code_of(step, fresh(brief), cast.lena, "translate") == "interview_stored"
        brought(fresh(brief), cast.lena, "interview")
        assert code_of(step, fresh(brief), cast.lena, "translate") == "called_after"
        later = DAY + timedelta(days=2)
        for place in ("cases.actions.planning.today", "vault.models.today"):
            monkeypatch.setattr(place, lambda: later)
        noted(fresh(brief), cast.ben, on=later)
        monkeypatch.undo()
        step(fresh(brief), cast.lena, "translate")
        assert code_of(step, fresh(brief), cast.lena, "draft_translated") == "certificate"
        brought(fresh(brief), cast.lena, "certificate")
        step(fresh(brief), cast.lena, "draft_translated")
        assert amina.fresh().status == Case.Status.DRAFTING
        assert code_of(step, fresh(brief), cast.lena, "draft_translated") == "stale"

    def test_a_draft_without_an_interview(self, brief: Proposal, amina: Survivor, cast: Cast) -> None:
        step(brief, cast.lena, "draft")
        assert amina.fresh().status == Case.Status.DRAFTING

    def test_a_yes_makes_the_teams_tasks_and_a_note_ends_them(
        self, brief: Proposal, amina: Survivor, cast: Cast
    ) -> None:
        proposal = agreed(brief, amina, cast)
        found = {each.kind: each.row for each in tasks_of(amina.fresh(), cast.ben.ring)}
        assert {kind: found[CARE[kind]].due_on for kind in CARE} == {
            kind: aftercare.due_on(kind, DAY.isoformat(), {"08-12", "08-14"}) for kind in CARE
        }
        noted(proposal, cast.ben, "before")
        assert {each.kind for each in tasks_of(amina.fresh(), cast.ben.ring) if each.row.done_on} == {CARE["before"]}
        assert [line.done_on for line in aftercare.lines(proposal, cast.lena.ring)] == [today().isoformat(), "", ""]
        assert code_of(noted, proposal, cast.ben, on=today() + timedelta(days=1)) == "day"
        assert code_of(noted, proposal, cast.ben, "nonsense") == "not_now"

    def test_a_call_before_the_interview_is_none_after_it(self, brief: Proposal, amina: Survivor, cast: Cast) -> None:
        proposal = agreed(brief, amina, cast)
        noted(proposal, cast.lena, "call")
        assert not GUARDS["called_after"].check(Sight(proposal.case, cast.lena.ring))

    def test_a_changed_plan_is_asked_about_again(self, brief: Proposal, amina: Survivor, cast: Cast) -> None:
        proposal = planned(agreed(brief, amina, cast), cast.lena, minutes=90)
        assert not plans.is_accepted(proposal, cast.lena.ring)
        assert code_of(step, proposal, cast.lena, "interview") == "plan_accepted"
        assert len(plans.copied(copied(proposal, cast.ben), cast.ben.ring)) == 1, (
            "the old yes stays one to the old plan"
        )
        assert not plans.is_accepted(proposal, cast.ben.ring)


class TestThePersonsWord:
    @pytest.mark.parametrize("answer", ["another", "no"])
    def test_anything_but_yes_moves_nothing(self, brief: Proposal, amina: Survivor, cast: Cast, answer: str) -> None:
        proposal = copied(said(passed_on(planned(brief, cast.lena), cast.ben), amina, answer), cast.ben)
        told = plans.answer_to(proposal, cast.lena.ring, plans.plan_of(proposal, cast.lena.ring))
        assert told is not None
        assert told.answer == answer
        assert code_of(step, proposal, cast.lena, "interview") == "plan_accepted"
        assert code_of(said, proposal, amina) == "answered"

    def test_a_yes_that_a_member_made_up(self, brief: Proposal, cast: Cast) -> None:
        """Ben writes into the brief that the person agreed: the receipt has signed nothing."""
        proposal = passed_on(planned(brief, cast.lena), cast.ben)
        number, shown = plans.shown_in(proposal, opened_messages(proposal.case, cast.ben.ring)) or (0, None)
        assert shown is not None
        forged = plans.Said("yes", today().isoformat(), (), shown, number).signed(proposal, cast.ben.ring.signer)
        rooms.write(proposal, cast.ben.ring, plans.COPY, forged.to_json())
        with pytest.raises(Forged):
            step(proposal, cast.lena, "interview")

    def test_a_yes_to_another_plan_put_under_this_one(self, brief: Proposal, amina: Survivor, cast: Cast) -> None:
        proposal = agreed(brief, amina, cast)
        [true] = plans.copied(proposal, cast.ben.ring)
        planned(proposal, cast.lena, minutes=90, recording=True)
        newest = plans.plan_of(proposal, cast.ben.ring)
        assert newest is not None
        moved = replace(true, shown=replace(true.shown, plan=newest.version))
        rooms.write(proposal, cast.ben.ring, plans.COPY, moved.to_json())
        with pytest.raises(Forged):
            plans.is_accepted(proposal, cast.lena.ring)

    def test_an_answer_in_the_letters_that_the_receipt_did_not_sign(
        self, brief: Proposal, amina: Survivor, cast: Cast
    ) -> None:
        proposal = passed_on(planned(brief, cast.lena), cast.ben)
        messages = opened_messages(proposal.case, cast.ben.ring)
        number, shown = plans.shown_in(proposal, messages) or (0, None)
        assert shown is not None
        forged = plans.Said("yes", today().isoformat(), (), shown, number).signed(proposal, cast.ben.ring.signer)
        records.write_next(messages[-1], plans.TABLE, plans.ANSWER, proposal.id, forged.to_json(), cast.ben.ring.signer)
        write_head(proposal.case_id, messages[-1], cast.ben.ring.signer)
        with pytest.raises(Forged):
            copied(proposal, cast.ben)

    def test_hard_days_are_left_alone(self, brief: Proposal, amina: Survivor, cast: Cast) -> None:
        arrest = date(today().year + 1, 8, 12)
        assert code_of(planned, brief, cast.lena, day=arrest.isoformat()) == "hard_day"
        assert code_of(planned, brief, cast.lena, day=(today() - timedelta(days=1)).isoformat()) == "past"
        named = f"{DAY:%m-%d}"
        proposal = said(passed_on(planned(brief, cast.lena), cast.ben), amina, "another", [named])
        assert code_of(passed_on, proposal, cast.ben) == "hard_day", "the member sees it before it is copied"
        assert code_of(planned, copied(proposal, cast.ben), cast.lena) == "hard_day"
        call = DAY + timedelta(days=3)
        assert aftercare.due_on("call", DAY.isoformat(), {f"{call:%m-%d}"}) == DAY + timedelta(days=2)


class TestWhoMayNot:
    def test_another_lawyer(self, brief: Proposal, cast: Cast, as_tomas: Client) -> None:
        assert code_of(planned, brief, cast.tomas) == "another_lawyer"
        assert code_of(step, brief, cast.tomas, "draft") == "another_lawyer"
        for name in ("own-plan", "own-step", "own-aftercare"):
            assert as_tomas.post(at(name, brief.id), FORM | {"step": "draft"}).status_code == 404
        with pytest.raises(NoGrant):
            plans.plan_of(brief, cast.tomas.ring)

    def test_after_the_mandate_and_under_a_hold(self, brief: Proposal, amina: Survivor, cast: Cast) -> None:
        proposal = agreed(brief, amina, cast)
        hold(case=amina.fresh(), by=cast.ben.person, ring=cast.ben.ring, reason="danger")
        assert code_of(step, fresh(brief), cast.lena, "interview") == "safety_hold"
        assert code_of(planned, fresh(brief), cast.lena) == "safety_hold"
        assert code_of(passed_on, fresh(brief), cast.ben) == "safety_hold"
        briefing.end_mandate(proposal=proposal, by=cast.dana.person, ring=cast.dana.ring)
        assert code_of(step, fresh(brief), cast.lena, "interview") == "another_lawyer"
        assert code_of(planned, fresh(brief), cast.lena) == "answered"
        with pytest.raises(NoGrant):
            plans.plan_of(fresh(brief), cast.lena.ring)

    def test_a_member_takes_no_step_of_the_lawyer(self, brief: Proposal, cast: Cast) -> None:
        assert code_of(step, brief, cast.ben, "draft") == "another_lawyer"
        assert code_of(planned, brief, cast.ben) == "another_lawyer"


@pytest.mark.shown
class TestPages:
    def test_plan_pass_on_copy_and_step(
        self, brief: Proposal, amina: Survivor, as_lena: Client, as_ben: Client
    ) -> None:
        case = amina.fresh()
        assert at("own-plan", brief.id) in as_lena.get(at("own-brief", brief.id)).content.decode()
        wrong = as_lena.post(at("own-plan", brief.id), FORM | {"minutes": "120", "until": "09:00"}).content.decode()
        assert "less than or equal to 90" in wrong
        assert "It ends before it begins." in wrong
        assert "a raised hand" in wrong
        hard = as_lena.post(at("own-plan", brief.id), FORM | {"day": f"{today().year + 1}-08-12"}).content.decode()
        assert "On this day nobody should call" in hard
        assert as_lena.post(at("own-plan", brief.id), FORM).status_code == 302
        page = as_ben.get(at("brief", case.reference)).content.decode()
        assert at("plan", case.reference) in page
        assert "The lawyer’s plan waits to be passed on." in page
        page = as_ben.get(at("plan", case.reference)).content.decode()
        assert "Begin where the person likes." in page
        sent = {"seen": "7", "text": "Размова.", "language": "be"}
        stale = as_ben.post(at("plan", case.reference), sent).content.decode()
        assert "The case has moved on" in stale
        assert "Размова." in stale
        assert as_ben.post(at("plan", case.reference), sent | {"seen": "1"}).status_code == 302
        said(fresh(brief), amina)
        assert "answer waits to be copied" in as_ben.get(at("brief", case.reference)).content.decode()
        assert "Copy the answer for the lawyer" in as_ben.get(at("plan", case.reference)).content.decode()
        as_ben.post(at("copy-plan-answer", case.reference))
        page = as_lena.get(at("own-brief", brief.id)).content.decode()
        assert "The person agreed on" in page
        answer = as_lena.post(at("own-aftercare", brief.id), {"kind": "before", "on": today().isoformat()}, follow=True)
        assert "Noted." in answer.content.decode()
        assert "Choose the day" in as_ben.post(
            at("aftercare", case.reference), {"kind": "before", "on": "x"}, follow=True
        ).content.decode()  # fmt: skip
        early = as_lena.post(at("own-step", brief.id), {"step": "translate", "seen": "engaged"})
        assert early.status_code == 409
        as_lena.post(at("own-step", brief.id), {"step": "interview", "seen": "engaged"})
        assert amina.fresh().status == Case.Status.INTERVIEW
        assert "<b>Not yet.</b>" in as_lena.get(at("own-brief", brief.id)).content.decode()

    def test_dates_and_a_calendar_without_names(
        self, brief: Proposal, amina: Survivor, cast: Cast, as_lena: Client, as_ben: Client
    ) -> None:
        agreed(brief, amina, cast)
        reference = amina.fresh().reference
        assert "10:00" in as_lena.get(at("own-dates")).content.decode()
        assert "10:00" in as_ben.get(at("dates", reference)).content.decode()
        for answer in (as_lena.get(at("own-dates-file")), as_ben.get(at("dates-file", reference))):
            lines = answer.content.decode().split("\r\n")
            assert lines[0] == "BEGIN:VCALENDAR"
            assert [each for each in lines if each.startswith("SUMMARY")] == [
                f"SUMMARY:{reference} {title}" for title in ("Call", "Appointment", "Call", "Call")
            ]
            assert f"DTSTART:{DAY:%Y%m%d}T100000" in lines
            assert not any("Lena" in each or "Amina" in each or "interview" in each.lower() for each in lines)

    def test_the_time_limit_of_the_country(
        self, brief: Proposal, cast: Cast, as_lena: Client, routes: list[dict[str, Any]], monkeypatch: Any
    ) -> None:
        page = as_lena.get(at("own-brief", brief.id)).content.decode()
        assert "unknown, a lawyer must confirm" in page
        found = [each | {"deadline": {"date": "2035-08-12", "kind": "earliest"}} for each in routes]
        monkeypatch.setattr("cases.actions.facts.assess_routes", lambda facts, on, language="en": found)
        briefing.hand_over(proposal=brief, by=cast.ben.person, ring=cast.ben.ring)
        page = as_lena.get(at("own-brief", brief.id)).content.decode()
        assert "12 August 2035" in page
        assert "unverified" in page
        assert "12 August 2035" in as_lena.get(at("own-dates")).content.decode()
