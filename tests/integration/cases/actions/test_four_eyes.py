"""Four eyes on the steps of a case: who may ask and agree, what an agreement does, and what a forged one does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases import work
from cases.actions import agreed, approving, moving
from cases.actions.asking import ask_person
from cases.actions.breaking_glass import hold
from cases.actions.handing_over import handed
from cases.actions.letters import read_letters
from cases.actions.withdrawing import withdraw
from cases.errors import NotConsented, NotReady, Refused
from cases.models import Approval, Case
from cases.rounds import Part, questions, rounds
from people.models import Person, Role
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor
from vault.errors import Forged, NoGrant
from vault.models import today

Kind, State = Approval.Kind, Approval.State
WHY = "The person said yes to Lithuania, and a file is open there."
LETTER = {"letter": "Мы спыняем працу. Вось чаму.", "language": "be"}
QUESTION = (Part("Дзе быў гэты будынак?", "пракурор мусіць ведаць месца", "H5"),)


@pytest.fixture
def both(reviewed: Case, amina: Survivor, cast: Cast) -> Case:
    """A case in review: Ben and Chloe work on it, its facts are confirmed."""
    from tests.factories.kept import kept

    return kept("in review", lambda: made.given(amina, cast.chloe, cast.dana))


def ask(case: Case, member: Member, kind: str = Kind.ACCEPT, content: dict[str, Any] | None = None) -> Approval:
    return approving.ask(case=case, kind=kind, by=member.person, ring=member.ring, reason=WHY, content=content)


def decide(approval: Approval, member: Member, *, is_agreed: bool = True) -> None:
    agreed.decide(approval=approval, by=member.person, ring=member.ring, reason="I have read it.", is_agreed=is_agreed)


def code_of(error: type[Exception], act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(error) as caught:
        act(*args, **kwargs)
    return getattr(caught.value, "code", "")


def test_a_review_begins_with_the_second_person(both: Case, amina: Survivor) -> None:
    assert amina.fresh().status == Case.Status.IN_REVIEW


class TestAgreeing:
    def test_what_was_agreed_to_is_done(self, both: Case, amina: Survivor, cast: Cast) -> None:
        asked = ask(both, cast.ben)
        decide(asked, cast.dana)
        assert amina.fresh().status == Case.Status.MATCHING
        found = approving.verified(Approval.objects.get(), cast.ben.ring)
        assert (found.pair.first, found.pair.second) == (cast.ben.person.id, cast.dana.person.id)

    def test_a_refusal_does_nothing_and_says_why(self, both: Case, amina: Survivor, cast: Cast) -> None:
        asked = ask(both, cast.ben)
        decide(asked, cast.dana, is_agreed=False)
        assert (amina.fresh().status, Approval.objects.get().state) == (Case.Status.IN_REVIEW, State.REFUSED)
        assert approving.decision_of(Approval.objects.get(), cast.ben.ring)["reason"] == "I have read it."

    def test_closing_sends_its_letter(self, both: Case, amina: Survivor, cast: Cast) -> None:
        decide(ask(both, cast.ben, Kind.CLOSE, LETTER), cast.dana)
        assert amina.fresh().status == Case.Status.CLOSED
        assert read_letters(amina.fresh(), amina.ring)[-1].text == LETTER["letter"]

    def test_closing_without_a_letter_or_a_word_why_is_not_done(self, both: Case, amina: Survivor, cast: Cast) -> None:
        asked = ask(both, cast.ben, Kind.CLOSE)
        assert code_of(NotReady, decide, asked, cast.dana) == "closing_letter"
        assert (amina.fresh().status, Approval.objects.get().state) == (Case.Status.IN_REVIEW, State.REQUESTED)


class TestWhoMay:
    def test_nobody_agrees_to_the_own_asking(self, both: Case, cast: Cast) -> None:
        asked = ask(both, cast.dana)
        assert code_of(Refused, decide, asked, cast.dana) == "own_request"
        decide(asked, cast.marek)

    def test_a_caseworker_does_not_decide(self, both: Case, cast: Cast) -> None:
        asked = ask(both, cast.ben)
        assert "caseworker" in code_of(Refused, decide, asked, cast.chloe)

    def test_who_is_not_on_the_case_does_not_ask(self, both: Case, cast: Cast) -> None:
        cast.chloe.person.assignments.update(ended_on=today())
        assert "assigned" in code_of(Refused, ask, both, cast.chloe)

    def test_an_asker_who_was_suspended_meanwhile(self, both: Case, amina: Survivor, cast: Cast) -> None:
        asked = ask(both, cast.ben)
        Person.objects.filter(id=cast.ben.person.id).update(is_active=False)
        assert code_of(Refused, decide, asked, cast.dana) == "asker"
        assert amina.fresh().status == Case.Status.IN_REVIEW

    def test_one_asking_of_a_kind_at_a_time(self, both: Case, cast: Cast) -> None:
        asked = ask(both, cast.ben)
        assert code_of(Refused, ask, both, cast.chloe) == "already_asked"
        approving.take_back(approval=asked, by=cast.ben.person)
        assert code_of(Refused, decide, asked, cast.dana) == "already_decided"
        ask(both, cast.chloe)

    def test_a_reason_is_needed(self, both: Case, cast: Cast) -> None:
        with pytest.raises(Refused, match="reason"):
            approving.ask(case=both, kind=Kind.ACCEPT, by=cast.ben.person, ring=cast.ben.ring, reason="  ")

    def test_what_nobody_decides_lapses(self, both: Case, cast: Cast) -> None:
        asked = ask(both, cast.ben)
        Approval.objects.update(expires_on=today() - timedelta(days=1))
        assert code_of(Refused, decide, asked, cast.dana) == "expired"
        ask(both, cast.ben)
        assert sorted(Approval.objects.values_list("state", flat=True)) == [State.EXPIRED, State.REQUESTED]


class TestMeanwhile:
    def test_a_permission_that_was_taken_back(self, both: Case, amina: Survivor, cast: Cast) -> None:
        asked = ask(both, cast.ben)
        withdraw(case=amina.fresh(), receipt=amina.ring, scopes=["CNS-02"], language="be")
        assert code_of(NotReady, decide, asked, cast.dana) == "agreed_country"
        assert Approval.objects.get().state == State.REQUESTED

    def test_the_case_moved_on(self, both: Case, amina: Survivor, cast: Cast) -> None:
        first, second = ask(both, cast.ben), ask(both, cast.ben, Kind.CLOSE, LETTER)
        decide(first, cast.dana)
        hold(case=amina.fresh(), by=cast.ben.person, ring=cast.ben.ring, reason="danger")
        assert code_of(NotReady, decide, _transfer(both, cast), cast.dana) == "safety_hold"
        decide(second, cast.dana)
        assert amina.fresh().status == Case.Status.CLOSED
        assert code_of(Refused, moving.apply, amina.fresh(), "accept", by=cast.dana.person) == "stale"

    def test_a_step_from_a_page_that_is_old(self, both: Case, amina: Survivor, cast: Cast) -> None:
        old = amina.fresh()
        decide(ask(both, cast.ben), cast.dana)
        act = {"by": cast.ben.person, "ring": cast.ben.ring, "text": "?", "parts": QUESTION, "language": "be"}
        assert code_of(Refused, ask_person, case=old, **act) == "stale"
        assert not questions(amina.fresh(), cast.ben.ring)

    def test_everything_taken_back_ends_the_work(self, both: Case, amina: Survivor, cast: Cast) -> None:
        asked = ask(both, cast.ben)
        withdraw(case=amina.fresh(), receipt=amina.ring, scopes=["CNS-01"], language="be")
        assert amina.fresh().status == Case.Status.WITHDRAWN
        assert code_of(NotReady, decide, asked, cast.dana) == "agreed_country"


class TestHandingOver:
    def test_without_a_signed_yes_nothing_goes_out(self, both: Case, cast: Cast) -> None:
        assert code_of(NotConsented, decide, _transfer(both, cast), cast.dana) == "CNS-06"
        assert handed(both, cast.ben.ring) == []

    def test_with_it_the_ledger_knows_who_got_what(self, both: Case, amina: Survivor, cast: Cast) -> None:
        made.tell(amina, {"consent": {"CNS-06": {"value": "yes", "lang": "be"}}})
        decide(_transfer(both, cast), cast.dana)
        [found] = handed(amina.fresh(), cast.ben.ring)
        assert (found.scope, found.body, found.what) == ("CNS-06", "Working Group", "One letter")


class TestForged:
    def test_a_row_that_says_agreed_is_nothing(self, both: Case, cast: Cast) -> None:
        asked = ask(both, cast.ben)
        Approval.objects.update(state=State.AGREED, decided_by=cast.dana.person)
        with pytest.raises(Forged):
            approving.verified(Approval.objects.get(id=asked.id), cast.ben.ring)

    def test_a_decision_in_the_hand_of_the_asker(self, both: Case, cast: Cast) -> None:
        """A caseworker on the case can write into `work`; a lead's word it is not."""
        asked = ask(both, cast.ben)
        work.write(both, cast.ben.ring, approving.TABLE, approving.DECIDED, asked.id, {"agreed": True, "reason": "x"})
        with pytest.raises(Forged.__mro__[1]):
            approving.verified(Approval.objects.get(), cast.dana.ring)

    def test_a_lead_who_asked_and_decided_under_another_name(self, both: Case, cast: Cast) -> None:
        asked = ask(both, cast.dana)
        work.write(both, cast.dana.ring, approving.TABLE, approving.DECIDED, asked.id, {"agreed": True, "reason": "x"})
        Approval.objects.update(state=State.AGREED, decided_by=cast.marek.person)
        with pytest.raises(Forged):
            approving.verified(Approval.objects.get(), cast.ben.ring)

    @pytest.mark.parametrize("changed", [{"kind": Kind.CLOSE}, {"requested_by": "chloe"}])
    def test_a_row_that_names_something_else(self, both: Case, cast: Cast, changed: dict[str, Any]) -> None:
        asked = ask(both, cast.ben)
        if "requested_by" in changed:
            changed = {"requested_by": cast.chloe.person}
        Approval.objects.update(**changed)
        with pytest.raises(Forged):
            decide(asked, cast.dana)

    def test_a_step_that_takes_two_is_not_taken_by_one(self, both: Case, amina: Survivor, cast: Cast) -> None:
        assert code_of(Refused, moving.apply, amina.fresh(), "accept", by=cast.dana.person) == "two"
        assert code_of(Refused, moving.apply, amina.fresh(), "withdraw", by=cast.dana.person) == "who"
        assert code_of(Refused, moving.apply, amina.fresh(), "look_again", by=cast.dana.person) == "stale"

    def test_a_stranger_reads_nothing_of_it(self, both: Case, cast: Cast) -> None:
        with pytest.raises(NoGrant):
            approving.request_of(ask(both, cast.ben), cast.lena.ring)


