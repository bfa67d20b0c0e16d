"""Sections of an account that is not sent yet: saved one by one, each saving the next version of its section."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from cases import records
from cases.errors import Conflict
from cases.exhibits import ExhibitRecord
from cases.told import Section
from vault.models import SealedValue
from vault.opened import Opened
from vault.places import Place
from vault.signers import Signer

TABLE = "draft"
CARRIED = "carried"  # what the first contact said and later questions hang on: never sent again


@dataclass(frozen=True, slots=True)
class DraftSection:
    """One section as it was saved last; version 0 means never."""

    answers: Section = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True)
class DraftContent:
    """Everything in a draft, opened."""

    sections: dict[str, DraftSection]
    exhibits: list[ExhibitRecord]
    expires_on: date

    @property
    def has_something(self) -> bool:
        """Is there anything to send?"""
        written = any(saved.answers for key, saved in self.sections.items() if key != CARRIED)
        return written or bool(self.exhibits)


def sections(row: UUID, opened: Opened) -> dict[str, DraftSection]:
    """The sections of a draft by key. row: whose draft it is."""
    return {
        value.field: DraftSection(content, value.version) for value, content in records.read_all([opened], TABLE, row)
    }


def save(row: UUID, opened: Opened, section: str, answers: Section, seen_version: int, signer: Signer) -> int:
    """Seal a section as its next version and return that. Raises Conflict if another tab saved since `seen_version`."""
    now = sections(row, opened).get(section, DraftSection())
    if now.version != seen_version and now.answers != answers:
        raise Conflict(now.answers, now.version)
    if now.answers == answers and now.version:
        return now.version
    SealedValue.objects.filter(epoch=opened.epoch, table=TABLE, field=section, row=row).delete()
    records.write(opened, Place(TABLE, section, row, now.version + 1), answers, signer)
    return now.version + 1
