"""Who opened the account of a case, for the survivor: days, roles and purposes, never names or times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from cases.access import PURPOSES
from cases.events import subjects
from cases.models import Case
from people.models import Person, Role
from vault.models import AuditEvent

ACCOUNT, SEARCHED, EXHIBIT, SEALED, PAPERS = "account", "searched", "exhibit", "sealed", "papers"
BROUGHT, HEALTH = "brought", "health"
ACTIONS = {
    "account.opened": ACCOUNT,
    "account.violent": ACCOUNT,
    "brief.opened": ACCOUNT,
    "account.searched": SEARCHED,
    "care.opened": HEALTH,
    "exhibit.opened": EXHIBIT,
    "sealed.opened": SEALED,
    "dossier.downloaded": PAPERS,
    "paper.opened": BROUGHT,
}
ROLES = {Role.CASEWORKER, Role.LEAD, Role.LAWYER, Role.CLINICIAN}
TEAM = "team"  # any other role, and whoever is no longer known


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """What people of a role opened on a day, and why. what: see ACTIONS; purposes: codes of cases.access, in order."""

    role: str
    what: str
    purposes: tuple[str, ...]


def days(case: Case) -> list[tuple[date, list[Opening]]]:
    """The days on which something was opened, newest first; how often is not told."""
    events = AuditEvent.objects.filter(subject__in=subjects(case), action__in=ACTIONS).order_by("-on")
    rows = list(events)
    roles = dict(Person.objects.filter(id__in={row.actor for row in rows}).values_list("id", "role"))
    return [(on, _openings(found, roles)) for on, found in groupby(rows, key=lambda row: row.on)]


def _openings(rows: Iterable[AuditEvent], roles: dict[UUID, str]) -> list[Opening]:
    found: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        role = roles.get(row.actor, "") if row.actor else ""
        kind = (role if role in ROLES else TEAM, ACTIONS[row.action])
        found.setdefault(kind, set()).add(str(row.detail.get("purpose", "")))
    return sorted(Opening(*kind, tuple(sorted(purposes, key=_place))) for kind, purposes in found.items())


def _place(purpose: str) -> int:
    return list(PURPOSES).index(purpose) if purpose in PURPOSES else len(PURPOSES)
