"""What is due for erasing, from readable columns alone; and packages whose days are over, which the clock erases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery

from cases import queue, retention
from cases.actions.dossiers import PACKAGE
from cases.actions.ending import ASKED
from cases.models import Assignment, Case, Dossier, Erasure, LegalHold, Message, StatementVersion
from people.models import Person
from people.permissions import Permission, may
from vault import audit, erasing
from vault.models import AuditEvent, Compartment, today

LOOKED_AT = 20  # oldest cases that the number beside the link counts; the page itself looks at all
STANDING = LegalHold.objects.filter(lifted_on=None)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A case whose clock ran out."""

    case: Case
    due: retention.Due


def proposed(viewer: Person, on: date) -> list[Proposed]:
    """The cases that are due and not held, longest overdue first; those that wait for a lead are on another page."""
    cases = _with_days(_candidates(viewer, on))
    found = [Proposed(case, due) for case in cases if (due := retention.due(_facts(case), on))]
    return sorted(found, key=lambda each: (each.due.last_day, each.case.reference))


def _candidates(viewer: Person, on: date) -> QuerySet[Case]:
    """The cases that are old enough, not held, and not before a lead already."""
    young = retention.months_later(on, -retention.shortest_months())
    waiting = Erasure.objects.filter(state=Erasure.State.REQUESTED, case=OuterRef("pk"))
    held = STANDING.filter(case=OuterRef("pk"))
    return queue.visible(viewer).filter(~Exists(held), ~Exists(waiting), received_on__lte=young)


def due_of(case: Case, on: date) -> retention.Due | None:
    """The clock that ran out for one case, or None."""
    return retention.due(_facts(_with_days(Case.objects.filter(id=case.id)).get()), on)


def held(viewer: Person) -> QuerySet[LegalHold]:
    """The holds that stand, oldest first."""
    return STANDING.filter(case__in=queue.visible(viewer)).select_related("case", "placed_by")


def waiting(viewer: Person) -> QuerySet[Erasure]:
    """The erasings that wait for a lead."""
    rows = Erasure.objects.filter(state=Erasure.State.REQUESTED, case__in=queue.visible(viewer))
    return rows.select_related("case", "requested_by").order_by("requested_on")


def asked_for(viewer: Person) -> list[tuple[Case, date]]:
    """The cases whose person asked for erasing, with the day, and nobody has asked a lead since; oldest first.

    From the audit trail: whether it was asked, the case's own page says from a signed record.
    """
    events = AuditEvent.objects.filter(action=ASKED).order_by("id").values_list("subject", "on")
    days = dict(events)
    cases = queue.visible(viewer).filter(id__in=days).annotate(taken_up=_last(Erasure.objects.all(), "requested_on"))
    found = [(case, days[case.id]) for case in cases if case.taken_up is None or case.taken_up < days[case.id]]
    return sorted(found, key=lambda each: (each[1], each[0].reference))


def erased() -> QuerySet[Erasure]:
    """The tombstones, newest first."""
    rows = Erasure.objects.filter(state=Erasure.State.DONE)
    return rows.select_related("requested_by", "decided_by").order_by("-decided_on")


def count_due(viewer: Person) -> str:
    """How many cases are due now, for whoever may see retention: "3", or "3+" where only the oldest were looked at."""
    if not may(viewer, Permission.SEE_RETENTION):
        return "0"
    oldest = list(_with_days(_candidates(viewer, today()).order_by("received_on", "reference")[: LOOKED_AT + 1]))
    due = sum(retention.due(_facts(case), today()) is not None for case in oldest[:LOOKED_AT])
    return f"{due}+" if len(oldest) > LOOKED_AT else str(due)


def purge_packages(on: date) -> int:
    """Erase our copy of each package that its lawyer confirmed long enough ago; returns how many."""
    old = _old_packages(on).values_list("id", flat=True)
    return sum(_purge_package(dossier, on) for dossier in list(old))


