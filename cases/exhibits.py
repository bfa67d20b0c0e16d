"""The sealed record of an exhibit: its name, type, size, hash and everything that happened to it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from cases.exhibit_types import TYPES
from vault.errors import Forged
from vault.models import today

PORTAL = "portal"  # who did what no person did
SCANS = ("scanned", "not scanned")


@dataclass(frozen=True, slots=True)
class ExhibitRecord:
    """One file. size in bytes; sha256: hexadecimal, of the original bytes; days are ISO dates.

    custody: what happened to the original, oldest first: {"event", "on", "by"} with a role, never a name. Records from
    before there was a scanner have no line about a scan.
    """

    id: UUID
    number: int
    name: str
    content_type: str
    size: int
    sha256: str
    received_on: str
    custody: tuple[dict[str, str], ...] = ()
    file: str = ""  # the id of the sealed file, so that no other can be put under this name

    @classmethod
    def arrived(
        cls, row_id: UUID, name: str, content_type: str, size: int, sha256: str, file_id: UUID, scan: str
    ) -> ExhibitRecord:
        """The record of a file that has just been kept. scan: what the scanner said, or that it was not asked."""
        day = today().isoformat()
        record = cls(row_id, 0, name, content_type, size, sha256, day, file=str(file_id))
        return record.with_event("received").with_event("hashed, sha-256", PORTAL).with_event(scan, PORTAL)

    def with_event(self, event: str, by: str = "survivor") -> ExhibitRecord:
        """The same record with one more custody event of today."""
        entry = {"event": event, "on": today().isoformat(), "by": by}
        return replace(self, custody=(*self.custody, entry))

    def require_row(self, row_id: UUID, number: int, file_id: UUID) -> ExhibitRecord:
        """The same record. Raises vault.errors.Forged unless its row has this id, number and file."""
        if (self.id, self.number, self.file) != (row_id, number, str(file_id)):
            raise Forged(f"exhibit {row_id}: its row says something else than its record")
        return self

    @property
    def scan(self) -> str:
        """What the custody says of the scan; empty in records of before there was one."""
        events = [each["event"] for each in self.custody if each["event"].startswith(SCANS)]
        return events[-1] if events else ""

    @property
    def is_clean(self) -> bool:
        """Did the scanner look at all of it and find nothing?"""
        return self.scan.startswith(SCANS[0])

    @property
    def type_words(self) -> str:
        """What kind of file it is, for staff."""
        return gettext(TYPES[self.content_type].words) if self.content_type in TYPES else self.content_type

    @property
    def label(self) -> str:
        """The number as it is printed: E-001."""
        return f"E-{self.number:03d}"

    def to_json(self) -> dict[str, Any]:
        """As it is sealed."""
        return {**asdict(self), "id": str(self.id), "custody": list(self.custody)}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> ExhibitRecord:
        """As it was sealed."""
        return cls(**{**content, "id": UUID(content["id"]), "custody": tuple(content["custody"])})
