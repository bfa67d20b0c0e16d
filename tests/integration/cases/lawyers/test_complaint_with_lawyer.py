"""One draft for team and lawyer: carried with the mandate, written by both, lost to the lawyer with the mandate."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.test import Client

from cases import keys
from cases.access import open_account
from cases.actions import briefing, composing, drafting, lawyer_steps, mandates, telling
from cases.actions.assigning import end_assignment
from cases.actions.breaking_glass import hold
from cases.actions.composing import Changed
from cases.actions.dossiers import request_dossier
from cases.actions.withdrawing import withdraw
from cases.complaint import checked, rooms
from cases.complaint.draft import Draft, Source
from cases.complaint.typed import sources_in
from cases.dossier_input import compose
from cases.drafted import CORRECTS
from cases.errors import CaseError, NotConsented, NotReady, Refused
from cases.lawyers import handed
from cases.models import Case, Dossier, Exhibit, Proposal
from cases.permission import COUNTRIES, LAWYERS
from tests.factories import cast as made
from tests.factories import lawyers as steps
from tests.factories.cast import ROUTES, SECTIONS, Cast, Member, Survivor
from tests.factories.complaint import FACTS, draft_of, grounds_of, saved, sentence
from tests.factories.lawyers import accepted, answered, briefed, fresh, named, offered, record_of
from vault import worker
from vault.heads import write_head
from vault.models import SealedValue

TEXTS = [text for text, _ in FACTS]


def where_newest_lies(case: Case) -> str:
    value = SealedValue.objects.filter(table=rooms.TABLE, row=case.id).order_by("-version").first()
    assert value is not None
    return value.epoch.compartment.kind


def texts(draft: Draft) -> list[str]:
    return [each.text for each in draft.sentences]


def correct(amina: Survivor, words: str) -> None:
    """The person corrects the own words of the story."""
    case, ring, old = amina.fresh(), amina.ring, SECTIONS["story"]
    for section, answers in (
        (CORRECTS, {"story": {"value": old}}),
        ("story", old | {"EPI-08": {"value": words, "lang": "be"}}),
    ):
        drafting.save_section(case=case, receipt=ring, section=section, answers=answers, seen_version=0)
    telling.send_account(case=case, receipt=ring, language="be")


def test_the_draft_comes_with_the_brief_and_both_write_it(brief: Proposal, cast: Cast) -> None:
    case = brief.case
    assert where_newest_lies(case) == "brief"
    assert texts(draft_of(case, cast.lena)) == TEXTS
    one = draft_of(case, cast.lena).sentences[0]
    saved(case, cast.lena, replace(one, text="As Lena puts it."), seen=one.changed)
    saved(case, cast.ben, sentence("From Ben.", *one.sources))
    for member in (cast.ben, cast.chloe, cast.dana, cast.lena):
        assert texts(draft_of(case, member)) == ["As Lena puts it.", TEXTS[1], "From Ben."]
    written = {each.text: each.by for each in draft_of(case, cast.ben).sentences}
    assert written["As Lena puts it."] == str(cast.lena.person.id)
    assert Proposal.objects.get(id=brief.id).has_news
    with pytest.raises(Changed) as caught:
        saved(case, cast.ben, replace(one, text="As Ben puts it."), seen=one.changed)
    assert caught.value.theirs.text == "As Lena puts it."


def test_team_and_lawyer_count_the_same_places(brief: Proposal, cast: Cast) -> None:
    team = grounds_of(brief.case, cast.ben, made.FACTS)
    lawyer = checked.own_grounds(handed.read(brief, cast.lena.ring))
    assert [(each.code, each.source, each.where) for each in lawyer.places] == [
        (each.code, each.source, each.where) for each in team.places
    ]
    assert [each.record for each in lawyer.public] == [each.record for each in team.public]
    assert [each.label for each in lawyer.exhibits] == [each.label for each in team.exhibits]


def test_before_the_brief_is_handed_over_nothing_of_the_draft_is_the_lawyers(
    reviewed: Case, amina: Survivor, cast: Cast
) -> None:
    Case.objects.update(status=Case.Status.MATCHING)
    record_of(cast.lena, cast)
    proposal = offered(answered(named(amina.fresh(), cast), amina), cast)
    steps.checked(proposal, cast.lena)
    proposal = accepted(proposal, cast.lena)
    saved(amina.fresh(), cast.ben, sentence("Still the team's.", *draft_of(reviewed, cast.ben).sentences[0].sources))
    assert where_newest_lies(reviewed) == "work"
    with pytest.raises(NotReady) as caught:
        saved(reviewed, cast.lena, sentence("Too early."))
    assert caught.value.code == "brief"
    briefed(proposal, cast.ben)
    assert texts(draft_of(reviewed, cast.lena)) == [*TEXTS, "Still the team's."]


def test_when_a_lead_ends_the_mandate_the_draft_is_the_teams_again(brief: Proposal, cast: Cast) -> None:
    saved(brief.case, cast.lena, sentence("From Lena.", *draft_of(brief.case, cast.lena).sentences[0].sources))
    briefing.end_mandate(proposal=brief, by=cast.dana.person, ring=cast.dana.ring)
    assert where_newest_lies(brief.case) == "work"
    assert texts(draft_of(brief.case, cast.ben)) == [*TEXTS, "From Lena."]


def test_whoever_came_after_the_mandate_waits_until_a_lead_has_looked(
    brief: Proposal, amina: Survivor, cast: Cast
) -> None:
    case = brief.case
    end_assignment(case=case, person=cast.chloe.person, by=cast.dana.person, ring=cast.dana.ring)
    saved(case, cast.lena, sentence("From Lena.", *draft_of(case, cast.lena).sentences[0].sources))
    mandates.give_back(proposal=fresh(brief), by=cast.lena.person, ring=cast.lena.ring, reason="no time")
    made.given(amina, cast.chloe, cast.dana)
    where = f"/desk/cases/{case.reference}/sentences/uj-en/"
    chloe = cast.chloe.browser()
    answer = chloe.post(where, {"text": "typed by Chloe", "sources": "¶ 1"})
    assert answer.status_code == 409
    for words in ("your keys do not open it", "typed by Chloe"):
        assert words in answer.content.decode()
    with pytest.raises(NotReady):
        saved(case, cast.chloe, sentence("Over an older version."))
    assert "From Lena." in cast.dana.browser().get(where).content.decode()
    assert where_newest_lies(case) == "work"
    assert texts(draft_of(case, cast.chloe)) == [*TEXTS, "From Lena."]


def test_a_lawyer_whose_mandate_is_over_gets_the_typed_text_back_and_nothing_else(
    brief: Proposal, as_lena: Client, cast: Cast
) -> None:
    where = f"/desk/briefs/{brief.id}/sentences/uj-en/"
    assert TEXTS[0] in as_lena.get(where).content.decode()
    before = draft_of(brief.case, cast.ben)
    mandates.give_back(proposal=fresh(brief), by=cast.lena.person, ring=cast.lena.ring, reason="no time")
    assert as_lena.get(where).status_code == 404
    answer = as_lena.post(where, {"text": "Half of what Lena typed", "sources": "¶ 1", "voice": "person"})
    assert (answer.status_code, TEXTS[0] in answer.content.decode()) == (409, False)
    assert "Half of what Lena typed" in answer.content.decode()
    with pytest.raises(Refused):
        saved(brief.case, cast.lena, sentence("Not any more."))
    assert draft_of(brief.case, cast.ben) == before


def test_another_lawyer_finds_nothing_and_writes_nothing(brief: Proposal, as_tomas: Client, cast: Cast) -> None:
    where = f"/desk/briefs/{brief.id}/sentences/uj-en/"
    assert (as_tomas.get(where).status_code, as_tomas.post(where, {"text": "x"}).status_code) == (404, 404)
    with pytest.raises(Refused):
        composing.save(
            case=brief.case, by=cast.tomas.person, ring=cast.tomas.ring, variant="UJ-EN", sentence=sentence("x"), seen=0
        )  # fmt: skip


def test_in_a_hold_the_lawyer_reads_and_writes_nothing_and_keeps_the_text(
    brief: Proposal, as_lena: Client, cast: Cast
) -> None:
    hold(case=brief.case, by=cast.ben.person, ring=cast.ben.ring, reason="somebody looks for her")
    answer = as_lena.post(f"/desk/briefs/{brief.id}/sentences/uj-en/", {"text": "typed in a hold"})
    assert answer.status_code == 409
    for words in ("safety hold", "typed in a hold"):
        assert words in answer.content.decode()
    assert TEXTS[0] not in answer.content.decode()


@pytest.mark.parametrize("scope", [LAWYERS, COUNTRIES])
def test_what_was_taken_back_keeps_new_sentences_from_the_lawyer(
    brief: Proposal, amina: Survivor, cast: Cast, scope: str
) -> None:
    withdraw(case=amina.fresh(), receipt=amina.ring, scopes=[scope], language="be")
    count = SealedValue.objects.filter(table=rooms.TABLE, epoch__compartment__kind="brief").count()
    try:
        saved(amina.fresh(), cast.ben, sentence("For the team."))
    except NotConsented:
        pass
    else:
        assert where_newest_lies(brief.case) == "work"
    assert SealedValue.objects.filter(table=rooms.TABLE, epoch__compartment__kind="brief").count() == count
    with pytest.raises(CaseError):
        saved(amina.fresh(), cast.lena, sentence("By the lawyer."))


class TestSourcesThatGo:
    """A corrected answer takes its sentence along, until somebody writes what stands there now."""

    def test_the_sentence_says_so_and_nothing_goes_out(
        self, reviewed: Case, amina: Survivor, as_ben: Client, cast: Cast
    ) -> None:
        worker.ensure()
        ben = cast.ben
        correct(amina, "Усё было інакш.\n\nУ другім аддзяленні.")
        page = unescape(as_ben.get(f"/desk/cases/{reviewed.reference}/sentences/uj-en/").content.decode())
        assert "2 without a valid source" in page
        assert page.count("Its source is gone.") == 2
        assert "The person corrected this answer with version 2." in page
        with pytest.raises(NotReady) as caught:
            request_dossier(
                case=amina.fresh(), by=ben.person, ring=ben.ring, route=ROUTES[0], lawyer=cast.lena.person, reason="x"
            )
        assert caught.value.code == "facts_sourced"
        assert not checked.is_sourced(amina.fresh(), ben.ring)
        for one, code in zip(draft_of(reviewed, ben).sentences, ("¶ 3", "¶ 4"), strict=True):
            grounds = grounds_of(amina.fresh(), ben)
            saved(amina.fresh(), ben, replace(one, sources=tuple(sources_in(code, grounds))), seen=one.changed)
        dossier = request_dossier(
            case=amina.fresh(), by=ben.person, ring=ben.ring, route=ROUTES[0], lawyer=cast.lena.person, reason="x"
        )
        assert dossier.state == "requested"

    def test_an_exhibit_that_is_not_there_any_more(
        self, reviewed: Case, amina: Survivor, as_ben: Client, cast: Cast
    ) -> None:
        worker.ensure()
        ben = cast.ben
        saved(
            reviewed,
            ben,
            sentence("It shows a wall.", *sources_in("E-001/1", grounds_of(reviewed, ben)), voice="exhibit"),
        )
        Exhibit.objects.filter(case=reviewed).delete()
        SealedValue.objects.filter(table="exhibit").delete()
        write_head(reviewed.id, keys.open_latest(reviewed, keys.MESSAGES, ben.ring), ben.ring.signer)
        page = as_ben.get(f"/desk/cases/{reviewed.reference}/sentences/uj-en/").content.decode()
        for words in ("1 without a valid source", "Its source is gone.", "This exhibit is not here any more."):
            assert words in page
        assert "1 without a valid source" in as_ben.get(f"/desk/cases/{reviewed.reference}/").content.decode()
        with pytest.raises(NotReady) as caught:
            request_dossier(
                case=amina.fresh(), by=ben.person, ring=ben.ring, route=ROUTES[0], lawyer=cast.lena.person, reason="x"
            )
        assert caught.value.code == "facts_sourced"

    def test_numbers_typed_on_an_older_page_mean_what_stood_there(
        self, reviewed: Case, amina: Survivor, as_ben: Client, cast: Cast
    ) -> None:
        where = f"/desk/cases/{reviewed.reference}/sentences/uj-en/"
        typed: dict[str, Any] = {
            "text": "Of the second paragraph.", "sources": "¶ 2", "voice": "person", "topic": "arrest", "shown": "1"
        }  # fmt: skip
        drafting.save_section(
            case=amina.fresh(), receipt=amina.ring, section="you", seen_version=0,
            answers={"LNG-04": {"value": "Аміна", "lang": "be"}},
        )  # fmt: skip
        telling.send_account(case=amina.fresh(), receipt=amina.ring, language="be")
        assert as_ben.post(where, typed).status_code == 302
        [source] = next(each for each in draft_of(reviewed, cast.ben).sentences if each.text == typed["text"]).sources
        assert (source.version, source.question, source.part) == (1, "EPI-08", 2)
        correct(amina, "Інакш.")
        page = unescape(as_ben.post(where, typed | {"text": "Once more."}).content.decode())
        assert "¶ 2 was corrected by the person with version 3." in page

    def test_a_lawyer_with_an_older_copy_is_told_so_and_drops_nothing(
        self, brief: Proposal, amina: Survivor, as_lena: Client, cast: Cast
    ) -> None:
        case = brief.case
        correct(amina, "Усё было інакш.")
        one = draft_of(case, cast.ben).sentences[0]
        newer = sources_in("¶ 3", grounds_of(amina.fresh(), cast.ben))
        one = saved(amina.fresh(), cast.ben, replace(one, sources=tuple(newer)), seen=one.changed)
        where = f"/desk/briefs/{brief.id}/sentences/uj-en/"
        assert "The team hands the brief over again." in as_lena.get(where).content.decode()
        sent = {
            "id": one.id, "seen": one.changed, "shown": 1, "text": "In better words.", "sources": "¶ 1",
            "voice": "person", "topic": "arrest",
        }  # fmt: skip
        assert as_lena.post(where, sent).status_code == 302
        found = draft_of(case, cast.ben).find(one.id)
        assert found.text == "In better words."
        assert newer[0] in found.sources


class TestTheGuard:
    """From drafting to the second reader only when each sentence has its source."""

    @pytest.fixture
    def drafting_now(self, brief: Proposal, cast: Cast) -> Proposal:
        lawyer_steps.take(proposal=brief, by=cast.lena.person, ring=cast.lena.ring, code="draft", seen="engaged")
        return fresh(brief)

    def take(self, proposal: Proposal, lena: Member) -> None:
        lawyer_steps.take(
            proposal=proposal, by=lena.person, ring=lena.ring, code="review_draft", seen=Case.Status.DRAFTING
        )  # fmt: skip

    def test_it_opens_for_a_sourced_draft(self, drafting_now: Proposal, as_lena: Client, cast: Cast) -> None:
        page = as_lena.get(f"/desk/briefs/{drafting_now.id}/").content.decode()
        assert "Give the draft to a second reader" in page
        assert "2 sentences" in page
        self.take(drafting_now, cast.lena)
        assert Case.objects.get(id=drafting_now.case_id).status == Case.Status.LEGAL_REVIEW

    def test_a_lead_gives_it_back_with_comments_that_the_lawyer_reads(
        self, drafting_now: Proposal, as_dana: Client, as_ben: Client, as_lena: Client, cast: Cast
    ) -> None:
        where = f"/desk/cases/{drafting_now.case.reference}/comment/"
        assert as_dana.get(where)["Location"].endswith("/ways/"), "there is nothing to read yet"
        self.take(drafting_now, cast.lena)
        assert as_ben.get(where).status_code == 403
        ways = as_dana.get(f"/desk/cases/{drafting_now.case.reference}/ways/").content.decode()
        assert where in ways
        assert "Give the draft back with comments" in as_dana.get(where).content.decode()
        stale = as_dana.post(where, {"text": "The dates!", "seen": "drafting"}).content.decode()
        assert "The dates!" in stale
        assert Case.objects.get(id=drafting_now.case_id).status == Case.Status.LEGAL_REVIEW
        assert as_dana.post(where, {"text": "The dates!", "seen": "legal_review"}).status_code == 302
        assert Case.objects.get(id=drafting_now.case_id).status == Case.Status.DRAFTING
        assert "The dates!" in as_lena.get(f"/desk/briefs/{drafting_now.id}/").content.decode()

    def test_it_is_shut_for_one_sentence_without_a_source(self, drafting_now: Proposal, cast: Cast) -> None:
        saved(drafting_now.case, cast.lena, sentence("Of nothing.", voice="counsel"))
        with pytest.raises(NotReady) as caught:
            self.take(drafting_now, cast.lena)
        assert caught.value.code == "facts_sourced"

    def test_it_is_shut_for_an_empty_draft(self, drafting_now: Proposal, cast: Cast) -> None:
        lena, case = cast.lena, drafting_now.case
        for one in draft_of(case, lena).sentences:
            composing.delete(
                case=case, by=lena.person, ring=lena.ring, variant="UJ-EN", sentence_id=one.id, seen=one.changed
            )  # fmt: skip
        with pytest.raises(NotReady) as caught:
            self.take(drafting_now, lena)
        assert caught.value.code == "facts_sourced"


def test_without_a_draft_no_dossier_can_be_asked_for(told: Case, amina: Survivor, cast: Cast) -> None:
    worker.ensure()
    made.confirmed(amina, cast.ben)
    with pytest.raises(NotReady) as caught:
        request_dossier(
            case=amina.fresh(), by=cast.ben.person, ring=cast.ben.ring, route=ROUTES[0], lawyer=cast.lena.person,
            reason="x",
        )  # fmt: skip
    assert caught.value.code == "facts_draft"
    assert not amina.fresh().dossiers.exists()


def test_what_goes_into_a_dossier_is_what_people_wrote_for_its_variant_and_nothing_else(
    request_made: Dossier, cast: Cast
) -> None:
    case, ben = request_made.case, cast.ben
    grounds = grounds_of(case, ben, made.FACTS)
    law = Source("provision", words="Convention against Torture, art. 1")
    last = sentence("Counsel’s view.", *sources_in("O-001, E-001/1", grounds), law, voice="counsel", topic="context")
    saved(case, ben, last)
    account = open_account(case, by=ben.person, ring=ben.ring, purpose="dossier")
    written = checked.written_for(case, account, ben.ring, "UJ-EN")
    content = compose(request_made, account, made.FACTS, ROUTES[0], written, annexed={})
    assert [(each["text"], each["voice"], each["where"]) for each in content["facts"]] == [
        (TEXTS[0], "person", "¶ 1"),
        (TEXTS[1], "person", "¶ 2"),
        ("Counsel’s view.", "counsel", "O-001"),
    ]
    assert [(each["kind"], each["where"]) for each in content["facts"][2]["sources"]] == [
        ("public", "O-001"),
        ("exhibit", "E-001/1"),
        ("provision", law.words),
    ]
    with pytest.raises(NotReady) as caught:
        checked.written_for(case, account, ben.ring, "LT")
    assert caught.value.code == "facts_draft"
    with pytest.raises(NotReady) as caught:
        compose(request_made, replace(account, exhibits=[]), made.FACTS, ROUTES[0], written, annexed={})
    assert caught.value.code == "facts_sourced"


def test_each_variant_has_a_draft_of_its_own(reviewed: Case, as_ben: Client, cast: Cast) -> None:
    [source] = draft_of(reviewed, cast.ben).sentences[0].sources
    text = "Pareiškėjas buvo sulaikytas gatvėje."
    saved(reviewed, cast.ben, sentence(text, source), variant="LT")
    assert texts(draft_of(reviewed, cast.ben)) == TEXTS
    assert texts(draft_of(reviewed, cast.ben, "LT")) == [text]
    page = as_ben.get(f"/desk/cases/{reviewed.reference}/sentences/lt/").content.decode()
    assert f'lang="lt" dir="auto"><span class="no"><span class="hidden">Sentence </span>1</span> {text}' in page
    assert [(each.variant, each.total) for each in checked.counts(reviewed, cast.ben.ring)] == [("UJ-EN", 2), ("LT", 1)]
