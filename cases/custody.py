"""The chain of custody of a file: what its sealed record says, and who opened it since, from the audit trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from cases.access import PURPOSES
from cases.exhibits import ExhibitRecord
from people.models import Person, Role
from vault.models import AuditEvent

Entry = dict[str, str]  # event, on, by: as in a sealed record


def custody(records: Iterable[ExhibitRecord]) -> dict[UUID, list[Entry]]:
    """The events of each file, oldest first; an opening names the role and the purpose, never the person."""
    return custody_of({record.id: record.custody for record in records}, "exhibit.opened")


def custody_of(recorded: Mapping[UUID, Iterable[Entry]], action: str) -> dict[UUID, list[Entry]]:
    """Like custody(), of what the sealed records say by id. action: of the events that are openings of them."""
    found = {row: [dict(entry) for entry in entries] for row, entries in recorded.items()}
    events = AuditEvent.objects.filter(subject__in=found, action=action).order_by("id")
    roles = dict(Person.objects.filter(id__in={each.actor for each in events}).values_list("id", "role"))
    for event in events:
        found[event.subject].append(_opened(event, roles.get(event.actor, "") if event.actor else ""))
    return {row: sorted(entries, key=lambda entry: entry["on"]) for row, entries in found.items()}


def _opened(event: AuditEvent, role: str) -> Entry:
    purpose = PURPOSES.get(str(event.detail.get("purpose", "")), "no purpose given").lower()
    by = str(Role(role).label).lower() if role in Role.values else "a former member"
    return {"event": f"original opened: {purpose}", "on": event.on.isoformat(), "by": by}
