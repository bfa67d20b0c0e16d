"""Limitation clocks: written when a member assesses routes, watched by a timer that reads weeks and opens nothing.

A case is over for the timer when the person closed the number or when a lead is to decide about erasing it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Case, Erasure, LimitationClock
from cases.models.case import OVER
from jurisdictions.pages.ranking import REACHABLE
from vault import audit

THRESHOLDS = LimitationClock.THRESHOLDS
URGENT_DAYS = 90


@dataclass(frozen=True, slots=True)
class Alert:
    """The nearest end of a case's routes: "within 90 days", the Monday of its week, and how many routes it is about."""

    days: int
    week: date
    routes: int

    @property
    def is_near(self) -> bool:
        """Whether the last threshold is reached."""
        return self.days == THRESHOLDS[-1]


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def threshold(week: date, today: date) -> int | None:
    """The closest threshold that a week has reached, None while it is further away than all."""
    left = (week - today).days
    return min((days for days in THRESHOLDS if left <= days), default=None)


@transaction.atomic
def keep(case: Case, routes: Iterable[dict[str, Any]], today: date) -> None:
    """Write the weeks of the routes that can be reached; nothing is touched while they stay the same.

    Routes as assess_routes gives them. A week that has changed takes its alert with it.
    """
    weeks = sorted(_weeks(routes))
    Case.objects.select_for_update().get(id=case.id)
    if list(case.clocks.values_list("week", flat=True)) == weeks:
        return
    before = alert_of(case)
    case.clocks.all().delete()
    over = Case.objects.filter(id=case.id).filter(is_over()).exists()
    rows = [
        LimitationClock(case=case, place=place, week=week, alert=None if over else threshold(week, today))
        for place, week in enumerate(weeks)
    ]
    LimitationClock.objects.bulk_create(rows)
    nearest = min((row.alert for row in rows if row.alert and row.week >= week_of(today)), default=None)
    if nearest and nearest <= URGENT_DAYS and (before is None or nearest < before.days):
        _rise({case.id})


def _weeks(routes: Iterable[dict[str, Any]]) -> Iterable[date]:
    for route in routes:
        day = route["deadline"]["date"]
        if day and route["verdict"] in REACHABLE:
            yield week_of(date.fromisoformat(day))


@transaction.atomic
def watch(today: date) -> None:
    """Raise what is due; clear what is not, or belongs to a case that is over. Running twice changes nothing.

    A case for which 90 or 30 days are reached becomes P1 (triage.md 3.1), once for each; a lead may lower it then.
    """
    over = Case.objects.filter(is_over())
    live, near = LimitationClock.objects.exclude(case__in=over), date.min
    LimitationClock.objects.filter(case__in=over).exclude(alert=None).update(alert=None)
    for days in reversed(THRESHOLDS):
        reached = today + timedelta(days=days)
        found = live.filter(week__gt=near, week__lte=reached).exclude(alert=days)
        ahead = found.filter(week__gte=week_of(today))  # what is over is no reason to hurry
        urgent = set(ahead.values_list("case", flat=True)) if days <= URGENT_DAYS else set()
        found.update(alert=days)
        _rise(urgent)
        near = reached
    live.filter(week__gt=near).exclude(alert=None).update(alert=None)


def _rise(cases: set[UUID]) -> None:
    """Make P1 of what is less urgent. Nothing is promised to the person by it, so no hour is set."""
    less = Case.objects.filter(id__in=cases, level__in=[Case.Level.P2, Case.Level.P3]).exclude(status__in=OVER)
    for case in less.select_for_update().order_by("id"):
        Case.objects.filter(id=case.id).update(level=Case.Level.P1)
        audit.record("level.risen", "case", case.id, by=None, detail={"level": Case.Level.P1.value})


def is_over() -> Q:
    """The cases that raise no alert."""
    erasing = Erasure.objects.filter(case=OuterRef("pk"), state=Erasure.State.REQUESTED)
    return Q(receipt__retired_on__isnull=False) | Q(Exists(erasing))


def alert_of(case: Case) -> Alert | None:
    """What the queue and the page of a case show. Expects `clocks` prefetched for lists."""
    raised = [clock for clock in case.clocks.all() if clock.alert is not None]
    if not raised:
        return None
    first = min(raised, key=lambda clock: clock.week)
    return Alert(first.alert or 0, first.week, len(raised))


def with_alert(cases: QuerySet[Case], days: int) -> QuerySet[Case]:
    """The cases with an alert at this threshold or a nearer one."""
    return cases.filter(Exists(LimitationClock.objects.filter(case=OuterRef("pk"), alert__lte=days)))
