"""The people as the pages show them: state, since when, key, and what a viewer may do about each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from people import deputies, joining
from people.models import DEPUTIES, Deputyship, Invitation, Person, Role
from people.permissions import Permission, may
from people.recipients import is_intake_staff
from vault.models import today

Act = tuple[str, str, str]  # words, what it means, name of the address


@dataclass(frozen=True, slots=True)
class Entry:
    """One person. until: the last day of standing in for the leads, or None."""

    person: Person
    state: str
    fingerprint: str
    until: date | None
    waits: Invitation | None  # new keys that a lead must hear
    is_intake: bool = False  # reads new accounts

    @property
    def is_new(self) -> bool:
        """Was this person never admitted?"""
        return self.waits is not None and self.waits.kind == Invitation.Kind.NEW


def everybody() -> list[Entry]:
    """All people: whoever is here by name, then whoever was removed."""
    running = Deputyship.objects.filter(ended_on=None, until_on__gte=today())
    rows = Person.objects.select_related("pair").prefetch_related(
        Prefetch("deputyships", running, to_attr="running"),
        Prefetch("invitations", Invitation.objects.filter(state=Invitation.State.JOINED), to_attr="waiting"),
    )
    return sorted(map(_entry, rows), key=lambda entry: (entry.person.removed_on is not None, entry.person.name.lower()))


def one(person: Person) -> Entry:
    """One of them."""
    return next(entry for entry in everybody() if entry.person.id == person.id)


def acts(viewer: Person, entry: Entry) -> list[Act]:
    """What this viewer may do about this person now; the actions check it again."""
    person = entry.person
    if person.removed_on is not None or entry.is_new:
        return []
    is_other = person.id != viewer.id
    leads = is_other and may(viewer, Permission.ADMIT).ok
    found: list[tuple[bool, Act]] = [
        (
            is_other and person.is_active and may(viewer, Permission.SUSPEND).ok,
            (_("Suspend"), _("Closes the door at once; keys stay."), "people:suspend"),
        ),
        (leads and not person.is_active, (_("Let in again"), _("Ends the suspension."), "people:reinstate")),
        (leads, (_("New keys"), _("The password is lost, or somebody else may have it."), "people:new-keys")),
        (not is_other, (_("New keys"), _("If somebody else may have yours."), "people:new-keys")),
        (
            leads and person.is_active and person.role == Role.CASEWORKER and not entry.is_intake,
            (_("Let read new accounts"), _("As intake staff."), "people:name-intake"),
        ),
        (
            leads and entry.is_intake,
            (_("End reading new accounts"), _("The intake key is replaced."), "people:end-intake"),
        ),
        (_may_name(viewer, entry), (_("Let stand in"), _("As a lead, for some days."), "people:deputy")),
        (
            bool(deputies.running(person)) and may(viewer, Permission.NAME_DEPUTY).ok,
            (_("End the standing in"), _("The leads’ key is replaced."), "people:end-deputy"),
        ),
        (
            is_other and may(viewer, Permission.REMOVE).ok,
            (_("Remove"), _("For good, with all keys."), "cases:remove-person"),
        ),
    ]
    return [act for is_offered, act in found if is_offered]


def invitations() -> list[Invitation]:
    """Links that were given and not used yet."""
    return list(joining.current().filter(state=Invitation.State.SENT).select_related("made_by"))


def waiting() -> list[Invitation]:
    """Keys that were made and wait for a lead to hear their words."""
    return list(joining.current().filter(state=Invitation.State.JOINED).select_related("made_by", "person"))


def _may_name(viewer: Person, entry: Entry) -> bool:
    person = entry.person
    is_fit = person.is_active and person.role in DEPUTIES and not deputies.running(person)
    return is_fit and may(viewer, Permission.NAME_DEPUTY).ok


def _entry(person: Person) -> Entry:
    waits = next(iter(person.waiting), None)  # type: ignore[attr-defined]
    until = next((row.until_on for row in person.running), None)  # type: ignore[attr-defined]
    return Entry(
        person, _state(person, waits), bytes(person.pair.fingerprint).hex(), until, waits, is_intake_staff(person)
    )


def _state(person: Person, waits: Invitation | None) -> str:
    if person.removed_on is not None:
        return _("removed")
    if waits is not None and waits.kind == Invitation.Kind.NEW:
        return _("waits to be admitted")
    return _("active") if person.is_active else _("suspended")
