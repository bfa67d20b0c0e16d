"""Announcements: what happened to people and keys, told to everybody who signs in. They are events of the trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Person
from vault.models import AuditEvent

SHOWN = 100
# What is told to all, as whole sentences. who: the member who did it; whom: the person, or the case, that it is about.
ANNOUNCED: dict[str, str | Promise] = {
    "organisation.founded": gettext_lazy("The organisation was founded."),
    "organisation.opened": gettext_lazy(
        "The portal is open: everything that must stand before the first account stands."
    ),
    "person.admitted": gettext_lazy("{who} admitted {whom}."),
    "person.suspended": gettext_lazy("{who} suspended {whom}."),
    "person.reinstated": gettext_lazy("{who} let {whom} back in after a suspension."),
    "person.removed": gettext_lazy("{who} removed {whom}. New keys are made for what this person could open."),
    "person.new_keys": gettext_lazy("{who} admitted new keys of {whom}."),
    "person.deputy": gettext_lazy("{who} named {whom} to stand in for the leads."),
    "person.deputy_over": gettext_lazy("{whom} no longer stands in for the leads."),
    "person.intake": gettext_lazy("{who} named {whom} to read new accounts."),
    "person.intake_over": gettext_lazy("{who} ended that {whom} reads new accounts. The intake key was replaced."),
    "recovery.kit_made": gettext_lazy("{who} made a recovery kit; earlier printed shares no longer open anything new."),
    "recovery.rehearsed": gettext_lazy("{who} rehearsed a recovery with the printed shares."),
    "recovery.used": gettext_lazy("{who} used the recovery kit. The custodians met and the keys were recovered."),
    "keys.replaced": gettext_lazy("{who} replaced a key of the organisation."),
    "hold.released": gettext_lazy(
        "{who} alone released the safety hold of {whom}. Another lead looks at it within 24 hours."
    ),
    "hold.reviewed": gettext_lazy("{who} reviewed the release of the safety hold of {whom}."),
}
FOUNDING, SOMEBODY = gettext_lazy("The founding"), gettext_lazy("a former member")


@dataclass(frozen=True, slots=True)
class News:
    """One announcement in words. at: None when a machine did it."""

    id: int
    on: date
    at: datetime | None
    words: str
    is_new: bool


def all_for(person: Person, *, knows_cases: bool = True) -> list[News]:
    """The newest announcements, newest first; those that this person has not marked as seen are new.

    knows_cases: False for whoever does not see the queue; references of cases are left out then.
    """
    events = list(_announced().order_by("-id")[:SHOWN])
    names = _names(events)
    return [
        News(each.id, each.on, each.at, _words(each, names, knows_cases), each.id > person.seen_event)
        for each in events
    ]  # fmt: skip


def unseen(person: Person) -> list[News]:
    """The announcements that this person has not marked as seen, newest first."""
    return [news for news in all_for(person) if news.is_new]


def count_unseen(person: Person) -> int:
    """How many announcements this person has not marked as seen."""
    return _announced().filter(id__gt=person.seen_event).count()


def mark_seen(person: Person, up_to: int | None = None) -> None:
    """Mark everything announced as seen, or only what was shown: up to that event. It never goes back."""
    shown = _announced().filter(id__lte=up_to) if up_to is not None else _announced()
    newest = shown.order_by("-id").values_list("id", flat=True).first() or 0
    Person.objects.filter(id=person.id, seen_event__lt=newest).update(seen_event=newest)
    person.seen_event = max(person.seen_event, newest)


def _announced() -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(action__in=ANNOUNCED)


def _names(events: Iterable[AuditEvent]) -> dict[UUID, str]:
    wanted = {each.actor for each in events if each.actor} | {each.subject for each in events}
    return dict(Person.objects.filter(id__in=wanted).values_list("id", "name"))


def _words(event: AuditEvent, names: dict[UUID, str], knows_cases: bool) -> str:
    who = names.get(event.actor, str(SOMEBODY)) if event.actor else str(FOUNDING)
    if event.subject_table == "case":
        whom = (
            _("case %(reference)s") % {"reference": event.detail.get("reference", "")} if knows_cases else _("a case")
        )
    else:
        whom = names.get(event.subject, str(SOMEBODY))
    words = str(ANNOUNCED[event.action]).format(who=who, whom=whom)
    return words[:1].upper() + words[1:]
