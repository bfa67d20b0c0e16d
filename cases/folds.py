"""Violent answers of an account stay folded until a member opens them; each opening is recorded and counted by week.

The catalogue says which answers are violent, by the topic that it gives to their questions. No text is scanned.
"""

from __future__ import annotations

from datetime import date, timedelta

from people.models import Person
from vault.models import AuditEvent

OPENED = "account.violent"  # of the audit trail, about a case
MOST = 8  # cases with violent content that one member reads in a week (triage.md 13)


def cases_this_week(person: Person, today: date) -> int:
    """In how many cases a member has opened violent parts since Monday."""
    monday = today - timedelta(days=today.weekday())
    opened = AuditEvent.objects.filter(actor=person.id, action=OPENED, on__gte=monday)
    return opened.values("subject").distinct().count()
