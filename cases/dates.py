"""The dates of a case with a lawyer, and a calendar file that holds its reference and neutral titles alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.lawyers import aftercare, plans
from cases.models import Proposal
from vault.keyring import Keyring
from vault.models import today

MEETING: str | Promise = gettext_lazy("Interview")
LAST_DAY: str | Promise = gettext_lazy("The time limit may end")
FOLD = 73  # octets of a line after the first (RFC 5545, 3.1)


@dataclass(frozen=True, slots=True)
class Date:
    """One date. words: for the page; title: neutral, for the calendar; at, until: hh:mm or ""."""

    proposal: Proposal
    key: str
    day: date
    words: str | Promise
    title: str
    at: str = ""
    until: str = ""
    done_on: str = ""
    is_unverified: bool = False


def of_brief(proposal: Proposal, ring: Keyring, deadline: str = "") -> list[Date]:
    """The dates of one brief by day. deadline: ISO, of the route, "" without one. Raises NoGrant or Forged."""
    return sorted(_dates(proposal, ring, deadline), key=lambda each: (each.day, each.at))


def _dates(proposal: Proposal, ring: Keyring, deadline: str) -> Iterator[Date]:
    plan = plans.plan_of(proposal, ring)
    if plan is not None and plans.is_accepted(proposal, ring):
        yield Date(
            proposal, "meeting", date.fromisoformat(plan.day), MEETING, _("Appointment"), plan.at, plan.until
        )  # fmt: skip
    for line in aftercare.lines(proposal, ring):
        yield Date(proposal, line.kind, line.due, line.words, _("Call"), done_on=line.done_on)
    if deadline:
        yield Date(proposal, "last", date.fromisoformat(deadline), LAST_DAY, _("Last day"), is_unverified=True)


def calendar(found: Iterable[Date]) -> bytes:
    """An iCalendar file (RFC 5545). Nothing but the reference, a neutral title, the day and the hours is in it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//portal//dates//EN", "CALSCALE:GREGORIAN"]
    for each in found:
        lines += _event(each)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(each: Date) -> list[str]:
    day = f"{each.day:%Y%m%d}"
    if each.at:
        when = [f"DTSTART:{day}T{_clock(each.at)}", f"DTEND:{day}T{_clock(each.until)}"]  # in whatever zone one is
    else:
        when = [f"DTSTART;VALUE=DATE:{day}", f"DTEND;VALUE=DATE:{each.day + timedelta(days=1):%Y%m%d}"]
    title = _escaped(f"{each.proposal.case.reference} {each.title}")
    made = f"{today():%Y%m%d}T000000Z"
    return ["BEGIN:VEVENT", f"UID:{_uid(each)}", f"DTSTAMP:{made}", *when, f"SUMMARY:{title}", "END:VEVENT"]


def _uid(each: Date) -> UUID:
    """The same at each download, so that a calendar changes what it has."""
    return uuid5(NAMESPACE_OID, f"{each.proposal.id}:{each.key}")


def _clock(at: str) -> str:
    return f"{at.replace(':', '')}00"


def _escaped(text: str) -> str:
    """RFC 5545, 3.3.11."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets; no letter is cut."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > FOLD:
            yield part
            part = " "
        part += letter
    yield part
