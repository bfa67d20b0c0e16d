"""JSON records in sealed values: write one, read the newest, read all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from vault import rows as stored
from vault.errors import Forged
from vault.models import SealedValue
from vault.opened import Opened, values_in
from vault.places import Place
from vault.signers import Signer


def write(opened: Opened, place: Place, content: Any, signer: Signer) -> SealedValue:
    """Seal a JSON record; text is kept exactly as it was typed."""
    value = sealed(opened, place, content, signer)
    value.save(force_insert=True)
    return value


def sealed(opened: Opened, place: Place, content: Any, signer: Signer) -> SealedValue:
    """Like write(), but the row is not saved yet: vault.opened.save_values() saves many at once."""
    return opened.sealed(place, json.dumps(content, ensure_ascii=False).encode(), signer)


def write_next(opened: Opened, table: str, field: str, row: UUID, content: Any, signer: Signer) -> int:
    """Seal a record as the next version of its place and return the version."""
    version = 1 + newest_version(table, field, row)
    write(opened, Place(table, field, row, version), content, signer)
    return version


def newest_version(table: str, field: str, row: UUID) -> int:
    """The highest version at a place, 0 when there is none."""
    found = stored.columns(SealedValue, "version", table=table, field=field, row=row)
    return max((version for (version,) in found), default=0)


def read_newest(
    opened: Iterable[Opened], table: str, field: str, row: UUID, *, by: UUID | None = None, never_by: UUID | None = None
) -> Any:
    """The newest record at a place that the given epochs hold, or None.

    by, never_by: the key pair that must, or must not, have signed it; else vault.errors.Forged.
    """
    found = max(read_all(opened, table, row, field), key=lambda each: each[0].version, default=None)
    if found is None:
        return None
    signer = found[0].signer_id
    if signer == never_by or (by is not None and signer != by):
        raise Forged(f"sealed value {found[0].id}: signed by another hand")
    return found[1]


def rows(opened: Iterable[Opened], table: str) -> set[UUID]:
    """The ids of all rows of a table that have a record in the given epochs."""
    epochs = [each.epoch.id for each in opened]
    return {row for (row,) in stored.columns(SealedValue, "row", epoch_id=epochs, table=table)}


def require_rows(opened: Iterable[Opened], table: str, found: Iterable[UUID]) -> None:
    """Raise vault.errors.Forged when a row that has a record is gone, or one was added that has none."""
    require_same(table, rows(opened, table), found)


def require_same(table: str, recorded: Iterable[UUID], found: Iterable[UUID]) -> None:
    """Like require_rows(), with the ids of the rows that have a record."""
    for row in set(recorded) ^ set(found):
        raise Forged(f"{table} {row}: its row and its record do not belong together")


def read_all(
    opened: Iterable[Opened], table: str, row: UUID, field: str | None = None
) -> Iterator[tuple[SealedValue, Any]]:
    """Every record of a row in the given epochs, as (row, content), in the order of field and version."""
    found = list(opened)
    where = {"table": table, "row": row} | ({} if field is None else {"field": field})
    for value in values_in(found, **where):
        yield value, content_of(value, found)


def content_of(value: SealedValue, opened: Iterable[Opened]) -> Any:
    """Open one record that lies in one of these epochs. Raises vault.errors.Forged."""
    return json.loads(next(each for each in opened if each.epoch.id == value.epoch_id).open(value))


def as_bytes(content: Any) -> bytes:
    """A record that was opened, as JSON bytes again."""
    return json.dumps(content).encode()
