"""The draft: sealed to the code alone, saved without losing what another tab wrote, erased by the clock."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.conf import settings

from cases import keys
from cases.actions import drafting
from cases.actions.drafting import attach, detach, expire_drafts, load_draft, save_section
from cases.actions.opening import receipt_keyring
from cases.actions.telling import send_account
from cases.actions.withdrawing import withdraw
from cases.drafted import NOT_TOLD, DraftContent, DraftSection
from cases.errors import Conflict, DraftExpired
from cases.models import Draft, DraftExhibit
from cases.statement import asked
from tests.factories.cast import SECTIONS, Cast, Survivor, first_contact, sealed_upload, tell
from tests.factories.intruder import Intruder, erase, overwrite
from tests.factories.together import together
from vault.errors import Forged, NoGrant, NotKept
from vault.models import Compartment, SealedFile, SealedValue, today

DAY = timedelta(days=1)
STORY = SECTIONS["story"]


def save(survivor: Survivor, answers: dict[str, Any], seen: int = 0, section: str = "story") -> int:
    return save_section(
        case=survivor.fresh(), receipt=survivor.ring, section=section, answers=answers, seen_version=seen
    )


def answer(text: str) -> dict[str, Any]:
    return {"EPI-08": {"value": text, "lang": "be"}}


def put(survivor: Survivor, name: str = "one.jpg", body: bytes = b"bytes of a picture") -> Any:
    upload = sealed_upload(name, body)
    return attach(
        case=survivor.fresh(), receipt=survivor.ring, upload=upload, name=name, content_type="image/jpeg"
    )  # fmt: skip


def written(content: DraftContent) -> dict[str, DraftSection]:
    """The sections without what was carried into the draft."""
    return {key: section for key, section in content.sections.items() if key not in NOT_TOLD}


def stored() -> list[Path]:
    return sorted(path for path in Path(settings.FILES_DIR).glob("??/*"))


def test_what_was_saved_is_read_again_exactly(amina: Survivor) -> None:
    odd = answer("радок\nдругі\r\n\ttab  — „лапкі“ \u0000 \U0001f33f")
    assert save(amina, odd) == 1
    assert written(load_draft(amina.fresh(), amina.ring)) == {"story": DraftSection(odd, 1)}


def test_there_is_no_draft_at_first(amina: Survivor) -> None:
    content = load_draft(amina.fresh(), amina.ring)
    assert (written(content), content.exhibits) == ({}, [])
    assert not Compartment.objects.filter(kind="draft").exists()


def test_staff_cannot_open_it(cast: Cast, amina: Survivor) -> None:
    save(amina, STORY)
    for member in (cast.ben, cast.dana):
        with pytest.raises(NoGrant):
            keys.open_latest(amina.fresh(), keys.DRAFT, member.ring)


@pytest.mark.parametrize("who", ["another receipt", "a member"])
def test_nobody_else_does_anything_to_it(cast: Cast, amina: Survivor, who: str) -> None:
    save(amina, STORY)
    record, case = put(amina), amina.fresh()
    ring = first_contact().ring if who == "another receipt" else cast.ben.ring
    for act in (
        lambda: load_draft(case, ring),
        lambda: detach(case=case, receipt=ring, exhibit_id=record.id),
        lambda: save_section(case=case, receipt=ring, section="story", answers={}, seen_version=1),
        lambda: send_account(case=case, receipt=ring, language="be"),
    ):
        with pytest.raises(Forged):
            act()
    assert load_draft(amina.fresh(), amina.ring).exhibits == [record]


class TestTwoTabs:
    """Nobody's words are overwritten unseen."""

    def test_the_slower_tab_is_told_and_gets_the_other_words(self, amina: Survivor) -> None:
        save(amina, answer("першы"))
        with pytest.raises(Conflict) as caught:
            save(amina, answer("другі"), seen=0)
        assert (caught.value.theirs, caught.value.version) == (answer("першы"), 1)
        assert "першы" not in str(caught.value)
        assert load_draft(amina.fresh(), amina.ring).sections["story"].answers == answer("першы")

    def test_having_seen_them_it_may_save(self, amina: Survivor) -> None:
        save(amina, answer("першы"))
        assert save(amina, answer("другі"), seen=1) == 2

    def test_the_same_content_twice_is_no_conflict(self, amina: Survivor) -> None:
        assert save(amina, answer("тое самае")) == 1
        assert save(amina, answer("тое самае")) == 1
        assert save(amina, answer("тое самае"), seen=1) == 1

    def test_emptying_a_section_is_a_version_too(self, amina: Survivor) -> None:
        save(amina, answer("слова"))
        assert save(amina, {}, seen=1) == 2
        assert load_draft(amina.fresh(), amina.ring).sections["story"].answers == {}

    def test_sections_do_not_disturb_each_other(self, amina: Survivor) -> None:
        save(amina, STORY)
        assert save(amina, SECTIONS["you"], section="you") == 1
        assert set(written(load_draft(amina.fresh(), amina.ring))) == {"story", "you"}

    def test_an_old_version_leaves_no_row(self, amina: Survivor) -> None:
        for version, text in enumerate(("адзін", "два", "тры")):
            save(amina, answer(text), seen=version)
        assert SealedValue.objects.filter(table="draft", field="story").count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_at_the_same_moment_one_wins_and_one_is_told(self, amina: Survivor) -> None:
        results = together(lambda: save(amina, answer("адзін")), lambda: save(amina, answer("два")))
        assert sorted(type(each).__name__ for each in results) == ["Conflict", "int"]
        assert SealedValue.objects.filter(table="draft", field="story").count() == 1
        assert Compartment.objects.filter(kind="draft").count() == 1


