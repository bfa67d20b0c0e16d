"""The side navigation of the desk: what a person may go to, with how much waits there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cases import due_tasks, keeping, queue, saved
from cases.actions import recording
from cases.counting import count_each, shown
from cases.models import Approval, Dossier, HoldRelease, SealedRelease
from people import alarms, joining, keywork, news
from people.models import Person
from people.permissions import Permission, may
from people.requests import StaffRequest, once
from vault.models import today

Link = tuple[str | Promise, str, int | str | None]  # words, address, number beside it
Group = tuple[str, list[Link]]
Count = Callable[[Person], int | str]
Rows = QuerySet[Any]
ASKINGS = ("dossiers", "parts", "askings", "erasings")

# Words, name of the address, who may go there, and what waits there.
PLACES: list[tuple[str | Promise, str, Permission, Count | None]] = [
    (gettext_lazy("People"), "people:people", Permission.SEE_PEOPLE, joining.waiting),
    (gettext_lazy("Keys"), "people:keys", Permission.WORK_ON_KEYS, keywork.count_for),
    (gettext_lazy("Alarms"), "people:alarms", Permission.SEE_ALARMS, alarms.count_for),
    (gettext_lazy("News"), "people:news", Permission.SEE_NEWS, news.count_unseen),
    (gettext_lazy("Audit trail"), "cases:audit", Permission.EXPORT_HEAD, None),
    (gettext_lazy("Retention"), "cases:retention", Permission.SEE_RETENTION, keeping.count_due),
    (gettext_lazy("Recovery"), "people:recovery", Permission.MAKE_RECOVERY_KIT, None),
    (gettext_lazy("Lists and accounts"), "admin:index", Permission.SEE_ADMIN, None),
    (pgettext_lazy("member", "Your account"), "people:account", Permission.OWN_ACCOUNT, None),
]


def groups(request: StaffRequest) -> list[Group]:
    """The groups of links with at least one link; most of their numbers are counted by one statement."""
    person = request.person
    found = [
        (_("Work"), _work(request, count_each(_lists(person)))),
        (pgettext("reference data", "Reference"), _reference(person)),
        (_("Organisation"), _places(request)),
    ]
    return [(title, links) for title, links in found if links]


def here(request: HttpRequest, found: list[Group]) -> str:
    """The address of the link that is marked as the current page, or ""."""
    links = [link[1] for group in found for link in group[1]]
    full, home = request.get_full_path(), reverse("cases:queue")
    if full in links:
        return full
    inside = [link for link in links if link != home and request.path.startswith(link)]
    return max(inside, key=len, default=home if _belongs_to_queue(request.path, home) else "")


def waiting_for(person: Person) -> int:
    """How many requests a lead may decide now; for a caseworker, how many of the own wait."""
    return sum(count_each(_askings(person)).values())


def _askings(person: Person) -> dict[str, Rows]:
    """The requests of waiting_for(), kind by kind."""
    cases, own = queue.visible(person), Q(requested_by=person)
    wanted = ~own if person.is_lead else own
    askings = Approval.objects.filter(wanted, state=Approval.State.REQUESTED, expires_on__gte=today(), case__in=cases)
    return {
        "dossiers": Dossier.objects.filter(wanted, state=Dossier.State.REQUESTED, case__in=cases),
        "parts": SealedRelease.objects.filter(wanted, state=SealedRelease.State.REQUESTED, case__in=cases),
        "askings": askings,
        "erasings": keeping.waiting(person).filter(wanted),
    }


def _holds_of(person: Person) -> Rows:
    """Notes and lone releases of safety holds that wait for the word of this lead."""
    return HoldRelease.objects.filter(reviewed_at=None, case__in=queue.visible(person)).exclude(by=person)


def _lists(person: Person) -> dict[str, Rows]:
    """What is counted beside the links of the work that this member does."""
    may_see = partial(may, person)
    found: dict[str, Rows] = {}
    if may_see(Permission.SEE_QUEUE):
        found |= _askings(person)
    if may_see(Permission.SEE_TASKS):
        found["tasks"] = due_tasks.pressing(person)
    if may_see(Permission.RECORD_ACCOUNT):
        found["recordings"] = recording.unsent(person)
    if may_see(Permission.REVIEW_RELEASE):
        found["holds"] = _holds_of(person)
    if may_see(Permission.READ_CARE):
        found["cares"] = person.cares.filter(ended_on=None)
    return found


def _work(request: StaffRequest, numbers: dict[str, int]) -> list[Link]:
    person, home = request.person, reverse("cases:queue")
    if not may(person, Permission.SEE_QUEUE):
        return _given(person, numbers)
    glance = once(request, saved.at_a_glance)
    return [
        (_("Queue"), home, shown(glance[saved.ALL.code])),
        (_("My cases"), f"{home}?view={saved.MINE.code}", shown(glance[saved.MINE.code])),
        *_tasks(person, numbers),
        *_search(person),
        *_recordings(person, numbers),
        (_("What moved"), reverse("cases:moved"), None),
        (_("Lawyers"), reverse("cases:lawyer-records"), None),
        (_("Approvals"), reverse("cases:approvals"), sum(numbers[kind] for kind in ASKINGS)),
        *_holds(person, numbers),
        *_given(person, numbers),
    ]


def _given(person: Person, numbers: dict[str, int]) -> list[Link]:
    """What a clinician was given."""
    if not may(person, Permission.READ_CARE):
        return []
    return [(_("Your work"), reverse("cases:cares"), numbers["cares"] or None)]


def _reference(person: Person) -> list[Link]:
    if not may(person, Permission.SEE_STATES):
        return []
    states: list[Link] = [(_("States and routes"), reverse("jurisdictions:states"), None)]
    if not may(person, Permission.PROPOSE_LAW):
        return states
    return [
        *states,
        (_("Law to check"), reverse("jurisdictions:checks"), None),
        (_("Changes of the law"), reverse("jurisdictions:proposals"), None),
    ]


def _tasks(person: Person, numbers: dict[str, int]) -> list[Link]:
    if not may(person, Permission.SEE_TASKS):
        return []
    return [(_("Tasks"), reverse("cases:tasks"), shown(numbers["tasks"]))]


def _recordings(person: Person, numbers: dict[str, int]) -> list[Link]:
    if not may(person, Permission.RECORD_ACCOUNT):
        return []
    return [(_("Record an account"), reverse("recording:all"), numbers["recordings"] or None)]


def _search(person: Person) -> list[Link]:
    return [(_("Search"), reverse("cases:search"), None)] if may(person, Permission.READ_ACCOUNT) else []


def _holds(person: Person, numbers: dict[str, int]) -> list[Link]:
    if not may(person, Permission.REVIEW_RELEASE):
        return []
    return [(_("Safety holds"), reverse("cases:holds"), shown(numbers["holds"]))]


def _places(request: StaffRequest) -> list[Link]:
    allowed = [place for place in PLACES if may(request.person, place[2])]
    return [(words, reverse(name), once(request, count) if count else None) for words, name, _, count in allowed]


def _belongs_to_queue(path: str, home: str) -> bool:
    return path == home or path.startswith(f"{home}cases/")
