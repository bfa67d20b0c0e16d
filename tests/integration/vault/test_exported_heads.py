"""A head that is kept outside names what a rewritten chain has changed, although the chain itself is whole."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from tests.factories.cast import Cast
from tests.factories.intruder import Intruder, copied, erase, overwrite
from tests.factories.rewriter import Rewriter
from vault import audit, countersigning, exported, tasks, worker
from vault.models import AuditBatch, AuditEvent, AuditLink, Countersignature
from vault.signers import Signer

PARTS = (1, 2)  # the founding is part 0


@pytest.fixture
def signer(cast: Cast, settings: object, tmp_path: Path) -> Signer:
    """The half of this host; weekly files go into a folder of this test."""
    settings.STATE_DIR = tmp_path / "state"
    half = worker.ensure().signer
    audit.chain(half)
    return half


@pytest.fixture
def events(cast: Cast, signer: Signer) -> list[AuditEvent]:
    """Three events in each of three links, the second of which is countersigned by Dana."""
    made = []
    for part in range(3):
        made += [audit.record("case.seen", "case", uuid4(), by=cast.ben.person.id, detail={"n": n}) for n in range(3)]
        audit.chain(signer)
        if part == 1:
            countersigning.countersign(cast.dana.ring.signer)
    return made


@pytest.fixture
def file(events: list[AuditEvent], tmp_path: Path) -> Path:
    """The exported head, kept outside."""
    path = tmp_path / "kept.json"
    path.write_text(exported.text() or "")
    return path


def verified(*arguments: str) -> tuple[int, str, str]:
    """Exit code, output and errors of the command."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def against(file: Path) -> tuple[int, str]:
    code, _, err = verified("--head", str(file))
    return code, err.strip()


def test_an_untouched_chain_stands_as_exported(events: list[AuditEvent], file: Path, signer: Signer) -> None:
    audit.record("case.seen", "case", uuid4(), by=None)
    audit.chain(signer)
    code, out, err = verified("--head", str(file))
    assert (code, err) == (0, "")
    assert f"everything up to event {events[8].id} stands as in the head of" in out
    assert "which 1 leads signed" in out


def test_a_rewritten_chain_is_whole_in_itself(events: list[AuditEvent], signer: Signer) -> None:
    Rewriter(signer).rewrite(lambda: overwrite(events[4], action="case.left"))
    assert audit.verify().fault == ""


def test_the_exported_head_names_a_changed_event(events: list[AuditEvent], file: Path, signer: Signer) -> None:
    Rewriter(signer).rewrite(lambda: overwrite(events[4], action="case.left"))
    assert against(file) == (1, f"BROKEN at batch 3: event {events[4].id} was changed")


def test_the_exported_head_names_a_removed_event(events: list[AuditEvent], file: Path, signer: Signer) -> None:
    Rewriter(signer).rewrite(lambda: erase(AuditEvent.objects.filter(id=events[4].id)))
    assert against(file) == (1, f"BROKEN at batch 3: event {events[4].id} is missing")


def test_the_exported_head_names_an_added_event(events: list[AuditEvent], file: Path, signer: Signer) -> None:
    added = events[8].id + 1000
    Rewriter(signer).rewrite(lambda: copied(events[0], id=added, action="case.left"))
    assert against(file) == (1, f"BROKEN at batch 2: event {added} was added")


def test_the_exported_head_names_an_event_of_the_cut_end(events: list[AuditEvent], file: Path) -> None:
    last = AuditBatch.objects.order_by("-number")[0]
    erase(AuditLink.objects.filter(batch=last))
    erase(AuditBatch.objects.filter(number=last.number))
    assert audit.verify().fault == ""
    assert against(file) == (1, f"BROKEN at batch {last.number}: event {events[6].id} is missing")


def test_an_emptied_trail_is_named_too(events: list[AuditEvent], file: Path, signer: Signer) -> None:
    Rewriter(signer).erase_chain()
    erase(AuditEvent.objects.all())
    code, text = against(file)
    assert code == 1
    assert text.startswith("BROKEN at batch 1: event")