class TestFiles:
    """What was attached is on disk, and is gone when it is taken out."""

    def test_a_file_is_kept_with_its_record(self, amina: Survivor) -> None:
        record = put(amina, "здымак.jpg", b"0123456789")
        assert (record.name, record.number, record.size) == ("здымак.jpg", 1, 10)
        assert [each["event"] for each in record.custody] == ["received", "hashed, sha-256", "not scanned"]
        assert load_draft(amina.fresh(), amina.ring).exhibits == [record]
        assert len(stored()) == 1

    def test_the_name_is_in_no_column(self, amina: Survivor) -> None:
        put(amina, "адметная-назва.jpg")
        assert "адметная" not in repr([*SealedFile.objects.values(), *DraftExhibit.objects.values()])

    def test_taken_out_it_leaves_nothing(self, amina: Survivor, django_capture_on_commit_callbacks: Any) -> None:
        record = put(amina)
        with django_capture_on_commit_callbacks(execute=True):
            detach(case=amina.fresh(), receipt=amina.ring, exhibit_id=record.id)
            detach(case=amina.fresh(), receipt=amina.ring, exhibit_id=record.id)  # a second click
        assert (stored(), DraftExhibit.objects.count(), SealedFile.objects.count()) == ([], 0, 0)
        assert not SealedValue.objects.filter(table__in=["file", "draft_exhibit"]).exists()

    def test_the_file_of_another_case_is_not_taken_out(self, cast: Cast, amina: Survivor) -> None:
        record = put(amina)
        other = first_contact()
        detach(case=other.fresh(), receipt=other.ring, exhibit_id=record.id)
        assert len(load_draft(amina.fresh(), amina.ring).exhibits) == 1

    def test_a_full_disk_attaches_nothing_and_keeps_the_words(
        self, amina: Survivor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        save(amina, STORY)

        def full(*given: object) -> None:
            raise NotKept("errno 28")

        monkeypatch.setattr("vault.files._move_durably", full)
        with pytest.raises(NotKept):
            put(amina)
        content = load_draft(amina.fresh(), amina.ring)
        assert (list(written(content)), content.exhibits) == (["story"], [])
        assert DraftExhibit.objects.count() == 0

    def test_two_files_that_change_places_are_forged(self, amina: Survivor) -> None:
        first, second = put(amina, "a.jpg", b"one"), put(amina, "b.jpg", b"two")
        rows = [DraftExhibit.objects.get(id=each.id) for each in (first, second)]
        spare = SealedFile.objects.create(storage_name="00/" + "0" * 32, stored_size=1, header_digest=bytes(32))
        for row, file in ((rows[0], spare), (rows[1], rows[0].file), (rows[0], rows[1].file)):
            overwrite(row, file=file)
        with pytest.raises(Forged):
            load_draft(amina.fresh(), amina.ring)

    def test_a_file_that_vanished_from_the_table_shows(self, amina: Survivor) -> None:
        record = put(amina)
        erase(DraftExhibit.objects.filter(id=record.id))
        with pytest.raises(Forged):
            load_draft(amina.fresh(), amina.ring)


class TestClock:
    """Fourteen days since the last use, and one look is a use."""

    def test_each_visit_begins_the_days_anew(self, amina: Survivor) -> None:
        save(amina, STORY)
        overwrite(Draft.objects.get(), expires_on=today() + DAY)
        assert load_draft(amina.fresh(), amina.ring).expires_on == today() + 14 * DAY
        assert Draft.objects.get().expires_on == today() + 14 * DAY

    def test_on_its_last_day_it_is_still_there(self, amina: Survivor) -> None:
        save(amina, STORY)
        overwrite(Draft.objects.get(), expires_on=today())
        assert expire_drafts() == 0
        assert load_draft(amina.fresh(), amina.ring).sections

    @pytest.mark.parametrize("way", ["visit", "clock"])
    def test_after_it_everything_of_it_is_erased(
        self, amina: Survivor, way: str, django_capture_on_commit_callbacks: Any
    ) -> None:
        save(amina, STORY)
        put(amina)
        overwrite(Draft.objects.get(), expires_on=today() - DAY)
        with django_capture_on_commit_callbacks(execute=True):
            if way == "clock":
                assert expire_drafts() == 1
            else:
                with pytest.raises(DraftExpired):
                    load_draft(amina.fresh(), amina.ring)
        assert (Draft.objects.count(), DraftExhibit.objects.count(), SealedFile.objects.count()) == (0, 0, 0)
        assert not Compartment.objects.filter(kind="draft").exists()
        assert not SealedValue.objects.filter(table__in=["draft", "file", "draft_exhibit"]).exists()
        assert stored() == []
        content = load_draft(amina.fresh(), amina.ring)  # said once, then it is a new draft
        assert (written(content), content.exhibits) == ({}, [])

    def test_a_new_draft_after_it_works(self, amina: Survivor) -> None:
        save(amina, STORY)
        drafting.discard_draft(amina.fresh())
        assert save(amina, answer("нанова")) == 1
        assert load_draft(amina.fresh(), amina.ring).sections["story"].answers == answer("нанова")


class TestIntruder:
    """An intruder lays out a draft of their own, to read what is written into it."""

    def test_a_draft_compartment_of_the_intruder_is_not_written_to(self, cast: Cast, amina: Survivor) -> None:
        from vault import compartments
        from vault.recipients import held

        intruder = Intruder("receipt")
        compartments.create(
            kind="draft", owner=amina.case.id, recipients=[held(amina.keys.seed, amina.fresh().receipt)],
            giver=intruder.signer, purpose="draft",
        )  # fmt: skip
        with pytest.raises(Forged):
            save(amina, STORY)
        overwrite(amina.fresh(), receipt=intruder.pair)
        with pytest.raises(Forged):
            receipt_keyring(amina.fresh(), amina.keys.seed)

    def test_a_further_epoch_of_the_intruder_is_not_written_to(self, amina: Survivor) -> None:
        save(amina, STORY)
        intruder = Intruder("receipt")
        compartment = Compartment.objects.get(kind="draft")
        intruder.opens_epoch(compartment, amina.fresh().receipt)
        with pytest.raises(Forged):
            save(amina, answer("далей"), seen=1)

    def test_a_section_of_another_draft_does_not_open_here(self, cast: Cast, amina: Survivor) -> None:
        other = first_contact()
        save(amina, STORY)
        save(other, answer("чужыя словы"))
        mine = SealedValue.objects.get(table="draft", field="story", row=amina.case.id)
        foreign = SealedValue.objects.get(table="draft", field="story", row=other.case.id)
        overwrite(mine, blob=bytes(foreign.blob), signature=bytes(foreign.signature), signer=foreign.signer)
        with pytest.raises(Forged):
            load_draft(amina.fresh(), amina.ring)


def test_files_keep_the_order_in_which_they_arrived(amina: Survivor) -> None:
    for name in ("яблык.jpg", "акно.jpg", "мост.jpg"):
        put(amina, name, name.encode())
    kept = load_draft(amina.case, amina.ring).exhibits
    assert [record.name for record in kept] == ["яблык.jpg", "акно.jpg", "мост.jpg"]
    detach(case=amina.case, receipt=amina.ring, exhibit_id=kept[1].id)
    put(amina, "брама.jpg", b"4")
    assert [record.name for record in load_draft(amina.case, amina.ring).exhibits][-1] == "брама.jpg"


class TestCarried:
    """What later questions hang on is known to each draft after the first (O6, S2)."""

    GIVEN: ClassVar[dict[str, Any]] = {
        "safety": {"SAF-02": {"value": "belarus", "lang": "be"}},
        "consent": {"CNS-13": {"value": "yes", "lang": "be"}, "CNS-02": {"value": ["lt"], "lang": "be"}},
    }

    def known(self, survivor: Survivor) -> dict[str, Any]:
        content = load_draft(survivor.fresh(), survivor.ring)
        answers = asked.known({key: section.answers for key, section in content.sections.items()})
        return {key: answer.get("value") or answer.get("said") for key, answer in answers.items()}

    def test_the_catalogue_says_what_that_is(self) -> None:
        assert asked.hanging() == {"ELG-01", "ELG-02", "ELG-05", "CTC-01", "SAF-02", "SAF-03", "CNS-02", "CNS-13"}

    def test_after_the_first_contact(self, amina: Survivor) -> None:
        assert self.known(amina) == {"ELG-01": "BY", "ELG-02": "LT", "CTC-01": "code_only"}

    @pytest.mark.parametrize("is_begun", [False, True])
    def test_after_sending_in_a_draft_that_is_begun_and_in_none(self, amina: Survivor, is_begun: bool) -> None:
        tell(amina, self.GIVEN)
        if is_begun:
            save(amina, STORY)
        found = self.known(amina)
        assert (found["SAF-02"], found["CNS-13"], found["CNS-02"]) == ("belarus", "yes", ["lt"])

    def test_what_is_said_now_counts_more_and_an_empty_page_does_not(self, amina: Survivor) -> None:
        tell(amina, self.GIVEN)
        assert save(amina, {"SAF-02": {"value": None, "lang": "be"}}, section="safety") == 1
        assert self.known(amina)["SAF-02"] == "belarus"
        save(amina, {"SAF-02": {"value": "safe_abroad", "lang": "be"}}, seen=1, section="safety")
        assert self.known(amina)["SAF-02"] == "safe_abroad"

    @pytest.mark.parametrize("is_begun", [False, True])
    def test_a_permission_that_was_taken_back_is_not_carried(self, amina: Survivor, is_begun: bool) -> None:
        tell(amina, self.GIVEN)
        if is_begun:
            save(amina, STORY)
        withdraw(case=amina.fresh(), receipt=amina.ring, scopes=["CNS-13"], language="be")
        assert self.known(amina).get("CNS-13") in (None, "withdrawn")
        tell(amina, {"consent": {"CNS-13": {"value": "yes", "lang": "be"}}})
        assert self.known(amina)["CNS-13"] == "yes"

    def test_it_is_no_draft_and_is_not_sent_again(self, amina: Survivor) -> None:
        tell(amina, self.GIVEN)
        assert not load_draft(amina.fresh(), amina.ring).has_something
        tell(amina, {"story": STORY})
        fields = SealedValue.objects.filter(table="statement", row=amina.fresh().versions.last().id)
        assert set(fields.values_list("field", flat=True)) == {"story", "sealed"}
