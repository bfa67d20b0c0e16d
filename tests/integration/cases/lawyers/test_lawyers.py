"""From a name to a brief: two members, the survivor's signed yes, the lawyer's check and mandate, and what stops it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cases.actions import briefing, offering, releasing
from cases.actions.breaking_glass import hold
from cases.actions.lawyer_records import note_bar_check
from cases.actions.withdrawing import withdraw
from cases.errors import NotConsented, NotReady, Refused
from cases.lawyers import offers, record, rooms
from cases.lawyers.matching import lawyers_for, ranked, wishes_of
from cases.models import Approval, Case, LawyerRecord, Proposal
from people.models import Person
from tests.factories import cast as made
from tests.factories.cast import STORY, Cast, Member, Survivor
from tests.factories.lawyers import (
    APART,
    accepted,
    answered,
    ask,
    briefed,
    checked,
    decide,
    fresh,
    named,
    offered,
    record_of,
)
from vault.errors import Forged, NoGrant, Unstated
from vault.models import SealedValue, today

State = Proposal.State


@pytest.fixture
def matching(reviewed: Case, amina: Survivor, cast: Cast) -> Case:
    """A case that looks for a lawyer, and Lena's record with a fresh look into the register."""
    from tests.factories.kept import kept

    def make() -> Case:
        made.given(amina, cast.chloe, cast.dana)
        record_of(cast.lena, cast)
        decide(ask(amina.fresh(), cast.ben, Approval.Kind.ACCEPT), cast.dana)
        return amina.fresh()

    return kept("matching", make)


