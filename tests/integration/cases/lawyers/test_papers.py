"""Papers that come back: kept, listed on both sides, opened on record; and whoever should not, gets none."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases import opened_by
from cases.actions import briefing, packages, papers
from cases.actions.breaking_glass import hold
from cases.actions.erasing import approve_erasing, request_erasing
from cases.dossier import to_sign
from cases.errors import NotReady, Refused
from cases.guards import GUARDS, Sight
from cases.lawyers.papers import papers_of
from cases.models import Case, Dossier, Paper, Proposal
from tests.factories import cast as made
from tests.factories.cast import Cast, Survivor
from tests.factories.lawyers import fresh
from tests.factories.papers import BODY, brought
from vault import purge
from vault.errors import Forged, NoGrant, NotKept
from vault.models import AuditEvent, SealedFile, SealedValue

GIF = b"GIF89a" + b"x" * 200


def at(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def stored() -> set[Path]:
    folder = Path(settings.FILES_DIR)
    return {path for path in folder.rglob("*") if path.is_file()}


def sent(body: bytes = BODY, name: str = "паперы Вольгі.pdf", **more: Any) -> dict[str, Any]:
    return {"kind": "power", "file": SimpleUploadedFile(name, body), "name": "", **more}


def code_of(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises((Refused, NotReady)) as caught:
        act(*args, **kwargs)
    return str(getattr(caught.value, "code", ""))


def read(paper: Any, proposal: Proposal, member: Any) -> bytes:
    _record, stream = papers.open_paper(proposal=proposal, paper_id=paper.id, by=member.person, ring=member.ring)
    try:
        return b"".join(stream.chunks())
    finally:
        stream.close()


class TestBringing:
    def test_from_the_lawyer_to_the_team_and_on_record(
        self, brief: Proposal, amina: Survivor, cast: Cast, as_lena: Client, as_ben: Client
    ) -> None:
        where = at("own-papers", brief.id)
        assert where in as_lena.get(at("own-brief", brief.id)).content.decode()
        page = as_lena.post(where, sent(), follow=True).content.decode()
        paper = Paper.objects.get()
        assert "паперы Вольгі.pdf" in page
        assert "L-001 is kept" in page
        assert fresh(brief).has_news
        [record] = papers_of(brief, cast.ben.ring)
        assert (record.size, record.sha256) == (len(BODY), hashlib.sha256(BODY).hexdigest())
        assert [each["by"] for each in record.custody] == ["lawyer", "portal", "portal"]
        team = as_ben.get(at("papers", amina.fresh().reference)).content.decode()
        assert "паперы Вольгі.pdf" in team
        answer = as_ben.get(at("paper", amina.fresh().reference, paper.id))
        assert b"".join(answer.streaming_content) == BODY  # type: ignore[attr-defined]
        assert "original opened" in as_lena.get(where).content.decode()
        assert read(record, brief, cast.lena) == BODY
        days = opened_by.days(amina.fresh())
        assert ("lawyer", opened_by.BROUGHT) in {(each.role, each.what) for each in days[0][1]}
        named = AuditEvent.objects.filter(action__startswith="paper.")
        assert "Вольгі" not in str([each.detail for each in named])

    def test_a_member_brings_one_too(self, brief: Proposal, amina: Survivor, cast: Cast, as_ben: Client) -> None:
        as_ben.post(at("papers", amina.fresh().reference), sent(kind="receipt"))
        [record] = papers_of(brief, cast.lena.ring)
        assert (record.kind, record.custody[0]["by"]) == ("receipt", "caseworker")
        assert not fresh(brief).has_news

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"file": ""}, "Choose a file first."),
            ({"body": b""}, "This file is empty."),
            ({"body": GIF}, "This kind of file is not taken."),
            ({"body": b"MZ" + b"x" * 90}, "This kind of file is not taken."),
            ({"kind": "nonsense"}, "nonsense"),
        ],
    )
    def test_what_is_not_taken_is_said_and_what_was_typed_stays(
        self, brief: Proposal, as_lena: Client, change: dict[str, Any], words: str
    ) -> None:
        before = stored()
        body = change.pop("body", BODY)
        page = as_lena.post(at("own-papers", brief.id), {**sent(body, name="x.pdf"), "name": "keep me", **change})
        assert words in page.content.decode()
        assert "keep me" in page.content.decode()
        assert not Paper.objects.exists()
        page.close()
        assert stored() == before

    def test_one_that_is_too_large(self, brief: Proposal, as_lena: Client, settings: Any) -> None:
        settings.UPLOAD_LIMIT = 2**20
        page = as_lena.post(at("own-papers", brief.id), sent(b"%PDF-1.4\n" + b"x" * 2**21)).content.decode()
        assert "larger than 1 MB" in page
        assert not Paper.objects.exists()

    def test_one_that_breaks_off_leaves_nothing(self, brief: Proposal, as_lena: Client) -> None:
        before = stored()
        body = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + BODY
        as_lena.post(at("own-papers", brief.id), body, content_type="multipart/form-data; boundary=edge")
        assert not Paper.objects.exists()
        assert stored() == before

    def test_when_the_disk_says_no(self, brief: Proposal, as_lena: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*args: object) -> None:
            raise NotKept("file: errno 28")

        monkeypatch.setattr("vault.files._move_durably", full)
        assert "could not be kept now" in as_lena.post(at("own-papers", brief.id), sent()).content.decode()
        assert not Paper.objects.exists()

    def test_a_file_whose_row_was_rolled_back_goes_with_the_purge(
        self, brief: Proposal, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*args: object, **kwargs: object) -> None:
            raise RuntimeError

        before = stored()
        monkeypatch.setattr("cases.actions.papers.write_head", broken)
        with pytest.raises(RuntimeError):
            brought(brief, cast.lena)
        assert len(stored() - before) == 1
        monkeypatch.setattr(purge, "ORPHAN_SECONDS", -1)
        monkeypatch.setattr(purge, "ARRIVING_SECONDS", -1)
        purge.purge()
        assert stored() == before


class TestWhoMayNot:
    def test_another_lawyer(self, brief: Proposal, cast: Cast, as_tomas: Client) -> None:
        paper = brought(brief, cast.lena)
        assert as_tomas.get(at("own-papers", brief.id)).status_code == 404
        assert as_tomas.get(at("own-paper", brief.id, paper.id)).status_code == 404
        assert as_tomas.get(at("own-form", brief.id, "power")).status_code == 404
        with pytest.raises((Refused, NoGrant)):
            read(paper, brief, cast.tomas)
        with pytest.raises((Refused, NoGrant)):
            brought(brief, cast.tomas)

    def test_the_lawyer_after_the_mandate(
        self, brief: Proposal, amina: Survivor, cast: Cast, as_lena: Client, as_ben: Client
    ) -> None:
        paper = brought(brief, cast.lena)
        briefing.end_mandate(proposal=brief, by=cast.dana.person, ring=cast.dana.ring)
        assert as_lena.get(at("own-paper", brief.id, paper.id)).status_code == 404
        assert code_of(read, paper, fresh(brief), cast.lena) == "another_lawyer"
        with pytest.raises(NoGrant):
            papers_of(fresh(brief), cast.lena.ring)
        assert code_of(brought, fresh(brief), cast.lena) == "answered"
        assert read(paper, fresh(brief), cast.ben) == BODY, "the team keeps what was brought"
        assert "scan.pdf" in as_ben.get(at("papers", amina.fresh().reference)).content.decode()

    def test_the_lawyer_while_the_case_is_held(
        self, brief: Proposal, amina: Survivor, cast: Cast, as_lena: Client
    ) -> None:
        paper = brought(brief, cast.lena)
        hold(case=amina.fresh(), by=cast.ben.person, ring=cast.ben.ring, reason="danger")
        assert code_of(read, paper, fresh(brief), cast.lena) == "safety_hold"
        assert code_of(brought, fresh(brief), cast.lena) == "safety_hold"
        assert as_lena.get(at("own-form", brief.id, "power")).status_code == 409
        page = as_lena.get(at("own-papers", brief.id)).content.decode()
        assert "safety hold" in page
        assert "scan.pdf" not in page

    def test_a_row_that_somebody_changed_or_added_shows(self, brief: Proposal, cast: Cast) -> None:
        paper = brought(brief, cast.lena)
        Paper.objects.update(kind="interview")
        with pytest.raises(Forged):
            GUARDS["interview_stored"].check(Sight(fresh(brief).case, cast.lena.ring))
        Paper.objects.update(kind="statement")
        SealedValue.objects.filter(table="paper", row=paper.id).delete()
        with pytest.raises(Forged):
            papers_of(brief, cast.ben.ring)

    def test_a_paper_of_another_case_is_not_there(self, brief: Proposal, cast: Cast, as_ben: Client) -> None:
        brought(brief, cast.lena)
        assert as_ben.get(at("paper", brief.case.reference, brief.id)).status_code == 404


@pytest.mark.parametrize(
    ("kind", "guard"),
    [("interview", "interview_stored"), ("certificate", "certificate"), ("receipt", "receipt_stored")],
)
def test_a_condition_is_met_by_its_own_paper(brief: Proposal, cast: Cast, kind: str, guard: str) -> None:
    brought(brief, cast.lena, "other")
    assert not GUARDS[guard].check(Sight(brief.case, cast.lena.ring))
    brought(brief, cast.lena, kind)
    assert GUARDS[guard].check(Sight(brief.case, cast.lena.ring))


def test_a_dossier_is_confirmed_by_the_lawyers_own_signature(
    brief: Proposal, amina: Survivor, cast: Cast, routes: object
) -> None:
    made.confirmed(amina, cast.ben)
    dossier = made.delivered(made.requested(amina, cast.ben, cast.lena), cast.lena, BODY, is_for_filing=True)
    Dossier.objects.update(state=Dossier.State.ACKNOWLEDGED)  # as a database writer would
    sight = Sight(brief.case, cast.lena.ring)
    assert not GUARDS["released"].check(sight)
    packages.acknowledge(dossier=dossier, by=cast.lena.person, ring=cast.lena.ring)
    assert GUARDS["released"].check(sight)


def test_a_draft_that_was_confirmed_files_nothing(brief: Proposal, amina: Survivor, cast: Cast, routes: object) -> None:
    made.confirmed(amina, cast.ben)
    dossier = made.delivered(made.requested(amina, cast.ben, cast.lena), cast.lena, BODY)
    packages.acknowledge(dossier=dossier, by=cast.lena.person, ring=cast.lena.ring)
    Dossier.objects.update(is_for_filing=True)  # as a database writer would
    assert not GUARDS["released"].check(Sight(brief.case, cast.lena.ring))


def test_erasing_a_case_takes_the_papers(brief: Proposal, amina: Survivor, cast: Cast) -> None:
    record = brought(brief, cast.lena)
    path = Path(settings.FILES_DIR) / SealedFile.objects.get(id=record.file).storage_name
    assert path.exists()
    case = amina.fresh()
    asked = request_erasing(case=case, by=cast.ben.person, ring=cast.ben.ring, why="survivor_asked")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda act, **_: act())
        approve_erasing(erasure=asked, by=cast.dana.person, ring=cast.dana.ring, reference=case.reference)
    assert not Case.objects.exists()
    assert not SealedFile.objects.filter(id=record.file).exists()
    assert not path.exists()


@pytest.mark.shown
def test_a_form_to_sign_comes_as_a_pdf_without_a_name(brief: Proposal, as_lena: Client, as_ben: Client) -> None:
    answer = as_lena.get(at("own-form", brief.id, "power"))
    assert answer.content.startswith(b"%PDF")
    assert "Lena" not in answer["Content-Disposition"]
    assert brief.case.reference in answer["Content-Disposition"]
    assert as_lena.get(at("own-form", brief.id, "nothing")).status_code == 404
    assert (
        at("form-to-sign", brief.case.reference, to_sign.FORMS[0])
        in as_ben.get(at("papers", brief.case.reference)).content.decode()
    )