def expire_packages(on: date) -> int:
    """Erase each package that its lawyer did not fetch in time; returns how many. Nobody has a copy then."""
    old = _unfetched(on).values_list("id", flat=True)
    return sum(_expire_package(dossier, on) for dossier in list(old))


def _unfetched(on: date) -> QuerySet[Dossier]:
    before = on - timedelta(days=retention.unfetched_days())
    ready = Dossier.objects.filter(state=Dossier.State.READY, delivered_at=None, file__made_on__lt=before)
    return ready.filter(~Exists(STANDING.filter(case=OuterRef("case"))))


@transaction.atomic
def _expire_package(dossier_id: UUID, on: date) -> int:
    """Looks again under the lock of the case: a lawyer who fetches it meanwhile wins, and so does a hold."""
    Case.objects.select_for_update().filter(dossiers=dossier_id).first()
    dossier = _unfetched(on).filter(id=dossier_id).first()
    if dossier is None:
        return 0
    _erase_copy(dossier, "dossier.expired", state=Dossier.State.EXPIRED, trouble="expired")
    return 1


def _old_packages(on: date) -> QuerySet[Dossier]:
    confirmed = Dossier.objects.filter(state=Dossier.State.ACKNOWLEDGED, file__isnull=False)
    before = retention.packages_before(on)
    return confirmed.filter(~Exists(STANDING.filter(case=OuterRef("case"))), acknowledged_at__date__lt=before)


@transaction.atomic
def _purge_package(dossier_id: UUID, on: date) -> int:
    """Looks again under the lock of the case: a hold that was placed meanwhile wins."""
    Case.objects.select_for_update().filter(dossiers=dossier_id).first()
    dossier = _old_packages(on).filter(id=dossier_id).first()
    if dossier is None:
        return 0
    _erase_copy(dossier, "dossier.purged")
    return 1


def _erase_copy(dossier: Dossier, event: str, **columns: str) -> None:
    """Erase our copy of a package with its time stamps. columns: what else the row says from then on."""
    file = [dossier.file_id] if dossier.file_id else []
    Dossier.objects.filter(id=dossier.id).update(file=None, **columns)
    dossier.stamps.all().delete()
    erasing.erase(Compartment.objects.filter(kind=PACKAGE, owner=dossier.id), also=file)
    audit.record(event, "dossier", dossier.id, by=None)


def _with_days(cases: QuerySet[Case]) -> QuerySet[Case, Any]:
    from_survivor = Message.objects.filter(side=Message.Side.SURVIVOR)
    from_team = Message.objects.filter(side=Message.Side.TEAM)
    of_case = {"case": OuterRef("pk")}
    return cases.annotate(
        written=_last(from_survivor, "made_on"), asked=_last(from_team, "made_on"),
        sent=_last(StatementVersion.objects.all(), "sent_on"), newest=_last(StatementVersion.objects.all(), "number"),
        assigned=_last(Assignment.objects.all(), "made_on"), requested=_last(Dossier.objects.all(), "requested_at"),
        decided=_last(Erasure.objects.all(), "decided_on"), lifted=_last(LegalHold.objects.all(), "lifted_on"),
        delivered=Exists(Dossier.objects.filter(delivered_at__isnull=False, **of_case)),
    )  # fmt: skip


def _last(rows: QuerySet[Any], field: str) -> Subquery:
    found = rows.filter(case=OuterRef("pk")).order_by().values("case").annotate(last=Max(field))
    return Subquery(found.values("last"))


def _facts(case: Any) -> retention.CaseFacts:
    """A refused erasing and a hold that was lifted are acts too: a lead has looked at the case then."""
    said = _latest(case.received_on, case.written, case.sent)
    acts = (said, case.asked, case.assigned, case.requested, case.decided, case.lifted)
    return retention.CaseFacts(
        said_on=said, acted_on=_latest(*acts), has_account=bool(case.newest), is_with_lawyer=case.delivered,
        asked_on=case.asked,
    )  # fmt: skip


def _latest(*days: date | datetime | None) -> date:
    return max(day.date() if isinstance(day, datetime) else day for day in days if day is not None)
