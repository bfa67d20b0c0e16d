"""The side navigation of the desk: what a person may go to, with how much waits there."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from cases import due_tasks, keeping, queue
from cases.actions import recording
from cases.models import Approval, Dossier, HoldRelease, SealedRelease
from people import alarms, joining, keywork, news
from people.models import Person
from people.permissions import Permission, may
from vault.models import today

Link = tuple[str, str, int | None]  # words, address, number beside it
Group = tuple[str, list[Link]]
Count = Callable[[Person], int]

# Words, name of the address, who may go there, and what waits there.
PLACES: list[tuple[str, str, Permission, Count | None]] = [
    ("People", "people:people", Permission.SEE_PEOPLE, joining.waiting),
    ("Keys", "people:keys", Permission.WORK_ON_KEYS, keywork.count_for),
    ("Alarms", "people:alarms", Permission.SEE_ALARMS, alarms.count_for),
    ("News", "people:news", Permission.SEE_NEWS, news.count_unseen),
    ("Audit trail", "cases:audit", Permission.EXPORT_HEAD, None),
    ("Retention", "cases:retention", Permission.SEE_RETENTION, keeping.count_due),
    ("Recovery", "people:recovery", Permission.MAKE_RECOVERY_KIT, None),
    ("Your account", "people:account", Permission.OWN_ACCOUNT, None),
]


def groups(person: Person) -> list[Group]:
    """The groups of links with at least one link."""
    found = [("Work", _work(person)), ("Reference", _reference(person)), ("Organisation", _places(person))]
    return [(title, links) for title, links in found if links]


def here(request: HttpRequest, found: list[Group]) -> str:
    """The address of the link that is marked as the current page, or ""."""
    links = [address for _, links in found for _, address, _ in links]
    full, home = request.get_full_path(), reverse("cases:queue")
    if full in links:
        return full
    inside = [link for link in links if link != home and request.path.startswith(link)]
    return max(inside, key=len, default=home if _belongs_to_queue(request.path, home) else "")


def waiting_for(person: Person) -> int:
    """How many requests a lead may decide now; for a caseworker, how many of the own wait."""
    cases, own = queue.visible(person), Q(requested_by=person)
    wanted = ~own if person.is_lead else own
    dossiers = Dossier.objects.filter(wanted, state=Dossier.State.REQUESTED, case__in=cases)
    parts = SealedRelease.objects.filter(wanted, state=SealedRelease.State.REQUESTED, case__in=cases)
    askings = Approval.objects.filter(wanted, state=Approval.State.REQUESTED, expires_on__gte=today(), case__in=cases)
    return dossiers.count() + parts.count() + askings.count() + keeping.waiting(person).filter(wanted).count()


def holds_for(person: Person) -> int:
    """How many notes and lone releases of safety holds wait for the word of this lead."""
    return HoldRelease.objects.filter(reviewed_at=None, case__in=queue.visible(person)).exclude(by=person).count()


def _work(person: Person) -> list[Link]:
    if not may(person, Permission.SEE_QUEUE):
        return _given(person)
    numbers, home = queue.counts(person, timezone.now()), reverse("cases:queue")
    return [
        ("Queue", home, numbers["all"]),
        ("My cases", f"{home}?person={queue.ME}", numbers["mine"]),
        *_tasks(person),
        *_search(person),
        *_recordings(person),
        ("What moved", reverse("cases:moved"), None),
        ("Lawyers", reverse("cases:lawyer-records"), None),
        ("Approvals", reverse("cases:approvals"), waiting_for(person)),
        *_holds(person),
        *_given(person),
    ]


def _given(person: Person) -> list[Link]:
    """What a clinician was given."""
    if not may(person, Permission.READ_CARE):
        return []
    return [("Your work", reverse("cases:cares"), person.cares.filter(ended_on=None).count() or None)]


def _reference(person: Person) -> list[Link]:
    if not may(person, Permission.SEE_STATES):
        return []
    states: list[Link] = [("States and routes", reverse("jurisdictions:states"), None)]
    if not may(person, Permission.PROPOSE_LAW):
        return states
    return [
        *states,
        ("Law to check", reverse("jurisdictions:checks"), None),
        ("Changes of the law", reverse("jurisdictions:proposals"), None),
    ]


def _tasks(person: Person) -> list[Link]:
    if not may(person, Permission.SEE_TASKS):
        return []
    return [(gettext("Tasks"), reverse("cases:tasks"), due_tasks.count_for(person))]


def _recordings(person: Person) -> list[Link]:
    if not may(person, Permission.RECORD_ACCOUNT):
        return []
    return [("Record an account", reverse("recording:all"), recording.unsent(person).count() or None)]


def _search(person: Person) -> list[Link]:
    return [(gettext("Search"), reverse("cases:search"), None)] if may(person, Permission.READ_ACCOUNT) else []


def _holds(person: Person) -> list[Link]:
    if not may(person, Permission.REVIEW_RELEASE):
        return []
    return [("Safety holds", reverse("cases:holds"), holds_for(person))]


def _places(person: Person) -> list[Link]:
    allowed = [place for place in PLACES if may(person, place[2])]
    return [(words, reverse(name), count(person) if count else None) for words, name, _, count in allowed]


def _belongs_to_queue(path: str, home: str) -> bool:
    return path == home or path.startswith(f"{home}cases/")
