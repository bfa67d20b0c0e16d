"""What happens when a record of a case does not fit: it is written down, and the leads get an alarm."""

from __future__ import annotations

from uuid import UUID

from cases.models import Case
from people import alarms
from vault import audit
from vault.errors import VaultError

ALARM = "record_broken"


def met(case: Case, error: VaultError, by: UUID | None = None) -> None:
    """Record that somebody met a broken record, and raise one alarm about the case.

    error: its text holds ids and codes only. by: the member's id, None for a survivor or a machine.
    """
    audit.record("record.broken", "case", case.id, by=by, detail={"what": str(error)})
    raise_for(case, error, by)


def raise_for(case: Case, error: VaultError, by: UUID | None = None) -> None:
    """Raise the alarm alone, where a list goes on without the record; while it waits no second one is raised."""
    alarms.raise_alarm(ALARM, "case", case.id, by, {"reference": case.reference, "what": str(error)})


def met_elsewhere(person: UUID, error: VaultError) -> None:
    """Like met(), for a record that belongs to no case: to a person's own keys, or to the organisation's."""
    audit.record("record.broken", "person", person, by=person, detail={"what": str(error)})
    alarms.raise_alarm(ALARM, "person", person, person, {"what": str(error)})
