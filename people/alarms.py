"""Alarms to leads: raised by whatever meets a record that does not fit, waiting until a lead has looked into them.

An alarm is an event of the audit trail and so is its review; there is no row that could be deleted quietly.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import Person
from people.permissions import Permission, may
from vault.events import record
from vault.models import AuditEvent

RAISED, REVIEWED = "alarm.raised", "alarm.reviewed"
SHOWN = 50  # reviews on the page
# What a lead may find; a closed list, so that no word about a case gets into the trail.
OUTCOMES = {
    "restored": _("A fault of ours; put right from a backup"),
    "lost": _("A fault of ours; something is lost and the person was told"),
    "tampered": _("Somebody changed records; handled as an attack"),
    "nothing": _("Looked into; nothing was wrong"),
    "passed": _("Done, or given to whoever does it"),
}
AGREED, DISAGREED = "agreed", "disagreed"  # about an act of a colleague; only the page of that act says so
ABOUT_ACTS = {AGREED: _("Another lead agrees"), DISAGREED: _("Another lead does not agree")}


@dataclass(frozen=True, slots=True)
class Kind:
    """What an alarm says. page: the name of the address where it is reviewed, if not among the alarms themselves."""

    words: str | Promise
    advice: str | Promise = ""
    page: str = ""


# Each code that may be raised. Other parts add theirs here.
KINDS: dict[str, Kind] = {
    "record_broken": Kind(
        _("A record does not verify"),
        _(
            "It is missing, was changed, or is not signed by who must have signed it. Nobody works on the case until a "
            "lead knows why. Compare with a backup and have the audit trail verified."
        ),
    ),
    "recovery_tried": Kind(
        _("Somebody tried to use the recovery kit"),
        _(
            "Words were typed at the recovery page and did not open the kit. Ask each custodian whether the paper is "
            "safe. If one is not, make a new kit."
        ),
    ),
    "audit_rewritten": Kind(
        _("The audit trail was rewritten"),
        _(
            "A lead's earlier signature does not fit it any more. Have it verified against a head that is kept outside "
            "(manage.py verify_audit --head FILE): that names the first event that was touched."
        ),
    ),
    "spoken_code": Kind(
        _("Somebody’s six words did not belong to the key"),
        _(
            "A lead heard other words than those of the key in the database. Either a word was misheard, or somebody "
            "else used the link, or the key was changed. End the invitation and make a new one; if it happens again, "
            "have the audit trail verified."
        ),
    ),
    "keys": Kind(
        _("Work on the keys met something that does not fit"),
        _(
            "A grant, a head or a key does not verify or does not open, and was left as it is. The page Keys says how "
            "much is left. Compare with a backup and have the audit trail verified."
        ),
    ),
    "numbers_old": Kind(
        _("Numbers to call are hidden: their last check is older than 90 days"),
        _(
            "People in need see fewer numbers on the help page until somebody has called or looked up each again. "
            "manage.py crisis_resources lists them; leads keep them under Lists and accounts, Numbers to call."
        ),
    ),
    "hold_released": Kind(
        _("One lead released a safety hold alone"),
        _("Another lead looks at the reason within 24 hours."),
        "cases:holds",
    ),
}


class NotReviewed(Exception):
    """The review was not taken; `args[0]` is a code: permission, outcome, unknown, own, elsewhere."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm. at: only when a member met it; by: who did."""

    id: int
    code: str
    kind: Kind
    table: str
    subject: UUID
    on: date
    at: datetime | None
    by: UUID | None
    reference: str  # of the case, "" when it is about something else
    who: str = ""  # the name of the member who met it, "" for a machine or a survivor
    what: str = ""  # ids and codes for whoever looks into the database


@dataclass(frozen=True, slots=True)
class Review:
    """An alarm that a lead has looked into."""

    words: str
    outcome: str
    on: date
    who: str
    reference: str


def raise_alarm(
    code: str, table: str, subject: UUID, by: UUID | None = None, detail: dict[str, object] | None = None
) -> AuditEvent:
    """Tell the leads. While the same alarm about the same subject waits, no second one is raised.

    by: the id of the member who met it. detail: codes and ids only; "reference" names the case for the reader.
    """
    for found in waiting():
        if (found.code, found.subject) == (code, subject):
            return AuditEvent.objects.get(id=found.id)
    return record(RAISED, table, subject, by=by, detail={**(detail or {}), "code": code})


