"""The pages about lawyers: the team's, the lawyer's own, and the one on which the person answers."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Approval, Case, LawyerRecord, Proposal
from tests.factories import cast as made
from tests.factories.cast import STORY, Cast, Survivor
from tests.factories.lawyers import accepted, answered, ask, briefed, checked, decide, named, offered, record_of

pytestmark = pytest.mark.shown
RECORD = {
    "status": "active", "states": "lt, pl", "languages": ["be", "lt"], "experience": ["crimes"], "gender": "woman",
    "cases_at_most": "3", "hours_a_month": "8", "fee": "pro_bono", "bar": "Vilnius", "bar_number": "77",
}  # fmt: skip
NAME = {"country": "LT", "profile": "Яна працуе ў Вільні.", "language": "be", "reason": "Speaks Belarusian."}


@pytest.fixture
def matching(reviewed: Case, amina: Survivor, cast: Cast) -> Case:
    from tests.factories.kept import kept

    def make() -> Case:
        made.given(amina, cast.chloe, cast.dana)
        record_of(cast.lena, cast)
        decide(ask(amina.fresh(), cast.ben, Approval.Kind.ACCEPT), cast.dana)
        return amina.fresh()

    return kept("matching", make)


def at(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def text(client: Client, name: str, *args: object) -> str:
    return client.get(at(name, *args)).content.decode()


class TestRecords:
    def test_a_lead_keeps_it_and_looks_into_the_register(self, cast: Cast, as_dana: Client, as_ben: Client) -> None:
        where = at("lawyer-record", cast.lena.person.id)
        assert as_dana.post(where, RECORD)["Location"] == where
        assert LawyerRecord.objects.get().states == "LT,PL"
        assert "Nobody can name this lawyer until" in text(as_dana, "lawyer-record", cast.lena.person.id)
        as_dana.post(at("lawyer-bar", cast.lena.person.id))
        shown = text(as_ben, "lawyer-record", cast.lena.person.id)
        assert "Vilnius" in shown
        assert "Keep the record" not in shown
        assert "Lena" in text(as_ben, "lawyer-records")

    def test_a_code_that_is_none_is_named_and_the_rest_stays(self, cast: Cast, as_dana: Client) -> None:
        page = as_dana.post(at("lawyer-record", cast.lena.person.id), RECORD | {"states": "LT, QQ"}).content.decode()
        assert "Not the code of a State: QQ" in page
        assert "Vilnius" in page
        assert not LawyerRecord.objects.exists()

    def test_a_caseworker_changes_nothing(self, cast: Cast, as_ben: Client) -> None:
        as_ben.post(at("lawyer-record", cast.lena.person.id), RECORD)
        assert not LawyerRecord.objects.exists()


class TestNaming:
    def test_chosen_asked_and_shown_to_the_person(
        self, matching: Case, cast: Cast, as_ben: Client, as_dana: Client
    ) -> None:
        assert "Name to the person" in text(as_ben, "lawyers", matching.reference)
        where = at("name-lawyer", matching.reference, cast.lena.person.id)
        answer = as_ben.post(where, NAME | {"lawyer": str(cast.lena.person.id)})
        approval = Approval.objects.get(kind="propose")
        assert answer["Location"] == at("agreement", approval.id)
        shown = text(as_dana, "agreement", approval.id)
        for words in ("Lena", "Lithuania", "Яна працуе ў Вільні.", "Speaks Belarusian."):
            assert words in shown
        sent = {"reason": "I agree.", "code": cast.dana.code(), "decision": "agree"}
        assert as_dana.post(at("agreement", approval.id), sent).status_code == 302
        Case.objects.update(has_news=False)
        assert "Wait: the person reads about a lawyer" in text(as_ben, "case", matching.reference)

    def test_who_does_not_fit_cannot_be_named(self, matching: Case, cast: Cast, as_ben: Client) -> None:
        assert as_ben.get(at("name-lawyer", matching.reference, cast.tomas.person.id)).status_code == 404
        record_of(cast.tomas, cast, states="DE")
        assert as_ben.get(at("name-lawyer", matching.reference, cast.tomas.person.id)).status_code == 404
        assert "Not admitted where the person agreed" in text(as_ben, "lawyers", matching.reference)


class TestTheLawyer:
    def test_offer_check_mandate_and_brief(
        self, matching: Case, amina: Survivor, cast: Cast, as_ben: Client, as_lena: Client, as_tomas: Client
    ) -> None:
        answered(named(matching, cast), amina)
        where = at("offer-case", matching.reference)
        assert as_ben.post(where, {"summary": "", "language": "en"}).status_code == 200
        as_ben.post(where, {"summary": "Held for two days.", "language": "en"})
        proposal = Proposal.objects.get()
        assert at("own-offer", proposal.id) in text(as_lena, "dossiers")
        page = text(as_lena, "own-offer", proposal.id)
        assert "Held for two days." in page
        assert "I take the mandate" not in page
        assert as_tomas.get(at("own-offer", proposal.id)).status_code == 404
        as_lena.post(at("own-offer", proposal.id), {"names": "Ivan Nobody", "words": ""})
        assert "No conflict was found." in text(as_lena, "own-offer", proposal.id)
        as_lena.post(at("accept-offer", proposal.id))
        assert "The brief is not handed over yet." in text(as_lena, "own-brief", proposal.id)
        Case.objects.update(answer_by=None, answer_day=None)
        assert "Next step: hand the brief over" in text(as_ben, "case", matching.reference)
        as_ben.post(at("hand-over-brief", matching.reference))
        brief = text(as_lena, "own-brief", proposal.id)
        assert STORY[:40] in brief
        assert "Conditions of the client" in brief
        as_lena.post(at("own-brief", proposal.id), {"text": "Which day?"})
        assert "look at what is new in the brief" in text(as_ben, "case", matching.reference)
        assert "Which day?" in text(as_ben, "brief", matching.reference)
        as_ben.post(at("brief", matching.reference), {"text": "The twelfth."})
        assert "The twelfth." in text(as_lena, "own-brief", proposal.id)
        exhibit = proposal.case.exhibits.get().id
        original = as_lena.get(at("brief-file", proposal.id, exhibit))
        assert b"".join(original.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
        assert as_lena.get(at("brief-file", proposal.id, proposal.id)).status_code == 404

    def test_a_conflict_is_seen_by_both(
        self, matching: Case, amina: Survivor, cast: Cast, as_ben: Client, as_lena: Client
    ) -> None:
        proposal = offered(answered(named(matching, cast), amina), cast)
        as_lena.post(at("own-offer", proposal.id), {"ticked": ["dispute"], "words": "In 2024."})
        assert "You found something." in text(as_lena, "own-offer", proposal.id)
        page = text(as_ben, "lawyers", matching.reference)
        assert "In 2024." in page
        assert at("waive-conflict", matching.reference) in page
        assert as_ben.post(at("waive-conflict", matching.reference), {"reason": "", "proposal": "x"}).status_code == 200
        answer = as_ben.post(
            at("waive-conflict", matching.reference), {"reason": "Long over.", "proposal": str(proposal.id)}
        )
        assert answer.status_code == 302

    def test_declining_asks_for_a_reason(self, matching: Case, amina: Survivor, cast: Cast, as_lena: Client) -> None:
        proposal = offered(answered(named(matching, cast), amina), cast)
        assert (
            as_lena.post(at("decline-offer", proposal.id), {"words": "keep me"}).content.decode().count("keep me") == 1
        )
        assert as_lena.post(at("decline-offer", proposal.id), {"why": "no_time", "words": ""}).status_code == 302
        assert as_lena.get(at("own-offer", proposal.id)).status_code == 404

    def test_too_many_names_are_said_so(self, matching: Case, amina: Survivor, cast: Cast, as_lena: Client) -> None:
        proposal = offered(answered(named(matching, cast), amina), cast)
        page = as_lena.post(at("own-offer", proposal.id), {"names": "Ivan Nobody\n" * 501}).content.decode()
        assert "No more than 500 names at once" in page

    def test_ending_the_mandate(
        self, matching: Case, amina: Survivor, cast: Cast, as_dana: Client, as_lena: Client
    ) -> None:
        proposal = offered(answered(named(matching, cast), amina), cast)
        checked(proposal, cast.lena)
        briefed(accepted(proposal, cast.lena), cast.ben)
        assert as_dana.post(at("end-mandate", matching.reference)).status_code == 302
        assert as_lena.get(at("own-brief", proposal.id)).status_code == 404
        assert "Look at it again" in text(as_dana, "ways", matching.reference)
