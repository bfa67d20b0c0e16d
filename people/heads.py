"""Exporting a head of the audit trail, and who has countersigned it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from people.models import Person
from vault import audit, exported
from vault.models import AuditBatch, AuditEvent, Countersignature

EXPORTED = "audit.exported"
SIGNERS = 5


@dataclass(frozen=True, slots=True)
class State:
    """Where the chain stands. waiting: events not linked yet; signed: who countersigned lately, when, which."""

    head: AuditBatch | None
    digest: str
    waiting: int
    signed: list[tuple[str, date, int]]


@transaction.atomic
def export(*, by: Person) -> str | None:
    """The newest head as the text of a file, put on record; None while nothing is chained."""
    found = exported.text()
    if found is not None:
        audit.record(EXPORTED, "auditbatch", audit.CHAIN, by=by.id, detail={"kind": "head"})
    return found


def state() -> State:
    """Where the chain stands now. Nothing is verified here; manage.py verify_audit does that."""
    head = audit.newest()
    rows = Countersignature.objects.select_related("signer__person").order_by("-batch_id", "-made_on")[:SIGNERS]
    signed = [(_name(row), row.made_on, row.batch_id) for row in rows]
    waiting = AuditEvent.objects.filter(link=None).count()
    return State(head, bytes(head.digest).hex() if head else "", waiting, signed)


def _name(row: Countersignature) -> str:
    person = Person.objects.filter(pair=row.signer_id).first()
    return person.name if person else gettext("an earlier key")
