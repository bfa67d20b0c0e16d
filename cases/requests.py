"""What waits for a second person or was decided lately, of every kind, as lines of one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from cases import queue
from cases.models import Approval, Case, Dossier, SealedRelease
from people.models import Person
from vault.models import today

LATELY = 20  # decided ones that are shown


@dataclass(frozen=True, slots=True)
class Line:
    """One request. whom: who gets what is asked for."""

    what: str
    address: str
    case: Case
    asker: Person
    asked_at: datetime
    whom: str
    decider: Person | None
    decided_at: datetime | None
    state: str


def waiting(viewer: Person) -> list[Line]:
    """What nobody has decided, oldest first."""
    return sorted(_lines(viewer, Q(state="requested")), key=lambda line: line.asked_at)


def decided(viewer: Person) -> list[Line]:
    """What was decided lately, newest first."""
    found = [line for line in _lines(viewer, ~Q(decided_at=None), "-decided_at") if line.decided_at]
    return sorted(found, key=lambda line: line.decided_at or line.asked_at, reverse=True)[:LATELY]


def _lines(viewer: Person, wanted: Q, order: str = "") -> list[Line]:
    cases = queue.visible(viewer)
    dossiers = Dossier.objects.select_related("lawyer").filter(wanted, case__in=cases)
    parts = SealedRelease.objects.filter(wanted, case__in=cases)
    askings = Approval.objects.filter(wanted, case__in=cases)
    return [
        *(_of_dossier(each) for each in _with_people(dossiers, order)),
        *(_of_part(each) for each in _with_people(parts, order)),
        *(_of_asking(each) for each in _with_people(askings, order) if order or each.expires_on >= today()),
    ]


def _with_people(rows: QuerySet, order: str) -> QuerySet:  # type: ignore[type-arg]
    found = rows.select_related("case", "requested_by", "decided_by")
    return found.order_by(order)[:LATELY] if order else found


def _of_dossier(row: Dossier) -> Line:
    return Line(
        gettext("Dossier %(number)s") % {"number": row.number}, reverse("cases:approval", args=[row.id]), row.case,
        row.requested_by, row.requested_at, row.lawyer.name, row.decided_by, row.decided_at, row.get_state_display(),
    )  # fmt: skip


def _of_asking(row: Approval) -> Line:
    return Line(
        str(row.get_kind_display()), reverse("cases:agreement", args=[row.id]), row.case, row.requested_by,
        row.requested_at, "", row.decided_by, row.decided_at, str(row.get_state_display()),
    )  # fmt: skip


def _of_part(row: SealedRelease) -> Line:
    is_over = row.state == SealedRelease.State.RELEASED and row.until_on is not None and row.until_on < today()
    state = SealedRelease.State.OVER.label if is_over else row.get_state_display()
    return Line(
        gettext("Sealed part"), reverse("cases:sealed-release", args=[row.id]), row.case, row.requested_by,
        row.requested_at, row.requested_by.name, row.decided_by, row.decided_at, str(state),
    )  # fmt: skip
