"""Sending the account: once, whole, and out of reach of the code that sent it."""

from __future__ import annotations

from typing import Any

import pytest

from cases import access, keys
from cases.actions import telling
from cases.actions.drafting import attach, load_draft, save_section
from cases.actions.telling import send_account
from cases.drafted import DraftContent
from cases.errors import NothingToSend
from cases.hands import Hands
from cases.models import Case, Draft, Exhibit, StatementVersion
from cases.told import SEALED_BYTES
from tests.factories.cast import FIRST, STORY, Cast, Member, Survivor, assigned, first_contact, sealed_upload, tell
from tests.factories.intruder import erase
from tests.factories.made_up import add_question
from tests.factories.together import together
from vault import files
from vault.envelope.shares import join
from vault.errors import Forged, NoGrant
from vault.models import AuditEvent, Compartment, Epoch, Grant, SealedFile, SealedValue
from vault.opened import Opened, open_epoch

FILE = ("здымак.jpg", "image/jpeg", b"picture bytes " * 99)


def send(survivor: Survivor) -> StatementVersion:
    return send_account(case=survivor.fresh(), receipt=survivor.ring, language="be")


def draft(survivor: Survivor, text: str, seen: int = 0) -> None:
    answers = {"EPI-08": {"value": text, "lang": "be"}}
    save_section(case=survivor.fresh(), receipt=survivor.ring, section="story", answers=answers, seen_version=seen)


def account(survivor: Survivor, member: Member) -> access.Account:
    return access.open_account(survivor.fresh(), by=member.person, ring=member.ring, purpose="assessment")


def test_what_was_drafted_is_read_by_whoever_works_on_it(amina: Survivor, ben: Member) -> None:
    assigned(amina, ben)
    case = tell(amina, files=(FILE,))
    found = account(amina, ben)
    assert [version.number for version in found.versions] == [0, 1]
    assert found.answer("EPI-08") == {"value": STORY, "lang": "be"}
    assert found.answer("LNG-04") == {"value": "Аміна", "lang": "be"}
    assert case.status == Case.Status.STATEMENT_RECEIVED