class TestQuestions:
    def test_two_rounds_and_no_more(self, both: Case, amina: Survivor, cast: Cast) -> None:
        for number in (1, 2):
            _ask(amina, cast.ben)
            assert amina.fresh().status == Case.Status.AWAITING_SURVIVOR
            made.write(amina, "Каля вакзала.")
            assert (amina.fresh().status, rounds(both, cast.ben.ring)) == (Case.Status.IN_REVIEW, number)
        assert code_of(Refused, _ask, amina, cast.ben) == "rounds"

    @pytest.mark.parametrize("part", [Part("Дзе?", "", "H5"), Part("Дзе?", "бо трэба", "")])
    def test_each_says_why_and_what_for(self, both: Case, amina: Survivor, cast: Cast, part: Part) -> None:
        assert code_of(NotReady, _ask, amina, cast.ben, part) == "question_linked"
        assert (amina.fresh().messages.count(), amina.fresh().status) == (0, Case.Status.IN_REVIEW)

    def test_an_answer_to_a_question_before_the_account(self, amina: Survivor, cast: Cast) -> None:
        made.assigned(amina, cast.ben)
        from cases.actions.letters import write_from_team

        write_from_team(case=amina.fresh(), by=cast.ben.person, ring=cast.ben.ring, text="Дзякуй.", language="be")
        _ask(amina, cast.ben, Part("Як вам лепш?", "каб не нашкодзіць"))
        made.write(amina, "Праз нумар.")
        assert amina.fresh().status == Case.Status.ACKNOWLEDGED


def test_roles_that_are_no_lead_cannot_be_named_as_second(both: Case, amina: Survivor, cast: Cast) -> None:
    asked = ask(both, cast.ben)
    Person.objects.filter(id=cast.marek.person.id).update(role=Role.CASEWORKER)
    marek = Person.objects.get(id=cast.marek.person.id)
    with pytest.raises(Refused):
        agreed.decide(approval=asked, by=marek, ring=cast.marek.ring, reason="x", is_agreed=True)


def _ask(survivor: Survivor, member: Member, part: Part | None = None) -> None:
    parts = (part,) if part else QUESTION
    ask_person(
        case=survivor.fresh(), by=member.person, ring=member.ring, text="Пытанне", parts=parts, language="be"
    )  # fmt: skip


def _transfer(case: Case, cast: Cast) -> Approval:
    return ask(case, cast.ben, Kind.TRANSFER, {"to": "un", "body": "Working Group", "what": "One letter"})
