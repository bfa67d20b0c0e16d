"""The audit chain names what was touched; nobody but a worker's half links it."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.factories.cast import Cast
from tests.factories.intruder import Intruder, copied, erase, overwrite
from vault import audit, tasks, worker
from vault.models import AuditBatch, AuditEvent, AuditLink
from vault.signers import Signer


@pytest.fixture
def signer(cast: Cast) -> Signer:
    """The half of this host; the events of the founding are linked by it."""
    half = worker.ensure().signer
    audit.chain(half)
    return half


@pytest.fixture
def events(cast: Cast, signer: Signer) -> list[AuditEvent]:
    """Two links of three events each."""
    made = []
    for _ in range(2):
        made += [audit.record("case.seen", "case", uuid4(), by=cast.ben.person.id, detail={"n": n}) for n in range(3)]
        audit.chain(signer)
    return list(AuditEvent.objects.filter(id__in=[event.id for event in made]).order_by("id"))


def verified(*arguments: str) -> tuple[int, str, str]:
    """Exit code, output and errors of the command."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def remove(event: AuditEvent) -> None:
    """Delete an event and its place in the chain."""
    erase(AuditLink.objects.filter(event=event))
    erase(AuditEvent.objects.filter(id=event.id))


def remove_batch(batch: AuditBatch) -> None:
    """Delete a batch and all of its events."""
    events = list(AuditEvent.objects.filter(link__batch=batch))
    for event in events:
        remove(event)
    erase(AuditBatch.objects.filter(number=batch.number))


def test_an_untouched_chain_is_whole(events: list[AuditEvent]) -> None:
    verdict = audit.verify()
    assert (verdict.fault, verdict.pending) == ("", 0)
    assert verdict.head == bytes(AuditBatch.objects.order_by("-number")[0].digest)
    code, out, err = verified()
    assert (code, err) == (0, "")
    assert f"intact: {verdict.events} events" in out


def test_a_member_has_a_time_and_a_survivor_only_a_day(cast: Cast) -> None:
    assert audit.record("letter.sent", "case", uuid4(), by=cast.ben.person.id).at is not None
    assert audit.record("letter.received", "case", uuid4(), by=None).at is None


@pytest.mark.parametrize(
    "column",
    [
        {"action": "case.left"}, {"actor": None}, {"subject": uuid4()}, {"subject_table": "dossier"},
        {"detail": {"n": 9}}, {"at": None}, {"on": date(2026, 1, 1)},
    ],
    ids=lambda each: next(iter(each)),
)  # fmt: skip
def test_a_changed_event_is_named(events: list[AuditEvent], column: dict[str, object]) -> None:
    overwrite(events[1], **column)
    assert audit.verify().fault == f"event {events[1].id}"
    code, _, err = verified()
    assert (code, err.strip()) == (1, f"BROKEN at event {events[1].id}")


def test_a_changed_link_is_named(events: list[AuditEvent]) -> None:
    overwrite(events[1].link, digest=bytes(32))
    assert audit.verify().fault == f"event {events[1].id}"


def test_a_day_or_a_time_moved_is_named(events: list[AuditEvent]) -> None:
    overwrite(events[4], at=timezone.now() - timedelta(hours=1))
    assert audit.verify().fault == f"event {events[4].id}"


def test_a_deleted_event_shows_at_the_next_one(events: list[AuditEvent]) -> None:
    remove(events[1])
    assert audit.verify().fault == f"event {events[2].id}"


def test_a_deleted_last_event_shows_at_its_link(events: list[AuditEvent]) -> None:
    number = events[2].link.batch_id
    remove(events[2])
    assert audit.verify().fault == f"batch {number}"


def test_an_event_taken_out_of_its_link_shows(events: list[AuditEvent]) -> None:
    erase(AuditLink.objects.filter(event=events[0]))
    assert audit.verify().fault == f"event {events[1].id}"


def test_an_inserted_event_is_named(events: list[AuditEvent]) -> None:
    newest = AuditEvent.objects.order_by("-id")[0].id
    added = AuditEvent.objects.create(id=newest + 1, action="case.seen", subject_table="case", subject=uuid4())
    last = events[5].link
    link = AuditLink.objects.create(
        event=added, batch=last.batch, digest=audit.event_digest(bytes(last.digest), added)
    )  # fmt: skip
    assert audit.verify().fault == f"batch {last.batch_id}"
    overwrite(link, digest=bytes(32))
    assert audit.verify().fault == f"event {added.id}"


def test_a_link_moved_to_another_batch_shows(events: list[AuditEvent]) -> None:
    overwrite(events[0].link, batch=events[4].link.batch)
    assert audit.verify().fault == f"event {events[1].id}"


def test_two_events_that_change_places_show(events: list[AuditEvent]) -> None:
    first, second = events[0], events[1]
    for row, other in ((first, second), (second, first)):
        overwrite(row, action="case.seen", subject=other.subject, detail=other.detail, at=other.at)
    assert audit.verify().fault == f"event {first.id}"


def test_a_chain_recomputed_after_a_change_lacks_the_signature(events: list[AuditEvent]) -> None:
    overwrite(events[0], action="case.left")
    first = events[0].link.batch
    digest = bytes(first.previous)
    for link in AuditLink.objects.filter(event_id__gte=events[0].id).select_related("event").order_by("event_id"):
        digest = audit.event_digest(digest, link.event)
        overwrite(link, digest=digest)
    for batch in AuditBatch.objects.filter(number__gte=first.number):
        overwrite(batch, digest=bytes(batch.links.order_by("-event_id")[0].digest))
    assert audit.verify().fault == f"batch {first.number}"


