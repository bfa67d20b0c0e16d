"""The ledger of permissions: every answer with its proof, who holds a copy, and the letters after a withdrawal."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cases import keys, records
from cases.actions import briefing, caring
from cases.actions.letters import read_letters
from cases.actions.withdrawing import withdraw
from cases.copies import copies
from cases.ledger import Answer, ledger
from cases.models import Approval, Care, Case, Proposal, Task
from cases.permission import COUNTRIES, HEALTH, LAWYERS, READING
from cases.stop_letters import TO_HOLDER, TO_PERSON, to_person
from people.models import Role
from tests.attack.joined import admitted
from tests.factories import cast as made
from tests.factories import recorded
from tests.factories.cast import Cast, Survivor
from tests.factories.lawyers import ask, briefed_road, decide
from vault.errors import Forged, NoGrant
from vault.models import today

Kind = Approval.Kind


@pytest.fixture
def world(reviewed: Case, amina: Survivor, cast: Cast) -> Survivor:
    """Lena has the brief and opened it; a clinician opened what was given; one letter went to a body."""
    from tests.factories.kept import kept

    def make() -> Survivor:
        more = {"value": "yes", "lang": "ru"}
        made.tell(amina, {"consent": {**made.SECTIONS["consent"], HEALTH: more, "CNS-06": more}})
        made.given(amina, cast.chloe, cast.dana)
        decide(ask(amina.fresh(), cast.ben, Kind.ACCEPT), cast.dana)
        proposal = briefed_road(amina.fresh(), amina, cast)
        briefing.open_brief(proposal=proposal, by=cast.lena.person, ring=cast.lena.ring)
        carla = admitted(cast, "carla", Role.CLINICIAN)
        care = caring.give(case=amina.fresh(), clinician=carla.person, by=cast.ben.person, ring=cast.ben.ring)
        caring.open_care(care=care, by=carla.person, ring=carla.ring)
        what = {"to": "un", "body": "Working Group", "what": "One letter"}
        decide(ask(amina.fresh(), cast.ben, Kind.TRANSFER, what), cast.dana)
        return amina

    return kept("copies outside", make)


def answers(case: Case, cast: Cast, scope: str) -> list[Answer]:
    return next(each.answers for each in ledger(case, cast.ben.ring).scopes if each.code == scope)


def at(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


class TestLedger:
    def test_every_answer_with_its_proof_until_it_is_taken_back(self, world: Survivor, cast: Cast) -> None:
        withdraw(case=world.fresh(), receipt=world.ring, scopes=[COUNTRIES], language="be")
        newest, again, first = answers(world.fresh(), cast, COUNTRIES)
        assert (newest.outcome, again.outcome, first.outcome) == ("withdrawn", "yes", "yes")
        assert first.countries == again.countries == ("Lithuania",)
        assert again.withdrawn_on == first.withdrawn_on == today()
        assert (first.language, first.catalogue, first.is_reviewed, first.recorder) == ("be", "2026-12", False, "")
        [health] = answers(world.fresh(), cast, HEALTH)
        assert (health.language, health.withdrawn_on) == ("ru", None)
        [named] = ledger(world.fresh(), cast.ben.ring).lawyers
        assert (named.lawyer, named.country, named.answer) == ("Lena", "Lithuania", "yes")

    def test_who_wrote_it_down_for_the_person_is_named(self, cast: Cast) -> None:
        case = recorded.told(cast.ben)
        assert {each.recorder for each in answers(case, cast, LAWYERS)} == {"Ben"}

    def test_an_answer_in_a_caseworkers_hand_stops_the_page(self, world: Survivor, cast: Cast, as_ben: Client) -> None:
        from vault.heads import write_head
        from vault.places import Place

        version = world.fresh().versions.last()
        assert version is not None
        account = keys.open_latest(world.fresh(), keys.ACCOUNT, cast.ben.ring)
        said = {"number": version.number, "catalogue": version.catalogue, "language": "be",
                "answers": {"CNS-11": {"value": "yes", "lang": "be"}}}  # fmt: skip
        records.write(account, Place("statement", "consent", version.id, 99), said, cast.ben.ring.signer)
        messages = keys.open_latest(world.fresh(), keys.MESSAGES, cast.ben.ring)
        write_head(world.case.id, messages, cast.ben.ring.signer)
        with pytest.raises(Forged):
            ledger(world.fresh(), cast.ben.ring)
        assert as_ben.get(at("consents", world.case.reference)).status_code == 409

    def test_nobody_without_a_key_reads_it(self, world: Survivor, cast: Cast) -> None:
        with pytest.raises(NoGrant):
            ledger(world.fresh(), cast.lena.ring)


class TestAfterAWithdrawal:
    def test_who_holds_a_copy_and_which_of_them_is_written_to(self, world: Survivor, cast: Cast) -> None:
        withdraw(case=world.fresh(), receipt=world.ring, scopes=[HEALTH], language="be")
        assert Care.objects.get().ended_on == today()
        found = {each.who: each.is_over for each in copies(world.fresh(), cast.ben.ring, 1)}
        assert found == {"Lena": False, "Carla": True, "Working Group": False}
        withdraw(case=world.fresh(), receipt=world.ring, scopes=[READING], language="be")
        assert {each.is_over for each in copies(world.fresh(), cast.ben.ring, 1)} == {True}
        assert Proposal.objects.get().state == Proposal.State.TAKEN_BACK

    def test_the_letters_are_written_noted_and_put_on_a_list(self, world: Survivor, cast: Cast, as_ben: Client) -> None:
        case = world.fresh()
        page = as_ben.get(at("consents", case.reference)).content.decode()
        assert "Letter to the person" not in page
        assert "Signed with the number: verified." in page
        withdraw(case=case, receipt=world.ring, scopes=[LAWYERS], language="be")
        page = as_ben.get(at("consents", case.reference)).content.decode()
        assert "Вы адклікалі дазвол" in page
        assert "لقد سحبتم إذنًا" in as_ben.get(at("consents", case.reference), {"language": "ar"}).content.decode()
        copy = next(each for each in copies(world.fresh(), cast.ben.ring, 1) if each.who == "Lena")
        letter = at("stop-letter", case.reference, copy.id)
        assert "destroy every copy" in as_ben.get(letter).content.decode()
        as_ben.post(letter, {"do": "task"})
        assert Task.objects.get().person == cast.ben.person
        as_ben.post(letter, {"do": "sent"})
        assert "Asked to stop by Ben" in as_ben.get(at("consents", case.reference)).content.decode()
        body = next(each for each in copies(world.fresh(), cast.ben.ring, 1) if each.who == "Working Group")
        assert as_ben.post(at("stop-letter", case.reference, body.id), {"do": "sent"}).status_code == 409
        wrong = as_ben.post(at("consents", case.reference), {"text": " ", "language": "be"}).content.decode()
        assert "Nothing is written here yet." in wrong
        as_ben.post(at("consents", case.reference), {"text": "Мы спынілі ўсё.", "language": "be"})
        assert read_letters(world.fresh(), world.ring)[-1].text == "Мы спынілі ўсё."
        page = as_ben.get(at("consents", case.reference)).content.decode()
        assert "<textarea" not in page
        assert "Ben wrote it" in page
        withdraw(case=world.fresh(), receipt=world.ring, scopes=["CNS-06"], language="be")
        assert "<textarea" in as_ben.get(at("consents", case.reference)).content.decode(), "each has its letter"


@pytest.mark.parametrize("language", sorted(TO_PERSON))
def test_each_language_names_who_has_a_copy(language: str) -> None:
    assert "{" not in to_person([], language)
    assert set(TO_HOLDER) < set(TO_PERSON)
