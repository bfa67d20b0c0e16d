"""The audit trail in words: what a person did and what happened to a person, or to whatever another room knows of.

Other rooms add their words and name their rows here, so that a person's trail tells of them without this room knowing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Person
from vault import audit
from vault.models import AuditEvent

READ = "trail.read"
PER_PAGE = 50
DIGITS = re.compile("[0-9]{1,18}")
MACHINE, FORMER = gettext_lazy("The system"), gettext_lazy("A former member")
Names = dict[UUID, str]
Words = Mapping[str, str | Promise]
WORDS: dict[str, str | Promise] = {
    "alarm.raised": gettext_lazy("raised an alarm"),
    "alarm.reviewed": gettext_lazy("looked into an alarm"),
    "audit.exported": gettext_lazy("downloaded the newest head of this trail"),
    "directory.revoked": gettext_lazy("ended a key in the directory"),
    "directory.withdrawn": gettext_lazy("withdrew a statement of the directory"),
    "keys.destroyed": gettext_lazy("destroyed a key that nobody needs any more"),
    "keys.exposed": gettext_lazy("noted that a key may be known to somebody else"),
    "keys.finished": gettext_lazy("finished giving records new keys"),
    "keys.replaced": gettext_lazy("replaced a key of the organisation"),
    "organisation.founded": gettext_lazy("founded the organisation"),
    "organisation.opened": gettext_lazy("opened the portal"),
    "person.admitted": gettext_lazy("admitted a person"),
    "person.authenticator_changed": gettext_lazy("set up a new authenticator app"),
    "person.deputy": gettext_lazy("named a deputy"),
    "person.deputy_over": gettext_lazy("ended a deputyship"),
    "person.digest_chosen": gettext_lazy("changed the wish for a mail a day"),
    "person.intake": gettext_lazy("named somebody to read new accounts"),
    "person.intake_over": gettext_lazy("ended that somebody reads new accounts"),
    "person.invitation_ended": gettext_lazy("withdrew an invitation"),
    "person.invited": gettext_lazy("invited somebody"),
    "person.joined": gettext_lazy("made keys by an invitation"),
    "person.language_chosen": gettext_lazy("chose another language of the desk"),
    "person.new_keys": gettext_lazy("admitted new keys of a person"),
    "person.new_keys_begun": gettext_lazy("began new keys for a person"),
    "person.not_recognised": gettext_lazy("did not recognise a person's key"),
    "person.passkey_added": gettext_lazy("added a passkey"),
    "person.passkey_removed": gettext_lazy("removed a passkey"),
    "person.password_changed": gettext_lazy("changed the password"),
    "person.recovery_code_used": gettext_lazy("used a recovery code"),
    "person.recovery_codes_made": gettext_lazy("made new recovery codes"),
    "person.reinstated": gettext_lazy("let a person back in"),
    "person.removed": gettext_lazy("removed a person"),
    "person.session_ended": gettext_lazy("ended a session"),
    "person.signed_in": gettext_lazy("signed in"),
    "person.signed_out": gettext_lazy("signed out"),
    "person.suspended": gettext_lazy("suspended a person"),
    "person.unlocked": gettext_lazy("unlocked a session"),
    "record.broken": gettext_lazy("met a record that does not fit"),
    "recovery.kit_made": gettext_lazy("made a recovery kit"),
    "recovery.refused": gettext_lazy("was refused a recovery"),
    "recovery.rehearsed": gettext_lazy("rehearsed a recovery"),
    "recovery.share_opened": gettext_lazy("opened a share of the recovery kit"),
    "recovery.share_printed": gettext_lazy("printed a share of the recovery kit"),
    "recovery.used": gettext_lazy("used the recovery kit"),
    READ: gettext_lazy("read a trail"),
}


@dataclass(frozen=True, slots=True)
class About:
    """What an event is about. of: what that is or belongs to; address: of its trail; is_whole: it is all of it."""

    words: str
    of: str = ""
    address: str = ""
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. at: only for acts of members; a survivor's and a machine's have a day."""

    on: date
    at: datetime | None
    who: str
    what: str
    about: About | None


Finder = Callable[[set[UUID]], dict[UUID, About]]
Phrase = Callable[[AuditEvent, Names], str]
Actor = Callable[[AuditEvent], str | None]
FINDERS: list[Finder] = []
PHRASES: dict[str, Phrase] = {}  # words that need the detail of an event
NOBODY: list[Actor] = []  # who it was when no member did it


def register(
    words: Mapping[str, str | Promise], *, finder: Finder, phrases: Mapping[str, Phrase], nobody: Actor
) -> None:
    """Add another room's words for its actions, and how it names its rows."""
    WORDS.update(words)
    PHRASES.update(phrases)
    FINDERS.append(finder)
    NOBODY.append(nobody)