class TestSeen:
    """The page has read the draft already; what it knows is sent if it is still so."""

    def seen(self, survivor: Survivor) -> DraftContent:
        draft(survivor, "першы варыянт")
        return load_draft(survivor.fresh(), survivor.ring)

    def sent(self, survivor: Survivor, member: Member, **more: Any) -> dict[str, Any]:
        send_account(case=survivor.fresh(), receipt=survivor.ring, language="be", **more)
        assigned(survivor, member)
        return account(survivor, member).versions[-1].sections

    def test_it_is_sent_without_being_read_again(
        self, amina: Survivor, ben: Member, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen = self.seen(amina)
        with monkeypatch.context() as patched:
            patched.setattr(telling, "load_draft", lambda *given: pytest.fail("read again"))
            send_account(case=amina.fresh(), receipt=amina.ring, language="be", seen=seen)
        assigned(amina, ben)
        assert account(amina, ben).answer("EPI-08") == {"value": "першы варыянт", "lang": "be"}

    def test_what_another_window_saved_meanwhile_is_sent(self, amina: Survivor, ben: Member) -> None:
        seen = self.seen(amina)
        draft(amina, "другі варыянт", seen=1)
        assert self.sent(amina, ben, seen=seen)["story"]["EPI-08"]["value"] == "другі варыянт"

    def test_what_was_sent_meanwhile_is_not_sent_again(self, amina: Survivor) -> None:
        seen = self.seen(amina)
        first = send(amina)
        again = send_account(case=amina.fresh(), receipt=amina.ring, language="be", seen=seen)
        assert (again.id, StatementVersion.objects.filter(case=amina.case).count()) == (first.id, 2)

    def test_a_draft_of_another_case_is_not_sent(self, amina: Survivor) -> None:
        seen, other = self.seen(amina), first_contact()
        with pytest.raises(Forged):
            send_account(case=amina.fresh(), receipt=other.ring, language="be", seen=seen)

    def test_last_answers_go_with_it_and_leave_the_others(self, amina: Survivor, ben: Member) -> None:
        seen = self.seen(amina)
        last = {"story": {"EPI-02": {"value": {"year": 2020}, "lang": "be"}}}
        story = self.sent(amina, ben, seen=seen, last=last)["story"]
        assert story["EPI-08"]["value"] == "першы варыянт"
        assert story["EPI-02"]["value"] == {"year": 2020}

    def test_last_answers_alone_are_enough(self, amina: Survivor, ben: Member) -> None:
        last = {"story": {"EPI-08": {"value": "адно слова", "lang": "be"}}}
        assert self.sent(amina, ben, last=last)["story"]["EPI-08"]["value"] == "адно слова"

    def test_it_takes_few_statements(self, amina: Survivor, django_assert_max_num_queries: Any) -> None:
        for number in range(20):
            save_section(
                case=amina.fresh(), receipt=amina.ring, section=f"part-{number}", seen_version=0,
                answers={"EPI-08": {"value": STORY, "lang": "be"}},
            )  # fmt: skip
        case, ring = amina.fresh(), amina.ring
        with django_assert_max_num_queries(60):  # however many sections there are
            send_account(case=case, receipt=ring, language="be", seen=load_draft(case, ring))


def test_identity_and_account_are_kept_apart(amina: Survivor) -> None:
    tell(amina)
    kinds = {value.epoch.compartment.kind for value in SealedValue.objects.filter(table="statement", field="you")}
    assert kinds == {"identity"}
    kinds = {value.epoch.compartment.kind for value in SealedValue.objects.filter(table="statement", field="story")}
    assert kinds == {"account"}


def test_the_code_cannot_read_what_it_has_sent(amina: Survivor) -> None:
    tell(amina)
    for kind in (keys.IDENTITY, keys.ACCOUNT):
        with pytest.raises(NoGrant):
            keys.open_latest(amina.fresh(), kind, amina.ring)
        assert keys.open_every(amina.fresh(), kind, amina.ring) == []


def test_a_second_send_gives_the_same_version(amina: Survivor) -> None:
    tell(amina)
    assert send(amina).number == 1
    assert send(amina).id == send(amina).id
    assert StatementVersion.objects.filter(case=amina.case).count() == 2
    assert AuditEvent.objects.filter(action="account.sent").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sends_at_the_same_moment_give_one_version(amina: Survivor) -> None:
    draft(amina, "словы")
    found = together(lambda: send(amina), lambda: send(amina), lambda: send(amina))
    assert {version.number for version in found} == {1}
    assert len({version.id for version in found}) == 1
    assert not Compartment.objects.filter(kind="draft").exists()


@pytest.mark.django_db(transaction=True)
def test_a_save_at_the_moment_of_the_send_is_lost_by_neither(amina: Survivor, ben: Member) -> None:
    draft(amina, "словы")
    sent, saved = together(lambda: send(amina), lambda: draft(amina, "позна", seen=1))
    assert sent.number == 1
    text = account(amina, ben_on(amina, ben)).answer("EPI-08")
    left = load_draft(amina.fresh(), amina.ring).sections.get("story")
    if isinstance(saved, Exception):  # the send was first: the words are shown again with the question
        assert type(saved).__name__ == "Conflict"
        assert text == {"value": "словы", "lang": "be"}
    else:
        assert text == {"value": "позна", "lang": "be"}
        assert left is None


def ben_on(survivor: Survivor, ben: Member) -> Member:
    assigned(survivor, ben)
    return ben


def test_without_a_draft_there_is_nothing_to_send(amina: Survivor) -> None:
    with pytest.raises(NothingToSend):
        send(amina)


def test_the_draft_is_gone_afterwards(amina: Survivor) -> None:
    tell(amina, files=(FILE,))
    assert Draft.objects.count() == 0
    assert not Compartment.objects.filter(kind="draft").exists()
    assert not SealedValue.objects.filter(table__in=["draft", "draft_exhibit"]).exists()
    content = load_draft(amina.fresh(), amina.ring)
    assert (content.has_something, content.exhibits) == (False, [])


class TestAddition:
    """What is added later is a version, an epoch and a number of its own."""

    @pytest.fixture
    def added(self, amina: Survivor, ben: Member) -> Case:
        assigned(amina, ben)
        tell(amina, files=(FILE,))
        return tell(
            amina,
            {"story": {"EPI-08": {"value": "яшчэ", "lang": "be"}}},
            files=(("b.pdf", "application/pdf", b"%PDF"),),
        )

    def test_it_is_the_next_version_and_the_newest_answer(self, added: Case, amina: Survivor, ben: Member) -> None:
        found = account(amina, ben)
        assert [version.number for version in found.versions] == [0, 1, 2]
        assert found.answer("EPI-08") == {"value": "яшчэ", "lang": "be"}
        assert found.versions[1].sections["story"]["EPI-08"]["value"] == STORY

    def test_each_send_has_an_epoch_that_the_code_does_not_hold(self, added: Case, amina: Survivor) -> None:
        for kind in (keys.IDENTITY, keys.ACCOUNT):
            numbers = Epoch.objects.filter(compartment__owner=added.id, compartment__kind=kind)
            assert sorted(numbers.values_list("number", flat=True)) == [1, 2, 3, 4]  # the second: Ben accepted
            grants = Grant.objects.filter(epoch__in=numbers)
            assert "receipt" not in grants.values_list("recipient__use", flat=True)

    def test_files_go_on_counting(self, added: Case, amina: Survivor, ben: Member) -> None:
        assert [(each.number, each.name) for each in account(amina, ben).exhibits] == [(1, "здымак.jpg"), (2, "b.pdf")]

    def test_whoever_is_assigned_gets_the_new_epochs(self, added: Case, amina: Survivor, ben: Member) -> None:
        own = Grant.objects.filter(recipient=ben.person.pair, epoch__compartment__kind="account")
        assert own.count() == 4


def test_what_was_said_about_a_file_follows_it_to_its_number(amina: Survivor, ben: Member) -> None:
    assigned(amina, ben)
    tell(amina, files=(FILE, ("b.pdf", "application/pdf", b"%PDF")))
    for name in ("c.jpg", "d.jpg"):
        attach(
            case=amina.fresh(), receipt=amina.ring, upload=sealed_upload(name, name.encode()), name=name,
            content_type="image/jpeg",
        )  # fmt: skip
    for number, who in ((1, "me"), (2, "doctor"), (3, "org")):  # there is no third
        said = {"EVD-05": {"value": who, "lang": "be"}}
        save_section(
            case=amina.fresh(), receipt=amina.ring, section=f"files-{number}", answers=said, seen_version=0
        )  # fmt: skip
    send(amina)
    found = account(amina, ben)
    assert [(each.number, each.name) for each in found.exhibits][2:] == [(3, "c.jpg"), (4, "d.jpg")]
    told = found.versions[-1].sections
    assert set(told) == {"files-3", "files-4"}
    assert {key: answers["EVD-05"]["value"] for key, answers in told.items()} == {"files-3": "me", "files-4": "doctor"}


class TestExhibits:
    """The key of a file moves; its bytes stay."""

    def test_the_code_has_the_key_no_more_and_the_team_has_it(self, amina: Survivor, ben: Member) -> None:
        attach(
            case=amina.fresh(), receipt=amina.ring, upload=sealed_upload(FILE[0], FILE[2]), name=FILE[0],
            content_type=FILE[1],
        )  # fmt: skip
        file = SealedFile.objects.get()
        before = files.stored_path(file.storage_name).stat().st_ino
        opened = keys.open_latest(amina.fresh(), keys.DRAFT, amina.ring)
        assert files.find_key(file, opened).size == len(FILE[2])
        send(amina)
        assert files.stored_path(file.storage_name).stat().st_ino == before
        with pytest.raises(Forged):
            files.find_key(file, opened)
        assert SealedValue.objects.filter(table="file", row=file.id).count() == 1
        assigned(amina, ben)
        record, stream = access.open_exhibit(
            amina.fresh(), Exhibit.objects.get().id, by=ben.person, ring=ben.ring, purpose="assessment"
        )
        assert b"".join(stream.chunks()) == FILE[2]
        stream.close()
        assert record.custody[-1]["event"] == "sent with the account: moved from the draft to the case"


class TestSealed:
    """What two people must open together: there with every send, and its words nowhere else."""

    MARK = "словы толькі для дваіх"

    @pytest.fixture(autouse=True)
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A question that no catalogue asks yet."""
        add_question(monkeypatch, "ZED-01", "sealed")

    @pytest.fixture
    def loud(self, cast: Cast) -> Survivor:
        survivor = first_contact({**FIRST, "ZED-01": {"value": f"{self.MARK}, спачатку", "lang": "be"}})
        section = {"EPI-08": {"value": STORY, "lang": "be"}, "ZED-01": {"value": self.MARK, "lang": "be"}}
        tell(survivor, {"story": section})
        return survivor

    def both(self, survivor: Survivor, cast: Cast) -> list[Opened]:
        return [
            open_epoch(epoch, join(cast.ben.ring.open_share(epoch, "a"), cast.dana.ring.open_share(epoch, "b")))
            for epoch in keys.compartment(survivor.fresh(), keys.SEALED).epochs.order_by("number")
        ]

    def test_two_people_read_it_and_the_receipt_has_signed_it(self, loud: Survivor, cast: Cast) -> None:
        opened = self.both(loud, cast)
        hands = Hands(loud.case.receipt_id)
        told = [dict(access.sections_of(row, opened, hands)) for row in loud.case.versions.all()]
        assert [each.popitem()[1]["ZED-01"]["value"] for each in told] == [f"{self.MARK}, спачатку", self.MARK]

    def test_its_words_stand_in_no_other_compartment(self, loud: Survivor, cast: Cast) -> None:
        wanted, others = self.MARK.encode(), Compartment.objects.filter(owner=loud.case.id).exclude(kind="sealed")
        found = [opened for each in others for opened in cast.dana.ring.open_all(each)]
        texts = [each.open(value) for each in found for value in SealedValue.objects.filter(epoch=each.epoch)]
        assert {each.epoch.compartment.kind for each in found} == set(keys.ASSIGNED_KINDS)
        assert any(STORY[:20].encode() in text for text in texts)
        assert not [text for text in texts if wanted in text]

    def test_the_account_page_shows_nothing_of_it(self, loud: Survivor, ben: Member) -> None:
        assigned(loud, ben)
        found = account(loud, ben)
        assert found.answer("EPI-08") == {"value": STORY, "lang": "be"}
        assert found.answer("ZED-01") is None

    def test_neither_side_nor_the_code_opens_it_alone(self, loud: Survivor, cast: Cast) -> None:
        for epoch in keys.compartment(loud.fresh(), keys.SEALED).epochs.all():
            for ring in (cast.ben.ring, cast.dana.ring, loud.ring):
                with pytest.raises(NoGrant):
                    ring.open(epoch)

    def test_that_something_is_in_it_does_not_show(self, loud: Survivor, cast: Cast) -> None:
        quiet = first_contact()
        tell(quiet, {"story": {"EPI-08": {"value": STORY, "lang": "be"}}})
        assert self.columns(quiet) == self.columns(loud)
        assert len(self.columns(quiet)) == 2

    def columns(self, survivor: Survivor) -> list[object]:
        found = Epoch.objects.filter(compartment__kind="sealed", compartment__owner=survivor.case.id)
        return [
            (
                epoch.is_split,
                sorted((each.table, each.field, len(each.blob)) for each in epoch.values.all()),
                sorted(epoch.grants.values_list("share", "recipient__use")),
            )
            for epoch in found.order_by("number")
        ]

    def test_it_is_as_long_as_many_pages_whatever_is_in_it(self, loud: Survivor) -> None:
        told = SealedValue.objects.filter(table="statement", field="sealed", row__in=loud.case.versions.values("id"))
        assert [len(value.blob) > SEALED_BYTES for value in told] == [True, True]

    def test_a_version_of_sealed_answers_alone_leaves_the_account_readable(self, amina: Survivor, ben: Member) -> None:
        assigned(amina, ben)
        tell(amina, {"story": {"ZED-01": {"value": self.MARK, "lang": "be"}}})
        assert [version.number for version in account(amina, ben).versions] == [0, 1]


def test_a_version_of_files_alone_leaves_the_account_readable(amina: Survivor, ben: Member) -> None:
    assigned(amina, ben)
    name, content_type, body = FILE
    attach(
        case=amina.fresh(), receipt=amina.ring, upload=sealed_upload(name, body), name=name, content_type=content_type
    )
    send(amina)
    found = account(amina, ben)
    assert [(version.number, version.sections) for version in found.versions][1:] == [(1, {"sent": {}})]
    assert [each.name for each in found.exhibits] == [name]


def test_a_send_does_not_bless_what_somebody_took_away(amina: Survivor) -> None:
    tell(amina)
    draft(amina, "яшчэ")
    erase(SealedValue.objects.filter(table="statement", field="story"))
    with pytest.raises(Forged):
        send(amina)
    assert load_draft(amina.fresh(), amina.ring).sections["story"].answers  # nothing of the draft is lost
