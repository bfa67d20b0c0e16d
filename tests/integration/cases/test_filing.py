"""A dossier for filing: each of the thirteen conditions refuses on its own, where the key is released."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from cases import building, releasable
from cases.actions import drafting, recalling, telling, texts, withdrawing
from cases.actions.dossiers import approve, request_record
from cases.actions.packages import open_package
from cases.dossier.errors import RenderFailed
from cases.dossier.inputs import PSEUDONYMISED
from cases.dossier.render import DOCUMENT, released
from cases.errors import NotConsented, NotReady, Refused
from cases.lawyers import offers
from cases.models import Dossier, Exhibit, Proposal, Text
from cases.texts import shown
from tests.factories import cast as made
from tests.factories.cast import Cast, Survivor
from tests.factories.filed import agreed, asked, online, told
from tests.factories.texts import agreed_road, answered, before_person, for_filing, in_review, with_word
from vault import audit
from vault.models import AuditEvent, Compartment

__all__ = ["agreed", "asked", "online", "told"]  # fixtures

pytestmark = pytest.mark.shown

State = Dossier.State


def say_yes(dossier: Dossier, cast: Cast) -> None:
    approve(dossier=dossier, by=cast.dana.person, ring=cast.dana.ring, reason="All looked at.")


def unmet(dossier: Dossier, cast: Cast) -> set[str]:
    request = request_record(dossier, cast.dana.ring)
    found = releasable.lines(dossier, cast.dana.ring, request, cast.dana.person)
    return {line.code for line in found if line.is_met is False}


@pytest.mark.slow
def test_it_is_released_built_stamped_and_recorded_without_the_mark_of_a_draft(asked: Dossier, cast: Cast) -> None:
    assert unmet(asked, cast) == set()
    say_yes(asked, cast)
    building.build(asked.id)
    asked.refresh_from_db()
    assert (asked.state, asked.trouble) == (State.READY, "")
    _, _, stream = open_package(dossier=asked, by=cast.lena.person, ring=cast.lena.ring)
    archive = zipfile.ZipFile(BytesIO(b"".join(stream.chunks())))
    stream.close()
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["status"] == "for filing"
    assert b"DRAFT" not in archive.read("manifest.json")
    event = AuditEvent.objects.get(action="dossier.exported")
    assert event.detail == {"recipient": str(cast.lena.person.id), "filing": True}


@pytest.mark.slow
def test_a_copy_of_codes_is_filed_when_she_said_yes_to_its_words(
    told: Survivor, cast: Cast, monkeypatch: pytest.MonkeyPatch, online: None
) -> None:
    agreed_road(told, cast, monkeypatch, PSEUDONYMISED)
    with pytest.raises(NotReady, match="approval_other"):
        for_filing(told, cast)
    dossier = for_filing(told, cast, PSEUDONYMISED)
    assert unmet(dossier, cast) == set()
    approve(
        dossier=dossier, by=cast.dana.person, ring=cast.dana.ring, reason="All looked at.", residual="Many stood there."
    )
    building.build(dossier.id)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.trouble) == (State.READY, "")


def test_1_a_country_that_was_taken_back(
    asked: Dossier, agreed: Survivor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(withdrawing, "stop", lambda dossier: None)  # as if what was erased with it were still here
    withdrawing.withdraw(case=agreed.fresh(), receipt=agreed.ring, scopes=["CNS-02"], language="be")
    assert "consent" in unmet(asked, cast)
    with pytest.raises(NotConsented, match="country"):
        say_yes(asked, cast)


class TestTheYes:
    def test_2_without_one(self, told: Survivor, cast: Cast) -> None:
        in_review(told, cast)
        with pytest.raises(NotReady, match=r"^approval$"):
            for_filing(told, cast)
        assert not Dossier.objects.exists()

    def test_2_to_other_words(self, agreed: Survivor, cast: Cast, asked: Dossier) -> None:
        made.confirmed(agreed, cast.ben, {**made.FACTS, "victim": {"residence_now": "PL"}})
        assert "approval" in unmet(asked, cast)
        with pytest.raises(NotReady, match="release_approval"):
            say_yes(asked, cast)
        with pytest.raises(NotReady, match="approval_other"):
            for_filing(agreed, cast)

    def test_2_to_another_lawyer(self, agreed: Survivor, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        text, ring = Text.objects.select_related("case__receipt").get(), cast.dana.ring
        said, answer = shown.read(text, ring)
        monkeypatch.setattr(shown, "read", lambda *_: (replace(said, fingerprint="00" * 32), answer))
        with pytest.raises(NotReady, match="approval_other"):
            for_filing(agreed, cast)

    @pytest.mark.parametrize(("days", "is_early"), [(2.9, True), (3.1, False)])
    def test_2_before_her_time_is_over(
        self, told: Survivor, cast: Cast, monkeypatch: pytest.MonkeyPatch, days: float, is_early: bool, online: None
    ) -> None:
        from tests.factories.texts import cleared_draft, days_ago

        in_review(told, cast)
        second = with_word(told)
        with monkeypatch.context() as earlier:
            days_ago(earlier, days)
            answered(told, before_person(told, cast), second=second)
        cleared_draft(told, cast)
        if not is_early:
            assert for_filing(told, cast).is_for_filing
            return
        with pytest.raises(NotReady, match="approval_time"):
            for_filing(told, cast)

    def test_2_that_was_taken_back_meanwhile(self, agreed: Survivor, asked: Dossier, cast: Cast) -> None:
        answered(agreed, Text.objects.select_related("case__receipt").get(), shown.NO)
        asked.refresh_from_db()
        assert asked.state == State.REFUSED
        assert not Compartment.objects.filter(owner=asked.id).exists()

    def test_2_that_a_database_writer_put_back(
        self, agreed: Survivor, asked: Dossier, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(recalling, "stop", lambda dossier: None)
        answered(agreed, Text.objects.select_related("case__receipt").get(), shown.NO)
        Text.objects.update(state=Text.State.AGREED)
        assert unmet(asked, cast) >= {"approval"}
        with pytest.raises(NotReady, match="release_approval"):
            say_yes(asked, cast)


class TestTheLawyer:
    def test_3_whose_mandate_is_over(self, asked: Dossier, cast: Cast) -> None:
        Proposal.objects.update(state=Proposal.State.ENDED)
        assert "engaged" in unmet(asked, cast)
        with pytest.raises(NotReady, match="release_"):
            say_yes(asked, cast)

    def test_3_with_a_conflict(self, asked: Dossier, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(offers, "is_clean", lambda *_: False)
        assert unmet(asked, cast) == {"engaged"}
        with pytest.raises(NotReady, match="release_engaged"):
            say_yes(asked, cast)


def test_4_one_person_alone(asked: Dossier, cast: Cast) -> None:
    request = request_record(asked, cast.dana.ring)
    found = {line.code: line.is_met for line in releasable.lines(asked, cast.dana.ring, request, cast.ben.person)}
    assert found["second"] is False
    with pytest.raises(Refused):
        approve(dossier=asked, by=cast.ben.person, ring=cast.ben.ring, reason="mine")


def test_5_a_sentence_whose_source_was_corrected(asked: Dossier, agreed: Survivor, cast: Cast) -> None:
    case, ring, changed = agreed.fresh(), agreed.ring, {"EPI-08": {"value": "Усё было інакш.", "lang": "be"}}
    drafting.correct(case=case, receipt=ring, section="story", answers=made.SECTIONS["story"])
    seen = drafting.load_draft(case, ring).sections["story"].version
    drafting.save_section(
        case=case, receipt=ring, section="story", answers=made.SECTIONS["story"] | changed, seen_version=seen
    )  # fmt: skip
    telling.send_account(case=case, receipt=ring, language="be")
    assert "facts_sourced" in unmet(asked, cast)
    with pytest.raises(NotReady, match="release_"):
        say_yes(asked, cast)


@pytest.mark.slow
def test_7_an_exhibit_that_is_gone(asked: Dossier, cast: Cast) -> None:
    exhibit = Exhibit.objects.get()
    type(exhibit.file).objects.filter(id=exhibit.file_id).update(stored_size=0)
    assert "exhibits" in unmet(asked, cast)
    with pytest.raises(NotReady, match="release_exhibits"):
        say_yes(asked, cast)


def finding(code: str) -> Any:
    """What renders a document in which the structural check finds something."""

    def render(*_args: object, **_more: object) -> None:
        raise RenderFailed(f"check-{code}")

    return render


@pytest.mark.parametrize("code", ["untagged", "metadata"])
def test_10_and_11_a_document_that_the_check_refuses(
    asked: Dossier, cast: Cast, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    say_yes(asked, cast)
    monkeypatch.setattr(building, "render_all", finding(code))
    building.build(asked.id)
    asked.refresh_from_db()
    assert (asked.state, asked.trouble) == (State.FAILED, f"render_check-{code}")
    assert not Compartment.objects.filter(kind="package", owner=asked.id).exists()


@pytest.mark.slow
def test_10_and_11_the_check_itself(tmp_path: Path) -> None:
    import pikepdf

    body = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Author"] = "Ben of the North"
        pdf.save(body)
    with pytest.raises(RenderFailed, match="check-"):
        released(body.getvalue(), frozenset({"untagged"}), day="2026-11-02", tmpfs=tmp_path)
    with pytest.raises(RenderFailed, match="check-metadata"):
        released(body.getvalue(), frozenset({"metadata"}), day="2026-11-02", tmpfs=tmp_path)
    assert {"untagged", "metadata"} <= DOCUMENT


def test_12_no_authority_is_known(asked: Dossier, cast: Cast, settings: Any) -> None:
    settings.TIME_AUTHORITIES = []
    assert unmet(asked, cast) == {"signature"}
    with pytest.raises(NotReady, match="release_signature"):
        say_yes(asked, cast)


@pytest.mark.slow
def test_12_the_authority_does_not_answer(asked: Dossier, cast: Cast, settings: Any) -> None:
    say_yes(asked, cast)
    known = settings.TIME_AUTHORITIES
    settings.TIME_AUTHORITIES = [("http://127.0.0.1:9/", known[0][1])]
    building.build(asked.id)
    asked.refresh_from_db()
    assert (asked.state, asked.trouble, asked.attempts) == (State.APPROVED, "waits_for_stamp", 0)
    assert not Compartment.objects.filter(kind="package", owner=asked.id).exists()
    settings.TIME_AUTHORITIES = known
    Dossier.objects.update(claimed_until=None)
    building.build(asked.id)
    asked.refresh_from_db()
    assert (asked.state, asked.trouble) == (State.READY, "")


@pytest.mark.slow
def test_13_nothing_goes_out_unrecorded(asked: Dossier, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    say_yes(asked, cast)
    record = audit.record

    def refuse(action: str, *args: Any, **more: Any) -> None:
        if action == building.EXPORTED:
            raise OSError
        record(action, *args, **more)

    monkeypatch.setattr(building.audit, "record", refuse)
    building.build(asked.id)
    asked.refresh_from_db()
    assert asked.state != State.READY
    assert not Compartment.objects.filter(kind="package", owner=asked.id).exists()


def test_a_text_of_which_a_dossier_is_made_is_not_taken_back(asked: Dossier, cast: Cast) -> None:
    text = Text.objects.select_related("case__receipt").get()
    with pytest.raises(Refused, match="filing"):
        texts.take_back(text=text, by=cast.dana.person, ring=cast.dana.ring)
