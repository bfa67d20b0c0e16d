"""Sections of an account that is not sent yet: saved one by one, each saving the next version of its section."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from cases import records
from cases.errors import Conflict
from cases.exhibits import ExhibitRecord
from cases.models import DraftExhibit
from cases.told import Section
from vault import rows
from vault.models import SealedValue
from vault.opened import Opened, values_in
from vault.places import Place
from vault.signers import Signer

TABLE = "draft"
CARRIED = "carried"  # what was sent before and later questions hang on: never sent again
CORRECTS = "corrects"  # what a correction began with, by key: never sent again unless it was changed
NOT_TOLD = (CARRIED, CORRECTS)


@dataclass(frozen=True, slots=True)
class DraftSection:
    """One section as it was saved last; version 0 means never."""

    answers: Section = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that lies sealed in a draft, read at once. A record is verified and opened when it is asked for."""

    opened: Opened
    values: list[SealedValue] = field(repr=False)

    @classmethod
    def of(cls, opened: Opened) -> Kept:
        """Read it by one query."""
        return cls(opened, values_in([opened]))

    def is_current(self) -> bool:
        """Does nothing else lie there now? What is written again has another id."""
        now = rows.columns(SealedValue, "id", epoch_id=self.opened.epoch.id)
        return {each.id for each in self.values} == {row for (row,) in now}

    def rows(self, table: str) -> list[SealedValue]:
        """The records of a table, in the order of field and version."""
        return [each for each in self.values if each.table == table]

    def sections(self, row: UUID) -> dict[str, DraftSection]:
        """The sections by key, as they were saved last. row: whose draft it is."""
        return {each.field: _section(self.opened, each) for each in self.rows(TABLE) if each.row == row}

    def newest(self, table: str, row: UUID) -> SealedValue | None:
        """The newest record of a row in a table that has one field."""
        found = (each for each in self.rows(table) if each.row == row)
        return max(found, key=lambda each: each.version, default=None)


@dataclass(frozen=True, slots=True)
class DraftContent:
    """Everything in a draft, opened. kept, files: where it was read; without a draft there are none."""

    sections: dict[str, DraftSection]
    exhibits: list[ExhibitRecord]
    expires_on: date
    kept: Kept | None = field(default=None, repr=False)
    files: list[DraftExhibit] = field(default_factory=list, repr=False)  # in the order of `exhibits`

    @property
    def has_something(self) -> bool:
        """Is there anything to send?"""
        written = any(saved.answers for key, saved in self.sections.items() if key not in NOT_TOLD)
        return written or bool(self.exhibits)

    def is_current(self) -> bool:
        """Does it still say what lies there? Asked under the lock of the case, where nobody else saves or sends."""
        return self.kept is not None and self.kept.is_current()

    @property
    def corrected(self) -> dict[str, Section]:
        """The answers with which corrections began, by key."""
        begun = self.sections.get(CORRECTS, DraftSection()).answers
        return {key: each["value"] for key, each in begun.items()}


def sections(row: UUID, opened: Opened) -> dict[str, DraftSection]:
    """The sections of a draft by key. row: whose draft it is."""
    return {each.field: _section(opened, each) for each in values_in([opened], table=TABLE, row=row)}


def save(row: UUID, opened: Opened, section: str, answers: Section, seen_version: int, signer: Signer) -> int:
    """Seal a section as its next version and return that. Raises Conflict if another tab saved since `seen_version`."""
    found = values_in([opened], table=TABLE, row=row, field=section)  # the others need not be opened
    now = _section(opened, found[-1]) if found else DraftSection()
    if now.version != seen_version and now.answers != answers:
        raise Conflict(now.answers, now.version)
    if now.answers == answers and now.version:
        return now.version
    SealedValue.objects.filter(epoch=opened.epoch, table=TABLE, field=section, row=row).delete()
    records.write(opened, Place(TABLE, section, row, now.version + 1), answers, signer)
    return now.version + 1


def _section(opened: Opened, value: SealedValue) -> DraftSection:
    return DraftSection(json.loads(opened.open(value)), value.version)