def waiting() -> list[Alarm]:
    """The alarms that nobody has reviewed, newest first."""
    over = {detail.get("alarm") for detail in _details(REVIEWED)}
    raised = AuditEvent.objects.filter(action=RAISED).order_by("-id")
    found = [event for event in raised if event.id not in over]
    names = _names(found)
    return [_alarm(event, names) for event in found]


def reviewed() -> list[Review]:
    """The last reviews, newest first."""
    events = list(AuditEvent.objects.filter(action=REVIEWED).order_by("-id")[:SHOWN])
    names, about = _names(events), _references(events)
    return [_review(event, names, about) for event in events]


@transaction.atomic
def review(*, alarm: int, by: Person, outcome: str) -> None:
    """A lead has looked into an alarm. Raises NotReviewed."""
    found = _reviewable(alarm, by)
    if found.kind.page:
        raise NotReviewed("elsewhere")
    if outcome not in OUTCOMES:
        raise NotReviewed("outcome")
    _record_review(found, by, outcome)


@transaction.atomic
def settle(*, code: str, subject: UUID, by: Person, outcome: str) -> None:
    """Another lead has reviewed the act that an alarm is about, on the page of that act. Raises NotReviewed."""
    if outcome not in ABOUT_ACTS:
        raise NotReviewed("outcome")
    for found in waiting():
        if (found.code, found.subject) == (code, subject):
            _record_review(_reviewable(found.id, by), by, outcome)


def count_for(person: Person) -> int:
    """How many alarms wait, for whoever may see them; 0 for everybody else."""
    return len(waiting()) if may(person, Permission.SEE_ALARMS) else 0


def _reviewable(alarm: int, by: Person) -> Alarm:
    if not may(by, Permission.SEE_ALARMS):
        raise NotReviewed("permission")
    found = next((each for each in waiting() if each.id == alarm), None)
    if found is None:
        raise NotReviewed("unknown")
    if found.kind.page and found.by == by.id:
        raise NotReviewed("own")
    return found


def _record_review(alarm: Alarm, by: Person, outcome: str) -> None:
    detail: dict[str, object] = {"alarm": alarm.id, "code": alarm.code, "outcome": outcome}
    record(REVIEWED, alarm.table, alarm.subject, by=by.id, detail=detail)


def _review(event: AuditEvent, names: dict[UUID, str], references: dict[int, str]) -> Review:
    code, outcome = str(event.detail.get("code", "")), str(event.detail.get("outcome", ""))
    words = {**OUTCOMES, **ABOUT_ACTS}.get(outcome, outcome)
    who, reference = _name(event, names), references.get(_number(event.detail.get("alarm")), "")
    return Review(str(KINDS.get(code, Kind(code)).words), str(words), event.on, who, reference)


def _references(reviews: list[AuditEvent]) -> dict[int, str]:
    """The case of each reviewed alarm, by the alarm's number."""
    wanted = [_number(each.detail.get("alarm")) for each in reviews]
    found = AuditEvent.objects.filter(action=RAISED, id__in=wanted).values_list("id", "detail")
    return {number: str(detail.get("reference", "")) for number, detail in found}


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _names(events: list[AuditEvent]) -> dict[UUID, str]:
    actors = {event.actor for event in events if event.actor}
    return dict(Person.objects.filter(id__in=actors).values_list("id", "name"))


def _name(event: AuditEvent, names: dict[UUID, str]) -> str:
    return names.get(event.actor, str(_("a former member"))) if event.actor else ""


def _alarm(event: AuditEvent, names: dict[UUID, str]) -> Alarm:
    code = str(event.detail.get("code", ""))
    return Alarm(
        event.id, code, KINDS.get(code, Kind(code)), event.subject_table, event.subject, event.on, event.at,
        event.actor, str(event.detail.get("reference", "")), _name(event, names),
        str(event.detail.get("what", "")),
    )  # fmt: skip


def _details(action: str) -> list[dict[str, object]]:
    return list(AuditEvent.objects.filter(action=action).values_list("detail", flat=True))
