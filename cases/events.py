"""The trail of a case in words: who did what and when, from the audit chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cases.access import PURPOSES
from cases.models import Case
from people.models import Person
from vault.models import AuditEvent

SHOWN = 30
SURVIVOR, MACHINE = "The person", "The system"
WORDS = {
    "case.opened": "sent the first answers",
    "case.assigned": "was assigned",
    "account.sent": "sent the account",
    "account.opened": "opened the account",
    "account.refused": "was refused the account",
    "exhibit.opened": "opened an exhibit",
    "letter.received": "wrote a letter",
    "letter.sent": "wrote a letter to the person",
    "letters.read": "read our letters",
    "facts.confirmed": "confirmed the facts",
    "dossier.requested": "asked for a dossier",
    "dossier.approved": "approved the dossier",
    "dossier.refused": "refused the dossier",
    "dossier.handed_over_again": "asked for the dossier again",
    "dossier.built": "built the dossier",
    "dossier.stopped": "stopped building the dossier",
    "dossier.downloaded": "downloaded the dossier",
    "dossier.acknowledged": "confirmed the dossier",
    "dossier.trouble": "reported a problem with the dossier",
}
OF_THE_SURVIVOR = {"case.opened", "account.sent", "letter.received", "letters.read"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. at: only for acts of members; a survivor's have a day."""

    on: date
    at: datetime | None
    who: str
    what: str


def of_case(case: Case, number: int | None = SHOWN) -> tuple[list[Entry], int]:
    """The newest entries about a case, its exhibits and dossiers, and how many there are in all."""
    subjects = [case.id, *case.exhibits.values_list("id", flat=True), *case.dossiers.values_list("id", flat=True)]
    events = AuditEvent.objects.filter(subject__in=subjects).order_by("-id")
    shown = list(events[:number])
    names = _names(shown)
    return [_entry(event, names) for event in shown], events.count()


def _names(events: list[AuditEvent]) -> dict[UUID, str]:
    assigned = [UUID(str(event.detail["person"])) for event in events if "person" in event.detail]
    wanted = {event.actor for event in events if event.actor} | set(assigned)
    return {person.id: person.name for person in Person.objects.filter(id__in=wanted)}


def _entry(event: AuditEvent, names: dict[UUID, str]) -> Entry:
    nobody = SURVIVOR if event.action in OF_THE_SURVIVOR else MACHINE
    who = names.get(event.actor, "A former member") if event.actor else nobody
    what = WORDS.get(event.action, event.action)
    if event.action == "case.assigned":
        return Entry(event.on, event.at, who, _assigned(event, names))
    if "purpose" in event.detail:
        what += f": {PURPOSES.get(str(event.detail['purpose']), event.detail['purpose'])}".lower()
    return Entry(event.on, event.at, who, what)


def _assigned(event: AuditEvent, names: dict[UUID, str]) -> str:
    chosen = UUID(str(event.detail["person"]))
    return "took the case" if chosen == event.actor else f"gave the case to {names.get(chosen, 'a former member')}"
