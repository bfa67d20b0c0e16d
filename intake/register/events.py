"""Numbers to call in the words of the audit trail."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy

from intake.models import CrisisNumber
from people import trail
from people.trail import About
from vault.models import AuditEvent

WORDS = {
    "crisis_number.added": gettext_lazy("added a number to call"),
    "crisis_number.changed": gettext_lazy("changed a number to call"),
}


def _find(wanted: set[UUID]) -> dict[UUID, About]:
    return {row.id: About(str(row)) for row in CrisisNumber.objects.filter(id__in=wanted)}


def _nobody(event: AuditEvent) -> str | None:
    return None


trail.register(WORDS, finder=_find, phrases={}, nobody=_nobody)