def test_an_event_older_than_those_listed_is_named_by_its_link(
    events: list[AuditEvent], signer: Signer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exported, "EVENTS", 4)
    path = tmp_path / "short.json"
    path.write_text(exported.text() or "")
    assert len(json.loads(path.read_text())["events"]) == 3
    Rewriter(signer).rewrite(lambda: overwrite(events[1], action="case.left"))
    before, after = AuditEvent.objects.filter(id__lt=events[0].id).latest("id").id, events[2].id
    assert against(path) == (1, f"BROKEN at batch 2: an event after {before} and up to {after}")


def test_a_link_older_than_those_listed_is_told_by_the_first_of_them(
    events: list[AuditEvent], signer: Signer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exported, "BATCHES", 2)
    monkeypatch.setattr(exported, "EVENTS", 1)
    path = tmp_path / "short.json"
    path.write_text(exported.text() or "")
    Rewriter(signer).rewrite(lambda: overwrite(events[1], action="case.left"))
    assert against(path) == (1, f"BROKEN at batch 3: event {events[5].id} or one before it")


def test_a_change_that_nobody_linked_again_is_named_without_a_head_too(events: list[AuditEvent], file: Path) -> None:
    overwrite(events[4], action="case.left")
    assert against(file) == (1, f"BROKEN at event {events[4].id}")


def test_a_digest_alone_says_only_that_it_is_gone(events: list[AuditEvent], file: Path, signer: Signer) -> None:
    digest = json.loads(file.read_text())["digest"]
    assert verified("--head", digest)[0] == 0
    Rewriter(signer).rewrite(lambda: overwrite(events[4], action="case.left"))
    code, _, err = verified("--head", digest)
    assert (code, err.strip()) == (1, "BROKEN at the known head is not in the chain")


def test_the_file_says_nothing_of_what_happened(cast: Cast, events: list[AuditEvent], file: Path) -> None:
    text = file.read_text()
    assert "case.seen" not in text
    for event in events:
        assert str(event.subject) not in text
    assert str(cast.ben.person.id) not in text


def test_a_countersignature_in_the_file_counts_only_if_it_holds(
    cast: Cast, events: list[AuditEvent], file: Path
) -> None:
    found = json.loads(file.read_text())
    assert exported.read(file.read_text()).countersigners() == 1
    found["countersignatures"][0]["ml_dsa_65"] = "00" * 3309
    assert exported.read(json.dumps(found)).countersigners() == 0
    found["countersignatures"][0]["key"] = bytes(Intruder().pair.fingerprint).hex()
    assert exported.read(json.dumps(found)).countersigners() == 0
    found["countersignatures"][0]["batch"] = 99
    assert exported.read(json.dumps(found)).countersigners() == 0