@pytest.mark.parametrize(
    "columns", [{"signer": None, "signature": None}, {"signature": None}, {"signature": bytes(64)}]
)
def test_a_link_without_its_signature_is_broken(events: list[AuditEvent], columns: dict[str, object]) -> None:
    batch = AuditBatch.objects.order_by("-number")[0]
    overwrite(batch, **columns)
    assert audit.verify().fault == f"batch {batch.number}"
    assert verified()[0] == 1


def test_a_link_signed_by_somebody_else_is_broken(cast: Cast, events: list[AuditEvent]) -> None:
    for signer in (Intruder("worker").signer, cast.dana.ring.signer):
        audit.record("case.seen", "case", uuid4(), by=None)
        audit.chain(signer)
        last = AuditBatch.objects.order_by("-number")[0]
        assert audit.verify().fault == f"batch {last.number}"
        remove_batch(last)


def test_a_missing_link_shows(events: list[AuditEvent]) -> None:
    first = AuditBatch.objects.order_by("number")[0]
    remove_batch(first)
    assert audit.verify().fault


def test_an_empty_link_that_was_added_shows(events: list[AuditEvent]) -> None:
    last = AuditBatch.objects.order_by("-number")[0]
    values = {name: getattr(last, name) for name in ("previous", "digest", "last_event", "signer", "signature")}
    AuditBatch.objects.create(number=last.number + 1, **values)
    assert audit.verify().fault == f"batch {last.number + 1}"


def test_a_cut_end_shows_against_a_head_that_was_written_down(events: list[AuditEvent]) -> None:
    known = audit.verify().head
    assert verified("--head", known.hex())[0] == 0
    last = AuditBatch.objects.order_by("-number")[0]
    remove_batch(last)
    assert audit.verify().fault == ""  # nothing inside tells
    assert audit.verify(known).fault == "the known head is not in the chain"
    code, _, err = verified("--head", known.hex())
    assert code == 1
    assert "known head" in err


def test_an_older_head_stays_in_the_chain(events: list[AuditEvent], signer: Signer) -> None:
    known = audit.verify().head
    audit.record("case.seen", "case", uuid4(), by=None)
    audit.chain(signer)
    assert audit.verify(known).fault == ""


def test_waiting_events_are_counted_and_linked_by_the_timer(cast: Cast, signer: Signer) -> None:
    for _ in range(3):
        audit.record("case.seen", "case", uuid4(), by=None)
    assert audit.verify().pending == 3
    assert "3 not yet chained" in verified()[1]
    tasks.chain_audit()
    assert (audit.verify().fault, audit.verify().pending) == ("", 0)


def test_without_a_worker_events_wait_and_nothing_is_linked_unsigned(cast: Cast, settings: Any) -> None:
    settings.WORKER_DELEGATE = None
    audit.record("case.seen", "case", uuid4(), by=None)
    tasks.chain_audit()
    assert AuditBatch.objects.count() == 0
    assert audit.verify().pending > 0


def test_a_worker_that_has_no_half_yet_makes_one_for_the_first_link(cast: Cast) -> None:
    tasks.chain_audit()
    assert (audit.verify().fault, audit.verify().pending) == ("", 0)


def test_a_long_backlog_becomes_several_links(cast: Cast, signer: Signer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "ROWS", 2)
    for _ in range(5):
        audit.record("case.seen", "case", uuid4(), by=None)
    before = AuditBatch.objects.count()
    tasks.chain_audit()
    assert AuditBatch.objects.count() == before + 3
    assert audit.verify().fault == ""


def test_an_event_that_was_committed_late_joins_a_later_link(events: list[AuditEvent], signer: Signer) -> None:
    """On PostgreSQL a lower number may become visible after a higher one was linked."""
    early, late = copied(events[0], id=events[5].id + 50), copied(events[0], id=events[5].id + 40)
    erase(AuditEvent.objects.filter(id=late.id))
    audit.chain(signer)
    late.save(force_insert=True)
    audit.chain(signer)
    assert late.link.batch_id == early.link.batch_id + 1
    assert audit.verify().fault == ""
    overwrite(late, action="case.left")
    assert audit.verify().fault == f"event {late.id}"


def test_an_event_that_was_added_with_an_earlier_day_is_pointed_at(events: list[AuditEvent], signer: Signer) -> None:
    """It is linked like any other, because an event carries no signature of its own; its place tells."""
    day = events[0].on - timedelta(days=30)
    added = copied(events[0], id=events[0].id - 1000, on=day, at=None)
    honest = copied(events[0], id=events[5].id + 1000, on=events[0].on - timedelta(days=1))
    audit.chain(signer)
    verdict = audit.verify()
    assert (verdict.fault, verdict.late) == ("", (added.id,))
    assert honest.link.batch_id == added.link.batch_id
    code, out, _ = verified()
    assert code == 0
    assert f"event {added.id} says an earlier day" in out


def test_of_two_sealers_at_once_the_slower_one_leaves_its_events(
    events: list[AuditEvent], signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = audit._link

    def slower(*arguments: object) -> None:
        monkeypatch.setattr(audit, "_link", link)
        assert audit.chain(signer) == 2
        audit.record("case.seen", "case", uuid4(), by=None)
        link(*arguments)

    before = AuditBatch.objects.count()
    for _ in range(2):
        audit.record("case.seen", "case", uuid4(), by=None)
    monkeypatch.setattr(audit, "_link", slower)
    assert audit.chain(signer) == 0
    assert AuditBatch.objects.count() == before + 1
    assert (audit.verify().fault, audit.verify().pending) == ("", 1)


def test_a_worker_of_an_earlier_day_keeps_its_word(events: list[AuditEvent], cast: Cast) -> None:
    from vault.models import KeyPair

    KeyPair.objects.filter(use="worker").update(retired_on=timezone.now().date())
    assert audit.verify().fault == ""
