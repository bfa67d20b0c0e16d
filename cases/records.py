"""JSON records in sealed values: write one, read the newest, read all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from vault.models import SealedValue
from vault.opened import Opened
from vault.places import Place
from vault.signers import Signer


def write(opened: Opened, place: Place, content: Any, signer: Signer) -> SealedValue:
    """Seal a JSON record; text is kept exactly as it was typed."""
    return opened.seal(place, json.dumps(content, ensure_ascii=False).encode(), signer)


def write_next(opened: Opened, table: str, field: str, row: UUID, content: Any, signer: Signer) -> int:
    """Seal a record as the next version of its place and return the version."""
    version = 1 + newest_version(table, field, row)
    write(opened, Place(table, field, row, version), content, signer)
    return version


def newest_version(table: str, field: str, row: UUID) -> int:
    """The highest version at a place, 0 when there is none."""
    found = SealedValue.objects.filter(table=table, field=field, row=row).order_by("-version").first()
    return found.version if found else 0


def read_newest(opened: Iterable[Opened], table: str, field: str, row: UUID) -> Any:
    """The newest record at a place that the given epochs hold, or None."""
    records = [(value.version, content) for value, content in read_all(opened, table, row, field)]
    return max(records, key=lambda each: each[0])[1] if records else None


def read_all(
    opened: Iterable[Opened], table: str, row: UUID, field: str | None = None
) -> Iterator[tuple[SealedValue, Any]]:
    """Every record of a row in the given epochs, as (row, content), in the order of field and version."""
    by_epoch = {each.epoch.id: each for each in opened}
    values = SealedValue.objects.filter(epoch__in=by_epoch, table=table, row=row)
    if field is not None:
        values = values.filter(field=field)
    for value in values.select_related("signer", "epoch__compartment").order_by("field", "version"):
        yield value, json.loads(by_epoch[value.epoch_id].open(value))


def as_bytes(content: Any) -> bytes:
    """A record that was opened, as JSON bytes again."""
    return json.dumps(content).encode()
