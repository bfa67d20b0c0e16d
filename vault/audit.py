"""The audit chain: events append freely, a sealer links them, anybody can verify the links."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vault.directory import statement_for
from vault.envelope import signature
from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.errors import Unstated
from vault.models import AuditBatch, AuditEvent, KeyPair
from vault.signers import Signer

START = bytes(32)
DOMAIN = "audit batch"
ROWS = 500  # events in one batch at most


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a verification; `fault` names the first event or batch that does not fit."""

    events: int
    pending: int
    head: bytes
    fault: str = ""


def record(
    action: str, subject_table: str, subject: UUID, *, by: UUID | None, detail: dict[str, object] | None = None
) -> AuditEvent:
    """Append one event. `by` is a member's id, None for a survivor or a machine: then no time of day is kept."""
    at = timezone.now() if by else None
    return AuditEvent.objects.create(
        action=action, subject_table=subject_table, subject=subject, actor=by, at=at, detail=detail or {}
    )


@transaction.atomic
def chain(signer: Signer) -> int:
    """Link the events that are not yet chained, sign the new head and return how many there were.

    signer: a worker's half. There is no unsigned link: without a worker the events wait.
    """
    last = AuditBatch.objects.select_for_update().order_by("-number").first()
    events = list(AuditEvent.objects.filter(batch=None).order_by("id")[:ROWS])
    if not events:
        return 0
    batch = _new_batch(last, events, signer)
    for event in events:
        event.batch = batch
    AuditEvent.objects.bulk_update(events, ["digest", "batch"])
    return len(events)


def verify(known_head: bytes | None = None) -> Verdict:
    """Recompute the whole chain. `known_head`: a batch digest written down earlier that must still be in it."""
    digest, count, seen = START, 0, known_head is None
    for number, batch in enumerate(AuditBatch.objects.select_related("signer").order_by("number").iterator(), 1):
        previous = digest
        for event in _events_of(batch):
            digest, count = event_digest(digest, event), count + 1
            if bytes(event.digest or b"") != digest:
                return Verdict(count, 0, digest, f"event {event.id}")
        if batch.number != number or not _fits(batch, previous, digest):
            return Verdict(count, 0, digest, f"batch {batch.number}")
        seen = seen or digest == known_head
    pending = AuditEvent.objects.filter(batch=None).count()
    return Verdict(count, pending, digest, "" if seen else "the known head is not in the chain")


def event_digest(previous: bytes, event: AuditEvent) -> bytes:
    """SHA-256 over the digest before and every field of an event in the canonical encoding; 32 bytes."""
    fields = pack(
        settings.DEPLOYMENT, event.id, event.on.isoformat(), event.at.isoformat() if event.at else None,
        event.actor.bytes if event.actor else None, event.action, event.subject_table, event.subject.bytes,
        json.dumps(event.detail, sort_keys=True),
    )  # fmt: skip
    return hashlib.sha256(previous + fields).digest()


def _new_batch(last: AuditBatch | None, events: list[AuditEvent], signer: Signer) -> AuditBatch:
    previous = digest = bytes(last.digest) if last else START
    for event in events:
        digest = event.digest = event_digest(digest, event)
    batch = AuditBatch(
        number=last.number + 1 if last else 1, previous=previous, digest=digest, last_event=events[-1].id,
        signer=signer.pair,
    )  # fmt: skip
    batch.signature = signer.sign(DOMAIN, _signed(batch))
    batch.save()
    return batch


def _fits(batch: AuditBatch, previous: bytes, digest: bytes) -> bool:
    return bytes(batch.previous) == previous and bytes(batch.digest) == digest and _is_signed(batch)


def _events_of(batch: AuditBatch) -> Iterator[AuditEvent]:
    return batch.events.order_by("id").iterator()


def _signed(batch: AuditBatch) -> bytes:
    return pack(batch.number, bytes(batch.previous), bytes(batch.digest), batch.last_event)


def _is_signed(batch: AuditBatch) -> bool:
    """Did a half that a delegate had stated on that day sign this link?"""
    if batch.signer is None or batch.signature is None:
        return False
    try:
        statement_for(batch.signer, {KeyPair.Use.WORKER}, on=batch.made_on)
        signature.verify(bytes(batch.signer.sign_public), DOMAIN, _signed(batch), bytes(batch.signature))
    except (EnvelopeError, Unstated):
        return False
    return True