def code_of(error: type[Exception], act: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    with pytest.raises(error) as caught:
        act(*args, **kwargs)
    return getattr(caught.value, "code", "")


class TestTheRoad:
    def test_from_a_name_to_a_brief(self, matching: Case, amina: Survivor, cast: Cast) -> None:
        proposal = offered(answered(named(matching, cast), amina), cast)
        assert checked(proposal, cast.lena, ("Nobody Here",)) == []
        accepted(proposal, cast.lena)
        assert amina.fresh().status == Case.Status.ENGAGED
        proposal = briefed(fresh(proposal), cast.ben)
        brief = briefing.open_brief(proposal=proposal, by=cast.lena.person, ring=cast.lena.ring)
        told = brief.account.answer("EPI-08")
        assert told is not None
        assert told["value"] == STORY
        assert brief.account.answer("CTC-01") is None, "how to reach the person goes by the team"
        _record, stream = briefing.open_file(
            proposal=proposal, exhibit_id=brief.account.exhibits[0].id, by=cast.lena.person, ring=cast.lena.ring
        )
        assert b"".join(stream.chunks()).startswith(b"%PDF")
        stream.close()
        briefing.say(proposal=proposal, by=cast.lena.person, ring=cast.lena.ring, text="Which day exactly?")
        briefing.say(proposal=proposal, by=cast.ben.person, ring=cast.ben.ring, text="The twelfth.")
        assert [each.is_lawyer for each in briefing.talk(proposal, cast.lena.ring)] == [True, False]

    def test_a_member_who_begins_later_reads_it_and_one_who_leaves_does_not(
        self, matching: Case, amina: Survivor, cast: Cast
    ) -> None:
        from cases.actions.assigning import end_assignment

        proposal = offered(answered(named(matching, cast), amina), cast)
        end_assignment(case=amina.fresh(), person=cast.chloe.person, by=cast.dana.person, ring=cast.dana.ring)
        with pytest.raises(NoGrant):
            rooms.opened(proposal, cast.chloe.ring)
        made.given(amina, cast.chloe, cast.dana)
        assert offers.offer_of(proposal, cast.chloe.ring)["summary"] == "Held in 2020."
        assert offers.offer_of(proposal, cast.lena.ring)["summary"] == "Held in 2020."


class TestMatching:
    def test_who_may_be_first_and_why_not(self, matching: Case, cast: Cast) -> None:
        record_of(cast.tomas, cast, states="DE")
        wishes = wishes_of(matching, cast.ben.ring)
        assert (wishes.states, wishes.spoken) == ({"LT"}, {"be"})
        first, second = ranked(wishes, lawyers_for(matching), today())
        assert (first.lawyer.record.person, first.against) == (cast.lena.person, ())
        assert [str(each) for each in second.against] == ["Not admitted where the person agreed to a complaint."]

    @pytest.mark.parametrize(
        ("columns", "why"),
        [
            ({"status": "paused"}, "Takes no cases now."),
            ({"cases_at_most": 0}, "Has no room for another case."),
            ({"bar_checked_on": None}, "Nobody looked into the register of the bar within a year."),
            ({"bar_checked_on": today() - timedelta(days=400)}, "Nobody looked into the register"),
        ],
    )
    def test_hard_conditions(self, matching: Case, cast: Cast, columns: dict[str, Any], why: str) -> None:
        LawyerRecord.objects.update(**columns)
        [found] = ranked(wishes_of(matching, cast.ben.ring), lawyers_for(matching), today())
        assert why in str(found.against[0])

    def test_nobody_vouches_for_the_own_bar(self, matching: Case, cast: Cast) -> None:
        assert "lawyer" in code_of(Refused, note_bar_check, lawyer=cast.lena.person, by=cast.lena.person)

    def test_what_is_apart_is_for_the_team_and_the_lawyer(self, matching: Case, cast: Cast) -> None:
        row = LawyerRecord.objects.get()
        for member in (cast.ben, cast.dana, cast.lena):
            assert record.read(row, member.ring) == APART
        with pytest.raises(NoGrant):
            record.read(row, cast.tomas.ring)


class TestTheSurvivorsWord:
    @pytest.mark.parametrize("answer", ["no", "another"])
    def test_no_is_the_end_of_this_name(self, matching: Case, amina: Survivor, cast: Cast, answer: str) -> None:
        proposal = answered(named(matching, cast), amina, answer)
        assert (proposal.state, amina.fresh().has_news) == (State.REFUSED, True)
        assert code_of(Refused, offered, proposal, cast) == "answered"
        assert "came to nothing" in str(
            ranked(wishes_of(matching, cast.ben.ring), lawyers_for(matching), today())[0].against[0]
        )

    def test_one_name_at_a_time(self, matching: Case, cast: Cast) -> None:
        named(matching, cast)
        record_of(cast.tomas, cast)
        assert code_of(Refused, named, matching, cast, cast.tomas) == "named"

    def test_an_answer_is_given_once(self, matching: Case, amina: Survivor, cast: Cast) -> None:
        proposal = answered(named(matching, cast), amina)
        assert code_of(Refused, answered, proposal, amina, "no") == "answered"

    def test_nothing_is_named_that_the_person_did_not_allow(self, matching: Case, amina: Survivor, cast: Cast) -> None:
        withdraw(case=amina.fresh(), receipt=amina.ring, scopes=["CNS-03"], language="be")
        assert code_of(NotConsented, named, matching, cast) == "lawyer"
        assert not Proposal.objects.exists()

    def test_a_yes_that_somebody_wrote_into_the_columns(self, matching: Case, cast: Cast) -> None:
        proposal = named(matching, cast)
        Proposal.objects.update(state=State.AGREED)
        assert code_of(NotReady, offered, proposal, cast) == "no_yes"

    def test_a_yes_in_another_hand(self, matching: Case, cast: Cast) -> None:
        """A caseworker who writes the answer herself: the receipt has not signed it."""
        from cases import records
        from cases.lawyers.proposals import ANSWER, TABLE, opened_messages, read
        from vault.heads import write_head

        proposal = named(matching, cast)
        shown, _ = read(proposal, cast.ben.ring)
        content = {"answer": "yes", "words": "", "language": "be", "on": "2026-11-29", **shown.to_json()}
        messages = opened_messages(matching, cast.ben.ring)
        records.write_next(messages[-1], TABLE, ANSWER, proposal.id, content, cast.ben.ring.signer)
        write_head(matching.id, messages[-1], cast.ben.ring.signer)
        Proposal.objects.update(state=State.AGREED)
        with pytest.raises(Forged):
            offered(fresh(proposal), cast)

    def test_a_yes_to_one_lawyer_is_none_to_another(self, matching: Case, amina: Survivor, cast: Cast) -> None:
        proposal = answered(named(matching, cast), amina)
        Proposal.objects.update(lawyer=cast.tomas.person)
        assert code_of(NotReady, offered, fresh(proposal), cast) == "lawyer"
        assert proposal.lawyer_id == cast.lena.person.id


class TestTheLawyersWord:
    @pytest.fixture
    def offer(self, matching: Case, amina: Survivor, cast: Cast) -> Proposal:
        from tests.factories.kept import kept

        return kept("offered", lambda: offered(answered(named(matching, cast), amina), cast))

    def test_without_a_check_no_mandate(self, offer: Proposal, amina: Survivor, cast: Cast) -> None:
        assert code_of(NotReady, accepted, offer, cast.lena) == "no_conflict"
        assert (amina.fresh().status, fresh(offer).state) == (Case.Status.MATCHING, State.OFFERED)

    def test_a_conflict_stops_until_two_members_go_on(self, offer: Proposal, cast: Cast) -> None:
        checked(offer, cast.lena, ticked=("dispute",))
        assert code_of(Refused, accepted, offer, cast.lena) == "answered"
        decide(ask(offer.case, cast.ben, Approval.Kind.WAIVE, {"proposal": str(offer.id)}), cast.dana)
        assert accepted(fresh(offer), cast.lena).state == State.ENGAGED

    def test_a_waiver_is_of_the_check_that_was_seen(self, offer: Proposal, cast: Cast) -> None:
        checked(offer, cast.lena, ticked=("dispute",))
        decide(ask(offer.case, cast.ben, Approval.Kind.WAIVE, {"proposal": str(offer.id)}), cast.dana)
        checked(fresh(offer), cast.lena, ticked=("dispute", "suspect"))
        Proposal.objects.update(state=State.OFFERED)
        assert code_of(NotReady, accepted, fresh(offer), cast.lena) == "no_conflict"

    def test_declining_takes_the_offer_away(self, offer: Proposal, cast: Cast) -> None:
        offering.decline(proposal=offer, by=cast.lena.person, ring=cast.lena.ring, why="no_time", words="")
        with pytest.raises(NoGrant):
            rooms.opened(fresh(offer), cast.lena.ring)
        assert offers.decision_of(fresh(offer), cast.ben.ring)["why"] == "no_time"

    def test_what_no_lawyer_answers_lapses(self, offer: Proposal, cast: Cast) -> None:
        assert offering.lapse(today() + timedelta(days=15)) == 1
        assert fresh(offer).state == State.LAPSED
        with pytest.raises(NoGrant):
            rooms.opened(fresh(offer), cast.lena.ring)

    def test_another_lawyer_neither_reads_nor_answers(self, offer: Proposal, cast: Cast) -> None:
        with pytest.raises(NoGrant):
            rooms.opened(offer, cast.tomas.ring)
        assert code_of(Refused, checked, offer, cast.tomas) == "another_lawyer"
        assert code_of(Refused, accepted, offer, cast.tomas) == "another_lawyer"

    def test_a_name_of_the_case_meets_whatever_its_spelling(self, matching: Case, amina: Survivor, cast: Cast) -> None:
        made.tell(amina, {"people-1": {"PRP-02": {"value": "Сяргей Выдуманы", "lang": "be"}}})
        agreed_to = answered(named(matching, cast), amina)
        sealed = {"case": amina.fresh(), "by": cast.ben.person, "ring": cast.ben.ring, "reason": "conflicts", "days": 0}
        release = releasing.ask(**sealed)
        releasing.lend(release=release, by=cast.dana.person, ring=cast.dana.ring, reason="yes", days=0)
        offer = offered(agreed_to, cast)
        assert checked(offer, cast.lena, ("Sergey Vydumany", "Someone Else")) == ["named"]
        stored = SealedValue.objects.filter(table="brief").values_list("blob", flat=True)
        assert not any("Выдуманы".encode() in bytes(blob) for blob in stored)
        names = offers.offer_of(fresh(offer), cast.lena.ring)["names"]
        assert "Выдуманы" not in str(names)

    def test_nothing_is_handed_over_before_the_mandate(self, offer: Proposal, cast: Cast) -> None:
        assert code_of(Refused, briefed, offer, cast.ben) == "answered"
        Proposal.objects.update(state=State.ENGAGED)
        assert code_of(NotReady, briefed, fresh(offer), cast.ben) == "mandate"


class TestStopped:
    @pytest.fixture
    def brief(self, matching: Case, amina: Survivor, cast: Cast) -> Proposal:
        from tests.factories.kept import kept

        def make() -> Proposal:
            proposal = offered(answered(named(matching, cast), amina), cast)
            checked(proposal, cast.lena)
            return briefed(accepted(proposal, cast.lena), cast.ben)

        return kept("briefed", make)

    def read(self, proposal: Proposal, lawyer: Member) -> Any:
        return briefing.open_brief(proposal=proposal, by=lawyer.person, ring=lawyer.ring)

    def test_a_permission_taken_back_stops_the_lawyer(self, brief: Proposal, amina: Survivor, cast: Cast) -> None:
        withdraw(case=amina.fresh(), receipt=amina.ring, scopes=["CNS-03"], language="be")
        assert code_of(Refused, self.read, fresh(brief), cast.lena) == "another_lawyer"
        with pytest.raises(NoGrant):
            rooms.opened(fresh(brief), cast.lena.ring)

    def test_a_hold_stops_everything(self, brief: Proposal, amina: Survivor, cast: Cast) -> None:
        hold(case=amina.fresh(), by=cast.ben.person, ring=cast.ben.ring, reason="danger")
        assert code_of(NotReady, self.read, brief, cast.lena) == "safety_hold"
        assert code_of(NotReady, briefed, brief, cast.ben) == "safety_hold"

    def test_a_mandate_that_ends_is_lost_to_that_key(self, brief: Proposal, cast: Cast) -> None:
        briefing.end_mandate(proposal=brief, by=cast.dana.person, ring=cast.dana.ring)
        with pytest.raises(NoGrant):
            rooms.opened(fresh(brief), cast.lena.ring)
        assert offers.offer_of(fresh(brief), cast.ben.ring)["summary"]

    def test_an_engaged_row_alone_opens_nothing(self, brief: Proposal, cast: Cast) -> None:
        Proposal.objects.update(lawyer=cast.tomas.person)
        with pytest.raises((NoGrant, Forged, Unstated)):
            self.read(fresh(brief), cast.tomas)

    def test_a_suspended_lawyer_reads_nothing(self, brief: Proposal, cast: Cast) -> None:
        Person.objects.filter(id=cast.lena.person.id).update(is_active=False)
        lena = Person.objects.get(id=cast.lena.person.id)
        with pytest.raises(Refused):
            briefing.open_brief(proposal=brief, by=lena, ring=cast.lena.ring)

    def test_a_record_that_was_taken_out_shows(self, brief: Proposal, cast: Cast) -> None:
        SealedValue.objects.filter(table="brief", field="offer").delete()
        with pytest.raises(Forged):
            self.read(brief, cast.lena)
