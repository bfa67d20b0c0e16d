"""The saved views of the queue: what each shows, from readable columns alone, and how much that is.

Ended cases are in none of them; asking for a status or a reference finds those too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.counting import count_each
from cases.guards import MATCHING_DAYS
from cases.models import Approval, Case, Dossier, SealedRelease
from cases.models.case import OVER, THEIR_TURN
from cases.queue import filtered, ordered, visible, with_nobody
from people.models import Person
from vault.models import today

SILENT_DAYS = 30
Status, Level = Case.Status, Case.Level
Cases = QuerySet[Case]


@dataclass(frozen=True, slots=True)
class View:
    """One saved view. code: in the address; words: its name; note: what is in it."""

    code: str
    words: str | Promise
    note: str | Promise
    narrow: Callable[[Cases, Person], Cases]


def _new(cases: Cases, viewer: Person) -> Cases:
    held = Q(status=Status.SAFETY_HOLD, came_from__in=["", Status.RECEIVED])
    return cases.filter(Q(status=Status.RECEIVED) | held)


def _silent(cases: Cases, viewer: Person) -> Cases:
    before = today() - timedelta(days=SILENT_DAYS)
    return cases.filter(status__in=THEIR_TURN, has_news=False, heard_on__lt=before)


def _unmatched(cases: Cases, viewer: Person) -> Cases:
    return cases.filter(status=Status.MATCHING, status_on__lte=today() - timedelta(days=MATCHING_DAYS))


def _sealed(cases: Cases, viewer: Person) -> Cases:
    return cases.filter(id__in=SealedRelease.objects.filter(state=SealedRelease.State.REQUESTED).values("case"))


def _asked(cases: Cases, who: Q) -> Cases:
    """What waits for a lead: dossiers, and steps that can still be decided."""
    dossiers = Dossier.objects.filter(who, state=Dossier.State.REQUESTED).order_by()
    steps = Approval.objects.filter(who, state=Approval.State.REQUESTED, expires_on__gte=today()).order_by()
    return cases.filter(id__in=dossiers.values("case").union(steps.values("case"), all=True))


def _to_decide(cases: Cases, viewer: Person) -> Cases:
    return _asked(cases, ~Q(requested_by=viewer))


def _own_askings(cases: Cases, viewer: Person) -> Cases:
    return _asked(cases, Q(requested_by=viewer))


def _mine(cases: Cases, viewer: Person) -> Cases:
    return cases.filter(assignments__person=viewer, assignments__ended_on=None)


ALL = View("", _("Everything open"), _("Most urgent first, then by time left."), lambda cases, viewer: cases)
MINE = View("mine", _("My cases"), _("What you work on, and what you were asked to take."), _mine)
TO_DECIDE = View(
    "drafts", _("Drafts to approve"), _("Somebody asked for a dossier or a step; a lead decides."), _to_decide
)
ASKED = View(
    "asked", _("Waiting for a lead"), _("You asked for a dossier or a step, and nobody has decided."), _own_askings
)
COMMON: tuple[View, ...] = (
    ALL,
    MINE,
    View("new", _("New"), _("They have arrived, and nobody has answered yet."), _new),
    View(
        "urgent", _("P0 and P1"), _("Danger now, or harm within days."),
        lambda cases, _: cases.filter(level__in=[Level.P0, Level.P1]),
    ),
    View(
        "us", _("Waiting for us"), _("The person sent something, and nobody has answered it."),
        lambda cases, _: cases.filter(has_news=True),
    ),
    View("silent", _("Silent over 30 days"), _("It is the person’s turn, and nothing has come."), _silent),
    View(
        "limits", _("Deadlines"), _("The time of a route may end within 180 days."),
        lambda cases, _: cases.filter(clocks__place=0, clocks__alert__isnull=False),
    ),
    View("sealed", _("Sealed, waiting"), _("Somebody asked to open the sealed part; a lead decides."), _sealed),
    View("unmatched", _("No lawyer found"), _("Looked for one for 60 days or more."), _unmatched),
)  # fmt: skip


def views(viewer: Person) -> tuple[View, ...]:
    """The saved views of a member, in the order of the page."""
    return (*COMMON, TO_DECIDE if viewer.is_lead else ASKED)


def find(viewer: Person, code: str) -> View:
    """The view of a code; everything open for a code that names none."""
    return next((view for view in views(viewer) if view.code == code), ALL)


def listed(viewer: Person, wanted: dict[str, str]) -> Cases:
    """The cases of a view, narrowed by filters, in the order of the queue. wanted: see filtered(), and "view"."""
    cases = find(viewer, wanted.get("view", "")).narrow(_within(viewer, wanted), viewer)
    return ordered(filtered(cases, wanted, viewer))


def numbers(viewer: Person, now: datetime) -> dict[str, int]:
    """By its code how many cases each view has; and "today", "late", "nobody": what is due, and new with nobody."""
    cases, on = opened(viewer), now.date()
    midnight = datetime.combine(on + timedelta(days=1), time(), UTC)
    return count_each(
        {
            **{view.code: view.narrow(cases, viewer) for view in views(viewer)},
            "today": cases.filter(Q(answer_by__gte=now, answer_by__lt=midnight) | Q(answer_by=None, answer_day=on)),
            "late": cases.filter(Q(answer_by__lt=now) | Q(answer_by=None, answer_day__lt=on)),
            "nobody": with_nobody(_new(cases, viewer)),
        }
    )


def at_a_glance(viewer: Person) -> dict[str, int]:
    """The numbers of the side navigation: everything open, and one's own. numbers() has them too."""
    return count_each({view.code: view.narrow(opened(viewer), viewer) for view in (ALL, MINE)})


def opened(viewer: Person) -> Cases:
    """The cases that a member may see and that have not ended."""
    return visible(viewer).exclude(status__in=OVER)


def _within(viewer: Person, wanted: dict[str, str]) -> Cases:
    is_named = wanted.get("status") in OVER or wanted.get("reference")
    return visible(viewer) if is_named else opened(viewer)
