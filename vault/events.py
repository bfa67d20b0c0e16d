"""Appending to the audit trail. Events are never changed; vault.audit links them into a chain."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from vault.models import AuditEvent


def record(
    action: str, subject_table: str, subject: UUID, *, by: UUID | None, detail: dict[str, object] | None = None
) -> AuditEvent:
    """Append one event. `by` is a member's id, None for a survivor or a machine: then no time of day is kept."""
    at = timezone.now() if by else None
    return AuditEvent.objects.create(
        action=action, subject_table=subject_table, subject=subject, actor=by, at=at, detail=detail or {}
    )
