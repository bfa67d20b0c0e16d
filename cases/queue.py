"""The queue: sorted and filtered on readable columns; flags are opened for the visible rows of the viewer alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from cases import keys
from cases.asked import wanting_erasing
from cases.clocks import THRESHOLDS, Alert, alert_of, with_alert
from cases.due import Due, due
from cases.flagged import flags_of_each
from cases.flags import Flag
from cases.models import Assignment, Case
from cases.steps import Step, next_step, takes_new, with_facts
from people.models import Person
from people.permissions import Permission, may
from vault.keyring import Keyring

PAGE = 50  # rows on one page
ME, NOBODY = "me", "nobody"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue."""

    case: Case
    due: Due | None
    step: Step
    flags: list[Flag]
    people: list[str]
    clock: Alert | None


def visible(viewer: Person) -> QuerySet[Case]:
    """The cases whose columns a member may see: those of the own team and of none yet."""
    return Case.objects.filter(team__in=["", viewer.team])


def readable(viewer: Person) -> QuerySet[Case]:
    """The cases whose account a member may open, as people.permissions decides: of the team, the own ones or all."""
    if not may(viewer, Permission.READ_ACCOUNT):
        return Case.objects.none()
    own = Assignment.objects.filter(case=OuterRef("pk"), person=viewer, ended_on=None)
    return visible(viewer) if viewer.is_lead else visible(viewer).filter(Exists(own))


def ordered(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Most urgent first: level, then what is due first, then what waits longest."""
    return cases.order_by(
        "level", F("answer_by").asc(nulls_last=True), F("answer_day").asc(nulls_last=True), "received_on", "reference"
    )


def filtered(cases: QuerySet[Case], wanted: dict[str, str], viewer: Person) -> QuerySet[Case]:
    """Narrow by level, status, language, residence, reference, a time limit in days and who works on it ("me")."""
    for field in ("level", "status", "language", "residence"):
        if wanted.get(field):
            cases = cases.filter(**{field: wanted[field]})
    if wanted.get("reference"):
        cases = cases.filter(reference__contains=wanted["reference"].strip().upper())
    if wanted.get("limit"):
        cases = with_alert(cases, int(wanted["limit"]))
    if wanted.get("person") == ME:
        cases = cases.filter(assignments__person=viewer, assignments__ended_on=None)
    if wanted.get("person") == NOBODY:
        cases = cases.exclude(Exists(Assignment.objects.filter(case=OuterRef("pk"), ended_on=None)))
    return cases


def rows(cases: QuerySet[Case], viewer: Person, ring: Keyring, now: datetime) -> list[Row]:
    """Build the visible rows; flags are opened one by one with the viewer's own keys."""
    related = (
        "assignments__person",
        "dossiers__requested_by",
        "approvals__requested_by",
        "legal_holds",
        "clocks",
        "proposals__lawyer",
    )
    found = list(cases.select_related("receipt").prefetch_related(*related)[:PAGE])
    free, leaving, reads_new = keys.with_intake(found), wanting_erasing(found), takes_new(viewer)
    told = with_facts(found)
    steps = [
        next_step(
            case,
            viewer,
            is_free=case.id in free,
            reads_new=reads_new,
            wants_erasing=case.id in leaving,
            has_facts=case.id in told,
        )
        for case in found
    ]
    flags = flags_of_each(found, ring)
    return [
        Row(case, due(case, now), step, flags[case.id], names(case), alert_of(case))
        for case, step in zip(found, steps, strict=True)
    ]


def assignees(case: Case) -> list[Assignment]:
    """The assignments of a case that stand now."""
    return [each for each in case.assignments.all() if each.ended_on is None]


def names(case: Case) -> list[str]:
    """Names of the members who work on a case now; who has not accepted it yet is "asked"."""
    return [_name(each) for each in assignees(case)]


def _name(each: Assignment) -> str:
    name = each.person.name
    return name if each.accepted_on else gettext("%(name)s (asked)") % {"name": name}


def counts(viewer: Person, now: datetime) -> dict[str, int]:
    """Numbers for the head of the page: all, due today, late, nobody works on it, a time limit comes near."""
    cases = visible(viewer)
    today = now.date()
    is_late = Q(answer_by__lt=now) | Q(answer_by=None, answer_day__lt=today)
    is_today = Q(answer_by__date=today, answer_by__gte=now) | Q(answer_by=None, answer_day=today)
    return {
        "all": cases.count(),
        "late": cases.filter(is_late).count(),
        "today": cases.filter(is_today).count(),
        "mine": filtered(cases, {"person": ME}, viewer).count(),
        "nobody": filtered(cases, {"person": NOBODY}, viewer).count(),
        "limits": with_alert(cases, max(THRESHOLDS)).count(),
    }
