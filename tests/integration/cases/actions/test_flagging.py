"""Risk flags: open until somebody who may has closed them with a reason, and open again by a later answer."""

from __future__ import annotations

from typing import Any

import pytest

from cases import flag_log, work
from cases.actions import agreed, approving, caring
from cases.actions.asking import ask_person
from cases.actions.flagging import close_flag, lower_level, note_step, open_codes, raise_flag
from cases.errors import NotReady, Refused
from cases.flag_rules import ACTIONS, CLOSERS, rules
from cases.flagged import flags_of_each
from cases.flags import UNREADABLE, found_in, marks_of
from cases.models import Approval, Care, Case, LimitationClock
from cases.raising import rules as raised_by
from cases.rounds import Part
from cases.wording import FLAGS
from people.models import Role
from tests.attack.joined import admitted
from tests.factories import cast as made
from tests.factories.cast import FIRST, Cast, Member, Survivor
from vault.errors import Forged, Unstated
from vault.models import AuditEvent, today

Kind = Approval.Kind
WHY = "They are safe in Vilnius now."
CALM = {**FIRST, "SAF-04": {"value": ["none"], "lang": "be"}}
HEALTHY = {"consent": {"CNS-13": {"value": "yes", "lang": "be"}}}


def begun(ticked: str, member: Member) -> Survivor:
    """A case whose first answers raise something, on which the member works."""
    found = made.first_contact({**FIRST, "SAF-04": {"value": [ticked], "lang": "be"}})
    made.assigned(found, member)
    return found


def close(case: Case, flag: str, by: Member, word: str = "") -> Approval | None:
    return close_flag(case=case, flag=flag, by=by.person, ring=by.ring, reason=WHY, word=word)


def raise_(case: Case, flag: str, by: Member) -> Approval | None:
    return raise_flag(case=case, flag=flag, by=by.person, ring=by.ring, reason=WHY)


def decide(approval: Approval | None, by: Member) -> None:
    assert approval is not None
    agreed.decide(approval=approval, by=by.person, ring=by.ring, reason="yes", is_agreed=True)