@dataclass(frozen=True, slots=True)
class Search:
    """What a trail is narrowed to, as the address says it."""

    action: str = ""
    day: date | None = None
    upto: int = 0

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Search:
        """Read ?action=...&day=2026-11-22&upto=17; what cannot be read narrows nothing."""
        upto = str(given.get("upto", ""))
        try:
            day = date.fromisoformat(str(given.get("day", "")))
        except ValueError:
            day = None
        return cls(str(given.get("action", ""))[:60], day, int(upto) if DIGITS.fullmatch(upto) else 0)

    def narrow(self, events: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        """The events that fit, newest first. upto: the newest of the first page, so that pages do not shift."""
        if self.action:
            events = events.filter(action=self.action)
        if self.day:
            events = events.filter(on=self.day)
        if self.upto:
            events = events.filter(id__lte=self.upto)
        return events.order_by("-id")

    def address(self, page: int, newest: int) -> str:
        """The part of an address that leads to another page of the same."""
        asked = {"action": self.action, "day": self.day.isoformat() if self.day else "", "upto": newest, "page": page}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a trail. total: how many events fit the search; earlier, later: addresses of the pages beside."""

    entries: list[Entry]
    total: int
    number: int
    pages: int
    earlier: str
    later: str
    search: Search
    choices: list[tuple[str, str]]


def of_person(person: Person) -> QuerySet[AuditEvent]:
    """What a person did, and what others did to the person."""
    return AuditEvent.objects.filter(Q(actor=person.id) | Q(subject=person.id))


def show(events: QuerySet[AuditEvent], given: Mapping[str, str]) -> Shown:
    """The page of a trail that an address asks for; a number that is not there gives the nearest."""
    search = Search.of(given)
    found = Paginator(search.narrow(events), PER_PAGE).get_page(given.get("page"))
    rows = list(found.object_list)
    newest = search.upto or (rows[0].id if rows else 0)
    return Shown(
        entries(rows), found.paginator.count, found.number, found.paginator.num_pages,
        search.address(found.next_page_number(), newest) if found.has_next() else "",
        search.address(found.previous_page_number(), newest) if found.has_previous() else "",
        search, choices(events),
    )  # fmt: skip


def choices(events: QuerySet[AuditEvent]) -> list[tuple[str, str]]:
    """The actions in a trail with their words, by words, for narrowing it."""
    actions = events.order_by().values_list("action", flat=True).distinct()
    return sorted(((action, capitalised(said(action))) for action in actions), key=lambda each: each[1])


def entries(events: Iterable[AuditEvent]) -> list[Entry]:
    """Events in words."""
    shown = list(events)
    names, about = names_in(shown), _about({event.subject for event in shown})
    return [Entry(e.on, e.at, who(e, names), what(e, names), about.get(e.subject)) for e in shown]


def record_reading(table: str, subject: UUID, by: Person) -> None:
    """Put on record that somebody reads a trail."""
    audit.record(READ, table, subject, by=by.id)


def said(action: str) -> str:
    """The words of an action, or its code with spaces."""
    return str(WORDS.get(action, action.replace(".", " ").replace("_", " ")))


def what(event: AuditEvent, names: Names) -> str:
    """What was done, with what the detail adds."""
    phrase = PHRASES.get(event.action)
    return phrase(event, names) if phrase else said(event.action)


def who(event: AuditEvent, names: Names) -> str:
    """Who did it."""
    if event.actor:
        return names.get(event.actor, str(FORMER))
    return next((words for nobody in NOBODY if (words := nobody(event))), str(MACHINE))


def names_in(events: Iterable[AuditEvent]) -> Names:
    """The names of all people whom these events name."""
    told = list(events)
    wanted = {event.actor for event in told if event.actor}
    wanted |= {UUID(str(event.detail["person"])) for event in told if "person" in event.detail}
    return dict(Person.objects.filter(id__in=wanted).values_list("id", "name"))


def capitalised(words: str) -> str:
    """The words as the start of a line."""
    return words[:1].upper() + words[1:]


def people_of(subjects: set[UUID]) -> dict[UUID, About]:
    """People by name, and the trail as a whole."""
    found = {each.id: About(each.name) for each in Person.objects.filter(id__in=subjects)}
    return found | {audit.CHAIN: About(_("The audit trail"))}


FINDERS.append(people_of)


def _about(subjects: set[UUID]) -> dict[UUID, About]:
    found: dict[UUID, About] = {}
    for finder in FINDERS:
        found |= finder(subjects)
    return found
