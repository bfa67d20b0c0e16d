"""Appending to the audit trail. Events are never changed; vault.audit links them into a chain."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from vault.models import AuditEvent


def record(
    action: str, subject_table: str, subject: UUID, *, by: UUID | None, detail: dict[str, object] | None = None
) -> AuditEvent:
    """Append one event. `by` is a member's id, None for a survivor or a machine: then no time of day is kept."""
    made = event(action, subject_table, subject, by=by, detail=detail)
    made.save(force_insert=True)
    return made


def event(
    action: str, subject_table: str, subject: UUID, *, by: UUID | None, detail: dict[str, object] | None = None
) -> AuditEvent:
    """Like record(), but the event is not appended yet: vault.rows.store() appends many at once."""
    at = timezone.now() if by else None
    return AuditEvent(action=action, subject_table=subject_table, subject=subject, actor=by, at=at, detail=detail or {})