def code_of(error: type[Exception], act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(error) as caught:
        act(*args, **kwargs)
    return getattr(caught.value, "code", "")


def test_every_flag_says_what_comes_first_and_who_closes_it() -> None:
    assert set(rules()) == set(FLAGS) >= {rule.code for rule in raised_by()}
    assert {(rule.code, step) for rule in rules().values() for step in rule.steps} == set(ACTIONS)
    assert {(rule.first, rule.second, rule.word) for rule in rules().values()} <= set(CLOSERS)
    assert all(rule.hours or rule.working_days for rule in rules().values())
    highest = {code: min(rule.level for rule in raised_by() if rule.code == code) for code in FLAGS if code in {
        rule.code for rule in raised_by()}}  # fmt: skip
    assert {code: rules()[code].level for code in highest} == highest | {"SUICIDE": "P1"}


class TestClosing:
    def test_by_one_it_leaves_the_head_stays_readable_and_opens_again(self, cast: Cast) -> None:
        olga = begun("fresh_injury", cast.ben)
        case = olga.fresh()
        note_step(case=case, flag="FRESH_INJURY", step="photos", is_done=True, by=cast.ben.person, ring=cast.ben.ring)
        assert set(flag_log.done_steps(found_in(case, cast.ben.ring).log, "FRESH_INJURY")) == {"photos"}
        assert close(case, "FRESH_INJURY", cast.ben) is None
        assert marks_of(case, cast.dana.ring).flags == flags_of_each([case], cast.dana.ring)[case.id] == []
        [_done, closed] = found_in(case, cast.dana.ring).log
        assert (closed.reason, closed.by, closed.on) == (WHY, cast.ben.person.id, today())
        assert code_of(Refused, close, case, "FRESH_INJURY", cast.ben) == "flag_closed"
        made.tell(olga, {"story": {"EPI-02": {"value": _recent(), "lang": "be"}}})
        assert found_in(case, cast.ben.ring).codes == ["FRESH_INJURY"]
        shown = flags_of_each([olga.fresh()], cast.ben.ring)[case.id]
        assert [flag.words for flag in shown] == [FLAGS["FRESH_INJURY"]]
        assert flag_log.done_steps(found_in(case, cast.ben.ring).log, "FRESH_INJURY") == {}

    def test_what_takes_a_lead_a_caseworker_does_not_close(self, amina: Survivor, cast: Cast) -> None:
        case = made.assigned(amina, cast.ben)
        assert code_of(Refused, close, case, "FAMILY", cast.ben) == "lead"
        assert code_of(Refused, close, case, "FAMILY", cast.chloe) not in ("", "lead")
        close(case, "FAMILY", cast.dana)
        assert found_in(case, cast.ben.ring).codes == []

    def test_two_close_it_on_the_word_of_a_lawyer(self, cast: Cast) -> None:
        case = begun("suspect_near", cast.ben).fresh()
        assert code_of(Refused, close, case, "SUSPECT_ABROAD", cast.ben) == "word"
        asked = close(case, "SUSPECT_ABROAD", cast.ben, "Ms Kowalska, Warsaw: he left the country.")
        assert found_in(case, cast.ben.ring).codes == ["SUSPECT_ABROAD"], "open until a lead agrees"
        assert code_of(Refused, close, case, "SUSPECT_ABROAD", cast.ben, "again") == "already_asked"
        decide(asked, cast.dana)
        assert found_in(case, cast.ben.ring).codes == []
        assert "SUSPECT" not in str(list(AuditEvent.objects.values())) + str(list(Approval.objects.values()))

    def test_what_comes_between_asking_and_agreeing_keeps_it_open(self, cast: Cast) -> None:
        olga = begun("suspect_near", cast.ben)
        asked = close(olga.fresh(), "SUSPECT_ABROAD", cast.ben, "Ms Kowalska: he left.")
        made.tell(olga, {"people-1": {"PRP-12": {"value": "Варшава", "lang": "be"}}})
        decide(asked, cast.dana)
        assert found_in(olga.fresh(), cast.ben.ring).codes == ["SUSPECT_ABROAD"]

    def test_two_leads_close_what_is_about_a_child(self, cast: Cast) -> None:
        case = begun("under_18", cast.ben).fresh()
        assert code_of(Refused, close, case, "MINOR", cast.ben) == "lead"
        asked = close(case, "MINOR", cast.dana)
        assert asked is not None
        assert code_of(Refused, decide, asked, cast.dana) == "own_request"
        decide(asked, cast.marek)
        assert found_in(case, cast.dana.ring).codes == []

    def test_a_time_limit_is_open_until_its_next_threshold(self, amina: Survivor, cast: Cast) -> None:
        case = made.assigned(amina, cast.ben)
        clock = LimitationClock.objects.create(case=case, place=0, week=today(), alert=90)
        assert "LIMITATION" in open_codes(case, cast.ben.ring)
        close(case, "LIMITATION", cast.ben, "Mr Novak: the day was interrupted.")
        assert "LIMITATION" not in open_codes(case, cast.ben.ring)
        LimitationClock.objects.filter(id=clock.id).update(alert=30)
        assert "LIMITATION" in open_codes(amina.fresh(), cast.ben.ring)

    @pytest.mark.parametrize(
        "entry",
        [
            {"flag": "FAMILY", "upto": 9},
            {"flag": "MINOR", "upto": 9},
            {"flag": "MINOR", "upto": 9, "approval": "11111111-1111-4111-8111-111111111111"},
        ],
    )
    def test_one_that_a_caseworker_wrote_past_the_pages_closes_nothing(
        self, amina: Survivor, cast: Cast, entry: dict[str, Any]
    ) -> None:
        case = made.assigned(amina, cast.ben)
        flag_log.note(case, cast.ben.ring, flag_log.CLOSED, reason="x", **entry)
        with pytest.raises((Forged, Unstated)):
            found_in(case, cast.dana.ring)
        assert marks_of(case, cast.dana.ring).flags == [UNREADABLE]

    def test_an_agreement_about_another_flag_closes_nothing(self, cast: Cast) -> None:
        case = begun("suspect_near", cast.ben).fresh()
        raise_(case, "EXTRADITION", cast.ben)
        asked = close(case, "EXTRADITION", cast.ben, "Ms Kowalska: deleted.")
        decide(asked, cast.dana)
        assert asked is not None
        more = {"upto": 0, "approval": str(asked.id), "reason": "x"}
        flag_log.note(case, cast.dana.ring, flag_log.CLOSED, "SUSPECT_ABROAD", **more)
        with pytest.raises(Forged):
            found_in(case, cast.ben.ring)


class TestRaisingByHand:
    def test_the_level_follows_and_danger_holds_the_case(self, cast: Cast) -> None:
        olga = made.first_contact(CALM)
        case = made.assigned(olga, cast.ben)
        raise_(case, "TNR", cast.ben)
        assert (olga.fresh().level, olga.fresh().status) == (Case.Level.P1, case.status)
        raise_(olga.fresh(), "REFOULEMENT", cast.ben)
        assert (olga.fresh().level, olga.fresh().status) == (Case.Level.P0, Case.Status.SAFETY_HOLD)
        assert code_of(Refused, raise_, olga.fresh(), "TNR", cast.ben) == "flag_open"
        assert code_of(Refused, raise_flag, case=case, flag="SVG", by=cast.ben.person, ring=cast.ben.ring, reason=" ")
        assert code_of(Refused, raise_, case, "NONE", cast.ben) == "flag"

    def test_a_suspicion_takes_two_holds_the_case_and_tells_the_person_nothing(
        self, amina: Survivor, cast: Cast
    ) -> None:
        case = made.assigned(amina, cast.ben)
        asked = raise_(case, "IMPOSTOR", cast.ben)
        assert "IMPOSTOR" not in found_in(case, cast.ben.ring).codes
        assert amina.fresh().status != Case.Status.SAFETY_HOLD
        decide(asked, cast.dana)
        assert "IMPOSTOR" in found_in(case, cast.ben.ring).codes
        assert amina.fresh().status == Case.Status.SAFETY_HOLD
        assert marks_of(case, amina.ring).flags == []
        assert case.messages.count() == 0
        assert code_of(Refused, close, case, "IMPOSTOR", cast.ben) == "lead"
        flag_log.note(case, cast.ben.ring, flag_log.RAISED, "IMPOSTOR", reason="alone")
        with pytest.raises(Forged):
            found_in(case, cast.dana.ring)

    def test_questions_stop_while_a_child_or_a_helper_without_mandate_is_named(self, cast: Cast) -> None:
        olga = made.first_contact(CALM)
        case = made.assigned(olga, cast.ben)
        from cases.actions.letters import write_from_team

        write_from_team(case=case, by=cast.ben.person, ring=cast.ben.ring, text="Дзякуй.", language="be")
        raise_(olga.fresh(), "HELPER_NO_MANDATE", cast.ben)
        parts, texts = (Part("Дзе?", "трэба", "H5"),), {"text": "Дзе?", "language": "be"}
        act = {"by": cast.ben.person, "ring": cast.ben.ring, "parts": parts, **texts}
        assert code_of(NotReady, ask_person, case=olga.fresh(), **act) == "flag_questions"
        close(olga.fresh(), "HELPER_NO_MANDATE", cast.ben)
        ask_person(case=olga.fresh(), **act)


class TestLevel:
    def test_a_lead_lowers_it_once_nothing_calls_for_more(self, amina: Survivor, cast: Cast) -> None:
        case = made.assigned(amina, cast.ben)
        lower = {"case": case, "level": "P2", "ring": cast.dana.ring, "reason": WHY}
        assert code_of(Refused, lower_level, **lower, by=cast.dana.person) == "flag_urgent"
        close(case, "FAMILY", cast.dana)
        assert amina.fresh().level == Case.Level.P1, "never by itself"
        assert code_of(Refused, lower_level, **lower, by=cast.ben.person)
        lower_level(**lower, by=cast.dana.person)
        assert (amina.fresh().level, amina.fresh().answer_by) == (Case.Level.P2, None)
        assert code_of(Refused, lower_level, **lower | {"case": amina.fresh(), "level": "P0"}, by=cast.dana.person)


class TestClinician:
    @pytest.fixture
    def carla(self, cast: Cast) -> Member:
        """A clinician."""
        return admitted(cast, "carla", Role.CLINICIAN)

    def test_closes_thoughts_of_dying_together_with_a_lead(self, cast: Cast, carla: Member) -> None:
        olga = begun("dying_thoughts", cast.ben)
        made.tell(olga, {**made.SECTIONS, "consent": {**made.SECTIONS["consent"], **HEALTHY["consent"]}})
        care = caring.give(case=olga.fresh(), clinician=carla.person, by=cast.ben.person, ring=cast.ben.ring)
        case = olga.fresh()
        assert code_of(Refused, close, case, "SUICIDE", cast.ben, "I asked her") == "word_waits"
        speak = {"care": care, "by": carla.person, "ring": carla.ring}
        caring.say(**speak, text="Still in danger.", is_over=False)
        assert code_of(Refused, close, case, "SUICIDE", cast.ben) == "word_waits"
        caring.say(**speak, text="Safe, in treatment.", is_over=True)
        decide(close(case, "SUICIDE", cast.ben), cast.dana)
        found = found_in(case, cast.ben.ring)
        assert ("SUICIDE" in found.codes, found.log[-1].word) == (False, "Safe, in treatment.")
        raise_(case, "SUICIDE", cast.ben)
        assert code_of(Refused, close, case, "SUICIDE", cast.ben) == "word_waits", "a word counts once"
        assert Care.objects.get().has_news


def _recent() -> dict[str, int]:
    return {"year": today().year, "month": today().month, "day": today().day}


def test_work_of_another_hand_is_no_log(amina: Survivor, cast: Cast) -> None:
    case = made.assigned(amina, cast.ben)
    content = {"do": "closed", "flag": "FAMILY", "on": today().isoformat(), "upto": 9}
    opened = work.opened(case, cast.ben.ring)
    from cases import records

    records.write_next(opened[-1], flag_log.TABLE, flag_log.FIELD, case.id, content, cast.ben.ring.signer)
    assert marks_of(case, cast.dana.ring).flags == [UNREADABLE], "the head does not list it"
    assert {Kind.FLAG} == approving.MANY
