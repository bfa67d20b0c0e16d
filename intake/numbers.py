"""Numbers to call that count today: the table's, where a lead has changed something, over those of data/crisis.json.

The file is the ground: an entry whose row is missing, or was not written by this program, is shown as the file has it.
So an empty table shows every number, and a writer to the database can take a change back, but never plant a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from intake import crisis
from intake.crisis import BadNumbers, Resource
from intake.models import CrisisNumber

Entry = dict[str, Any]
Identity = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did. kept: entries that the file now says otherwise and a lead has edited."""

    added: int
    changed: int
    gone: int
    kept: list[str]


def current() -> tuple[Resource, ...]:
    """All numbers that count, in the order of the file, new ones last. One query."""
    placed = {identity(entry): (number, entry) for number, entry in enumerate(crisis.entries())}
    rows = [(row, found) for row in CrisisNumber.objects.all() if (found := resource(row))]
    told = {identity(row.seeded) for row, _ in rows if row.seeded}
    of_file = [(number, crisis.resource_of(entry)) for key, (number, entry) in placed.items() if key not in told]
    return tuple(found for _, found in sorted([*of_file, *((row.place, found) for row, found in rows)], key=_place))


def resource(row: CrisisNumber) -> Resource | None:
    """What a row says, or None when this program did not write it or could not have."""
    if not row.is_ours:
        return None
    try:
        return crisis.resource_of(row.entry)
    except BadNumbers:
        return None


def identity(entry: Mapping[str, Any]) -> Identity:
    """What tells one entry of the file from the others."""
    return entry["country"], entry["kind"], entry["number"]


@transaction.atomic
def load() -> Loaded:
    """Bring the entries of the file into the table. What a lead has edited, or what is not ours, stays as it is."""
    rows = {identity(row.seeded): row for row in CrisisNumber.objects.select_for_update() if row.seeded}
    added = changed = 0
    kept: list[str] = []
    for number, entry in enumerate(crisis.entries()):
        row = rows.pop(identity(entry), None)
        if row is None:
            _fill(CrisisNumber(), entry, number).save(force_insert=True)
            added += 1
        elif row.is_edited or not row.is_ours:
            kept += [str(row)] if entry not in (row.seeded, row.entry) or not row.is_ours else []
        elif (row.entry, row.place) != (entry, number):
            _fill(row, entry, number).save()
            changed += 1
    return Loaded(added, changed, _clear(list(rows.values()), kept), kept)


def next_place() -> int:
    """The place of a new row: behind all others."""
    last = CrisisNumber.objects.order_by("-place").values_list("place", flat=True).first() or 0
    return max(last, len(crisis.entries())) + 1


def foreign() -> list[CrisisNumber]:
    """Rows that this program did not write, or that make no sense: they are not shown."""
    return [row for row in CrisisNumber.objects.all() if resource(row) is None]


def _fill(row: CrisisNumber, entry: Entry, number: int) -> CrisisNumber:
    for name, value in entry.items():
        setattr(row, name, value)
    row.checked_on, row.seeded, row.place = date.fromisoformat(entry["checked_on"]), entry, number
    return row


def _clear(left: list[CrisisNumber], kept: list[str]) -> int:
    """Take away what the file no longer has, but for what a lead has edited."""
    edited = [row for row in left if row.is_edited or not row.is_ours]
    kept += [str(row) for row in edited]
    return CrisisNumber.objects.filter(id__in={row.id for row in left} - {row.id for row in edited}).delete()[0]


def _place(each: tuple[int, Resource]) -> int:
    return each[0]