@pytest.mark.parametrize("change", [{"format": "x"}, {"digest": "00"}, {"number": 9}, {"batches": []}, {"events": 3}])
def test_what_is_no_head_is_refused(file: Path, change: dict[str, object]) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    with pytest.raises(CommandError, match="cannot be read"):
        verified("--head", str(file))


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "no JSON"])
def test_neither_is_any_other_file(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(CommandError, match="cannot be read"):
        verified("--head", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        verified("--head", str(file.parent / "missing.json"))


class TestEachWeek:
    """What the scheduler leaves in the state folder."""

    def files(self) -> list[Path]:
        return sorted(exported.folder().glob("*"))

    def test_a_file_is_written_for_its_owner_alone(self, events: list[AuditEvent]) -> None:
        tasks.export_head()
        (path,) = self.files()
        assert path.name == f"audit-head-{exported.today().isoformat()}.json"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert exported.read(path.read_text()).difference() == ""

    def test_only_once(self, events: list[AuditEvent], signer: Signer, monkeypatch: pytest.MonkeyPatch) -> None:
        tasks.export_head()
        before = self.files()[0].read_text()
        audit.record("case.seen", "case", uuid4(), by=None)
        audit.chain(signer)
        tasks.export_head()
        assert [path.read_text() for path in self.files()] == [before]
        day = exported.today()
        monkeypatch.setattr(exported, "today", lambda: day + timedelta(days=6))
        tasks.export_head()
        assert len(self.files()) == 1
        monkeypatch.setattr(exported, "today", lambda: day + timedelta(days=7))
        tasks.export_head()
        assert len(self.files()) == 2

    def test_nothing_before_anything_is_chained(self, cast: Cast, settings: object, tmp_path: Path) -> None:
        settings.STATE_DIR = tmp_path / "state"
        tasks.export_head()
        assert self.files() == []


class TestCountersignatures:
    """Leads' words over the chain at their sign-ins."""

    def test_a_lead_signs_the_newest_link_once(self, cast: Cast, events: list[AuditEvent]) -> None:
        signer = cast.marek.ring.signer
        row = countersigning.countersign(signer)
        assert row is not None
        assert row.batch == AuditBatch.objects.order_by("-number")[0]
        assert countersigning.holds(Countersignature.objects.get(id=row.id))
        assert countersigning.countersign(signer) is None
        assert audit.verify().fault == ""

    def test_nothing_is_signed_before_anything_is_chained(self, cast: Cast) -> None:
        assert countersigning.countersign(cast.dana.ring.signer) is None

    def test_a_rewritten_chain_breaks_the_word_that_is_kept(
        self, cast: Cast, events: list[AuditEvent], signer: Signer
    ) -> None:
        word = Countersignature.objects.get()
        Rewriter(signer, keeps_countersignatures=True).rewrite(lambda: overwrite(events[4], action="case.left"))
        assert audit.verify().fault == f"countersignature {word.id} of batch 3"
        assert verified()[0] == 1

    def test_a_rewriting_after_the_word_leaves_it_whole(
        self, cast: Cast, events: list[AuditEvent], signer: Signer
    ) -> None:
        Rewriter(signer, keeps_countersignatures=True).rewrite(lambda: overwrite(events[7], action="case.left"))
        assert audit.verify().fault == ""

    def test_a_lead_does_not_sign_a_chain_that_was_rewritten(
        self, cast: Cast, events: list[AuditEvent], signer: Signer
    ) -> None:
        Rewriter(signer, keeps_countersignatures=True).rewrite(lambda: overwrite(events[4], action="case.left"))
        with pytest.raises(countersigning.Forged, match="batch 3: not as it was countersigned"):
            countersigning.countersign(cast.dana.ring.signer)
        assert Countersignature.objects.count() == 1

    def test_nor_one_whose_links_do_not_follow_each_other(self, cast: Cast, events: list[AuditEvent]) -> None:
        overwrite(AuditBatch.objects.get(number=4), previous=bytes(32))
        with pytest.raises(countersigning.Forged, match="batch 4: does not follow"):
            countersigning.countersign(cast.dana.ring.signer)

    @pytest.mark.parametrize(
        "column",
        [{"signature": bytes(64)}, {"pq_signature": bytes(3309)}, {"pq_public": bytes(1952)}, {"pq_signature": b""}],
        ids=lambda each: next(iter(each)),
    )
    def test_one_signature_that_is_wrong_breaks_it(
        self, cast: Cast, events: list[AuditEvent], column: dict[str, bytes]
    ) -> None:
        word = Countersignature.objects.get()
        overwrite(word, **column)
        assert audit.verify().fault == f"countersignature {word.id} of batch 3"

    def test_one_moved_to_another_link_is_broken(self, events: list[AuditEvent]) -> None:
        word = Countersignature.objects.get()
        overwrite(word, batch=AuditBatch.objects.get(number=4))
        assert audit.verify().fault == f"countersignature {word.id} of batch 4"

    def test_only_a_lead_by_the_directory_counts(self, cast: Cast, events: list[AuditEvent]) -> None:
        for signer in (cast.ben.ring.signer, Intruder().signer):
            row = countersigning.countersign(signer)
            assert row is not None
            assert audit.verify().fault == f"countersignature {row.id} of batch 4"
            erase(Countersignature.objects.filter(id=row.id))

    def test_the_other_key_of_the_pair_cannot_be_exchanged(self, cast: Cast, events: list[AuditEvent]) -> None:
        """Who breaks curves alone cannot; who breaks lattices alone cannot either."""
        other = countersigning.countersign(cast.marek.ring.signer)
        assert other is not None
        overwrite(other, pq_public=bytes(Countersignature.objects.exclude(id=other.id).get().pq_public))
        assert audit.verify().fault == f"countersignature {other.id} of batch 4"
