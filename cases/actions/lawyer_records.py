"""Keeping the records of lawyers: a lead writes them, and somebody looks into the register of the bar once a year."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cases.errors import Refused
from cases.lawyers import office as offices
from cases.lawyers import record
from cases.lawyers.office import Office
from cases.lawyers.record import Apart
from cases.models import LawyerRecord
from people.models import Person
from people.permissions import Permission, may
from vault import audit
from vault.keyring import Keyring
from vault.models import today


@transaction.atomic
def keep(*, lawyer: Person, by: Person, ring: Keyring, columns: dict[str, Any], apart: Apart) -> LawyerRecord:
    """Write the record of a lawyer. Raises Refused: the permission, or "no_lawyer" for anybody else."""
    _require(may(by, Permission.KEEP_LAWYERS))
    if not lawyer.is_lawyer:
        raise Refused("no_lawyer")
    row, _is_new = LawyerRecord.objects.update_or_create(person=lawyer, defaults=columns)
    if record.founded(lawyer.id) is None or apart != record.read(row, ring):  # the lawyer writes in there too
        record.write(row, ring, apart)
    audit.record("lawyer.kept", "person", lawyer.id, by=by.id)
    return row


@transaction.atomic
def keep_office(*, by: Person, ring: Keyring, office: Office) -> None:
    """A lawyer says where the own office is. Raises Refused: the permission, or "no_lawyer" without a record."""
    _require(may(by, Permission.KEEP_OFFICE))
    if office != offices.read(by, ring):
        offices.write(by, ring, office)
        audit.record("lawyer.office_kept", "person", by.id, by=by.id)


@transaction.atomic
def note_bar_check(*, lawyer: Person, by: Person) -> None:
    """Somebody looked into the register of the bar today and found the lawyer there. Never the lawyer's own word."""
    _require(may(by, Permission.KEEP_LAWYERS))
    if lawyer.id == by.id:
        raise Refused("own_bar")
    found = LawyerRecord.objects.filter(person=lawyer).update(bar_checked_on=today(), bar_checked_by=by)
    if not found:
        raise Refused("no_lawyer")
    audit.record("lawyer.bar_checked", "person", lawyer.id, by=by.id)


def _require(decision: Any) -> None:
    if not decision.ok:
        raise Refused(decision.reason)
