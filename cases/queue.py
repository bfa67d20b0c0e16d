"""The queue: sorted and filtered on readable columns; flags are opened for the visible rows of the viewer alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.utils.translation import gettext

from cases import keys
from cases.asked import wanting_erasing
from cases.clocks import Alert, alert_of, with_alert
from cases.due import Due, due
from cases.flagged import flags_of_each
from cases.flags import Flag
from cases.models import Approval, Assignment, Case, Dossier, Proposal
from cases.steps import Step, next_step, takes_new, with_facts
from people.models import Person
from people.permissions import Permission, may
from vault.keyring import Keyring

PAGE = 25  # rows on one page: as many as one person works on at most
ME, NOBODY = "me", "nobody"
# Each by one statement, whether any of these rows has such a thing or not.
RELATED = (
    Prefetch("assignments", Assignment.objects.select_related("person")),
    Prefetch("dossiers", Dossier.objects.select_related("requested_by")),
    Prefetch("approvals", Approval.objects.select_related("requested_by")),
    Prefetch("proposals", Proposal.objects.select_related("lawyer")),
    "legal_holds", "clocks",
)  # fmt: skip


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


def places(viewer: Person) -> list[str]:
    """The codes of residence that occur, found by stepping through the index from one to the next."""
    table, teams = Case._meta.db_table, ["", viewer.team]
    where = "team IN (%s, %s) AND residence >"
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE place(code) AS (SELECT MIN(residence) FROM {table} WHERE {where} '' UNION ALL "  # noqa: S608
            f"SELECT (SELECT MIN(residence) FROM {table} WHERE {where} code) FROM place WHERE code IS NOT NULL) "
            "SELECT code FROM place WHERE code IS NOT NULL",
            teams * 2,
        )
        return [code for (code,) in cursor.fetchall()]


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
        cases = with_nobody(cases)
    return cases


def with_nobody(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases that nobody works on or was asked to take.

    A subquery for each row: in the order of an index it ends with the page, where a join would read every assignment.
    """
    standing = Assignment.objects.filter(case=OuterRef("pk"), ended_on=None).values("pk")[:1]
    return cases.alias(standing=Subquery(standing)).filter(standing=None)


def page(cases: QuerySet[Case], number: int) -> tuple[list[Case], bool]:
    """The cases of a page, 1 is the first, and whether there is another one."""
    start = (number - 1) * PAGE
    found = list(cases.select_related("receipt")[start : start + PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def rows(found: list[Case], viewer: Person, ring: Keyring, now: datetime) -> list[Row]:
    """Build the rows of a page(), with the flags that the viewer's own keys open; as many statements as for one."""
    prefetch_related_objects(found, *RELATED)
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
