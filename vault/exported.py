"""An audit head as it is kept outside: enough of the chain to name the event that was touched after it was written.

The file holds the newest link with its signatures, the digests of links before it, and the digests of the newest events
one by one. Of events it holds numbers and digests only, nothing of what they say.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count

from vault import countersigning
from vault.models import AuditBatch, AuditLink, Countersignature, KeyPair, today

FORMAT = "audit head 1"
BATCHES = 2000  # links in a file, the newest
EVENTS = 5000  # events in a file at most, of whole links
SHORT = 32  # hexadecimal digits of an event's digest: enough to tell two apart
EVERY = timedelta(days=7)


class NotAHead(ValueError):
    """The file is not an exported head, or its parts do not fit together."""


@dataclass(frozen=True, slots=True)
class Known:
    """An exported head that was read back. events: (id, short digest) in the order of the chain, from a link on."""

    number: int
    digest: bytes
    last_event: int
    made_on: str
    links: list[tuple[int, int, str]]
    events_from: int
    events: list[tuple[int, str]]
    countersignatures: list[dict[str, Any]]

    def difference(self) -> str:
        """Name the first link that is not as it was, and the event in it as far as the file tells; "" if all stand."""
        now = {number: (last, digest.hex()) for number, last, digest in _stored_links(self.links[0][0])}
        for number, last_event, digest in self.links:
            if now.get(number) != (last_event, digest):
                return f"batch {number}: {self._event(number) or self._between(number)}"
        return ""

    def countersigners(self) -> int:
        """How many of the file's countersignatures hold, by keys that the directory names."""
        found = (_restored(row, self.links) for row in self.countersignatures)
        return len({row.signer_id for row in found if row is not None and countersigning.holds(row)})

    def _event(self, number: int) -> str:
        """What happened to which event, if the file lists the events from that link on."""
        if number < self.events_from:
            return ""
        now = _stored_events(self.events_from, len(self.events) + 1)
        then_ids, now_ids = {event for event, _ in self.events}, {event for event, _ in now}
        for place, then in enumerate(self.events):
            found = now[place] if place < len(now) else None
            if found != then:
                return _told(then[0], found[0] if found else None, then_ids, now_ids)
        return ""

    def _between(self, number: int) -> str:
        before = max((last for each, last, _ in self.links if each < number), default=None)
        after = next(last for each, last, _ in self.links if each == number)
        return f"an event after {before} and up to {after}" if before else f"event {after} or one before it"


def content() -> dict[str, Any] | None:
    """The newest head, as it is written to a file; None while nothing is chained."""
    newest = AuditBatch.objects.select_related("signer").order_by("-number").first()
    if newest is None:
        return None
    links = _stored_links(max(newest.number - BATCHES, 0) + 1)
    start = _first_with_events(links[0][0])
    return {
        "format": FORMAT, "exported_on": today().isoformat(), "number": newest.number,
        "digest": bytes(newest.digest).hex(), "previous": bytes(newest.previous).hex(),
        "last_event": newest.last_event, "made_on": newest.made_on.isoformat(),
        "signature": {"key": _key(newest.signer), "ed25519": bytes(newest.signature or b"").hex()},
        "countersignatures": _countersignatures(links[0][0]),
        "batches": [[number, last, digest.hex()] for number, last, digest in links],
        "events_from_batch": start, "events": [list(each) for each in _stored_events(start)],
    }  # fmt: skip


def text() -> str | None:
    """The newest head as the text of a file."""
    found = content()
    return None if found is None else json.dumps(found, indent=1) + "\n"


