"""The chain of custody of a file: what its sealed record says, and who opened it since, from the audit trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from cases.access import PURPOSES, VIEWED
from cases.exhibits import ExhibitRecord
from cases.wording import lowerfirst
from people.models import Person, Role
from vault.models import AuditEvent

Entry = dict[str, str]  # event, on, by: as in a sealed record, in the language of the reader
KEPT = {  # what sealed records say word for word; the catalogues of the desk know these
    _("received"),
    _("hashed, sha-256"),
    _("not scanned"),
    _("not scanned: the scanner gave no answer"),
    _("not scanned: too large"),
    _("not scanned: locked with a password"),
    _("sent with the account: moved from the draft to the case"),
    _("survivor"),
    _("portal"),
}
CLEAN = "scanned, nothing found, signatures of "


def custody(records: Iterable[ExhibitRecord]) -> dict[UUID, list[Entry]]:
    """The events of each file, oldest first; an opening names the role and the purpose, never the person."""
    return custody_of({record.id: record.custody for record in records}, "exhibit.opened")


def custody_of(recorded: Mapping[UUID, Iterable[Entry]], action: str) -> dict[UUID, list[Entry]]:
    """Like custody(), of what the sealed records say by id. action: of the events that are openings of them."""
    found = {row: [_kept(entry) for entry in entries] for row, entries in recorded.items()}
    events = AuditEvent.objects.filter(subject__in=found, action=action).order_by("id")
    roles = dict(Person.objects.filter(id__in={each.actor for each in events}).values_list("id", "role"))
    for event in events:
        found[event.subject].append(_opened(event, roles.get(event.actor, "") if event.actor else ""))
    return {row: sorted(entries, key=lambda entry: entry["on"]) for row, entries in found.items()}


def kept(text: str) -> str:
    """What a record says, in the language of the reader; words that nobody listed stay as they are."""
    if text.startswith(CLEAN):
        return gettext("scanned, nothing found, signatures of %(day)s") % {"day": text.removeprefix(CLEAN)}
    return gettext(text) if text in KEPT else text


def _kept(entry: Entry) -> Entry:
    return {"event": kept(entry["event"]), "on": entry["on"], "by": kept(entry["by"])}


def _opened(event: AuditEvent, role: str) -> Entry:
    purpose = lowerfirst(PURPOSES.get(str(event.detail.get("purpose", "")), gettext("no purpose given")))
    by = lowerfirst(Role(role).label) if role in Role.values else gettext("a former member")
    is_viewed = event.detail.get("how") == VIEWED
    what = (
        gettext("looked at without a download: %(purpose)s") if is_viewed else gettext("original opened: %(purpose)s")
    )
    return {"event": what % {"purpose": purpose}, "on": event.on.isoformat(), "by": by}
