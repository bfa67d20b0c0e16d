"""The audit chain: events append freely, a sealer links them, anybody can verify the links."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from vault import countersigning
from vault.directory import statement_for
from vault.envelope import signature
from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.errors import Unstated
from vault.events import event, record
from vault.models import AuditBatch, AuditEvent, AuditLink, KeyPair
from vault.signers import Signer

__all__ = ["CHAIN", "Verdict", "chain", "event", "event_digest", "newest", "record", "verify"]

START = bytes(32)
DOMAIN = "audit batch"
CHAIN = UUID(int=0)  # what an event is about that is about the chain itself
MIDNIGHT = timedelta(days=1)  # between recording an event and committing it
ROWS = 500  # events in one batch at most


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a verification; `fault` names the first event or batch that does not fit.

    late: events that say an earlier day than those which were linked before them. A clock that was wrong makes such,
    and so does somebody who adds an event that never happened.
    """

    events: int
    pending: int
    head: bytes
    fault: str = ""
    late: tuple[int, ...] = ()


@dataclass(slots=True)
class _Days:
    """Goes along the chain and keeps the events that are dated before what stood there already."""

    newest: date = date.min
    late: list[int] = field(default_factory=list)

    def take(self, event: AuditEvent) -> None:
        if event.on + MIDNIGHT < self.newest:
            self.late.append(event.id)
        self.newest = max(self.newest, event.on)


def chain(signer: Signer) -> int:
    """Link the events that are not yet chained, sign the new head and return how many there were.

    signer: a worker's half. There is no unsigned link: without a worker the events wait. Events stand in the chain as
    they were linked: by batch, and by id inside a batch; one that was committed late joins a later batch. Two sealers
    at once would make the same batch; the slower one finds the number taken and leaves its events to the next turn.
    """
    last = newest()
    events = list(AuditEvent.objects.filter(link=None).order_by("id")[:ROWS])
    if not events:
        return 0
    try:
        _link(last, events, signer)
    except IntegrityError:
        return 0
    return len(events)


def newest() -> AuditBatch | None:
    """The newest link: its number and digest, written down elsewhere, pin everything before it."""
    return AuditBatch.objects.order_by("-number").first()


def verify(known_head: bytes | None = None) -> Verdict:
    """Recompute the whole chain, then look at the leads' words over it.

    known_head: a digest of 32 bytes, written down earlier, that must still be in it; see vault.exported for more.
    """
    digest, count, seen = START, 0, known_head is None
    days = _Days()
    for number, batch in enumerate(AuditBatch.objects.select_related("signer").order_by("number").iterator(), 1):
        previous = digest
        for link in _links_of(batch):
            digest, count = event_digest(digest, link.event), count + 1
            days.take(link.event)
            if bytes(link.digest) != digest:
                return Verdict(count, 0, digest, f"event {link.event_id}")
        if batch.number != number or not _fits(batch, previous, digest):
            return Verdict(count, 0, digest, f"batch {batch.number}")
        seen = seen or digest == known_head
    pending = AuditEvent.objects.filter(link=None).count()
    fault = "" if seen else "the known head is not in the chain"
    return Verdict(count, pending, digest, fault or next(countersigning.faults(), ""), tuple(days.late))


def event_digest(previous: bytes, event: AuditEvent) -> bytes:
    """SHA-256 over the digest before and every field of an event in the canonical encoding; 32 bytes."""
    fields = pack(
        settings.DEPLOYMENT, event.id, event.on.isoformat(), event.at.isoformat() if event.at else None,
        event.actor.bytes if event.actor else None, event.action, event.subject_table, event.subject.bytes,
        json.dumps(event.detail, sort_keys=True),
    )  # fmt: skip
    return hashlib.sha256(previous + fields).digest()


@transaction.atomic
def _link(last: AuditBatch | None, events: list[AuditEvent], signer: Signer) -> None:
    previous = digest = bytes(last.digest) if last else START
    digests = [digest := event_digest(digest, event) for event in events]
    batch = AuditBatch(
        number=last.number + 1 if last else 1, previous=previous, digest=digest, last_event=events[-1].id,
        signer=signer.pair,
    )  # fmt: skip
    batch.signature = signer.sign(DOMAIN, _signed(batch))
    batch.save(force_insert=True)
    AuditLink.objects.bulk_create(
        AuditLink(event=event, batch=batch, digest=digest) for event, digest in zip(events, digests, strict=True)
    )


def _fits(batch: AuditBatch, previous: bytes, digest: bytes) -> bool:
    return bytes(batch.previous) == previous and bytes(batch.digest) == digest and _is_signed(batch)


def _links_of(batch: AuditBatch) -> Iterator[AuditLink]:
    return batch.links.select_related("event").order_by("event_id").iterator()


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