def read(raw: str) -> Known:
    """Read an exported head. Raises NotAHead."""
    try:
        found = json.loads(raw)
        if found["format"] != FORMAT:
            raise NotAHead("this file has another format")
        known = Known(
            int(found["number"]), bytes.fromhex(found["digest"]), int(found["last_event"]), str(found["made_on"]),
            [(int(number), int(last), str(digest)) for number, last, digest in found["batches"]],
            int(found["events_from_batch"]), [(int(event), str(digest)) for event, digest in found["events"]],
            list(found["countersignatures"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise NotAHead("this is not an exported head") from error
    if known.links[-1:] != [(known.number, known.last_event, known.digest.hex())]:
        raise NotAHead("the parts of this file do not fit together")
    return known


def folder() -> Path:
    """Where the weekly files lie; whoever takes this folder has only what the trail's numbers tell."""
    return settings.STATE_DIR / "heads"


def write_weekly() -> Path | None:
    """Write the newest head to a file of this day, unless one of the last seven days is there."""
    if any(day > today() - EVERY for day in _days_written()):
        return None
    found = text()
    return None if found is None else _write(folder() / f"audit-head-{today().isoformat()}.json", found)


def _write(path: Path, found: str) -> Path:
    """Write a whole file or none, for its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(found)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return path


def _days_written() -> list[date]:
    return [date.fromisoformat(path.stem[-10:]) for path in folder().glob("audit-head-????-??-??.json")]


def _first_with_events(first: int) -> int:
    """The link from which on the events are listed: as many whole links as fit, the newest."""
    sizes = AuditLink.objects.filter(batch_id__gte=first).values("batch_id").annotate(size=Count("event_id"))
    counted, start = 0, 0
    for row in sizes.order_by("-batch_id"):
        counted += row["size"]
        if start and counted > EVENTS:
            break
        start = row["batch_id"]
    return start


def _stored_links(first: int) -> list[tuple[int, int, bytes]]:
    rows = AuditBatch.objects.filter(number__gte=first).order_by("number").values_list("number", "last_event", "digest")
    return [(number, last_event, bytes(digest)) for number, last_event, digest in rows]


def _stored_events(first: int, limit: int | None = None) -> list[tuple[int, str]]:
    rows = AuditLink.objects.filter(batch_id__gte=first).order_by("batch_id", "event_id")
    return [(event, bytes(digest).hex()[:SHORT]) for event, digest in rows.values_list("event_id", "digest")[:limit]]


def _told(then: int, now: int | None, then_ids: set[int], now_ids: set[int]) -> str:
    if then not in now_ids:
        return f"event {then} is missing"
    if now is not None and now not in then_ids:
        return f"event {now} was added"
    return f"event {then} was changed" if now == then else f"event {then} was moved"


def _countersignatures(first: int) -> list[dict[str, Any]]:
    """The newest word of each lead over one of these links."""
    rows = Countersignature.objects.filter(batch_id__gte=first).select_related("signer").order_by("batch_id", "made_on")
    newest = {row.signer_id: row for row in rows}
    return [
        {
            "batch": row.batch_id, "key": _key(row.signer), "made_on": row.made_on.isoformat(),
            "ed25519": bytes(row.signature).hex(), "ml_dsa_65_key": bytes(row.pq_public).hex(),
            "ml_dsa_65": bytes(row.pq_signature).hex(),
        }
        for row in newest.values()
    ]  # fmt: skip


def _restored(row: dict[str, Any], links: list[tuple[int, int, str]]) -> Countersignature | None:
    """A countersignature of a file as a row that is not saved, over the link as the file has it."""
    digests = {number: digest for number, _, digest in links}
    signer = KeyPair.objects.filter(fingerprint=bytes.fromhex(row["key"])).first()
    if signer is None or row["batch"] not in digests:
        return None
    return Countersignature(
        batch=AuditBatch(number=row["batch"], digest=bytes.fromhex(digests[row["batch"]])), signer=signer,
        signature=bytes.fromhex(row["ed25519"]), pq_public=bytes.fromhex(row["ml_dsa_65_key"]),
        pq_signature=bytes.fromhex(row["ml_dsa_65"]), made_on=date.fromisoformat(row["made_on"]),
    )  # fmt: skip


def _key(pair: KeyPair | None) -> str:
    return bytes(pair.fingerprint).hex() if pair else ""
