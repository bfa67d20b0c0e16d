"""How long what is kept: clocks as data (retention.json), and what is due for a case. A case is only ever proposed.

A period ends with its last day; what is due is due from the day after.
"""

from __future__ import annotations

import json
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jurisdictions.assess import STAFF_LANGUAGES
from jurisdictions.pages import reader
from vault.models import today

DATA = Path(__file__).with_name("retention.json")
ACTS = {"purge", "ask", "wait", "review", "operate"}
KNOWN = {"unsent_draft", "first_contact", "answer", "account", "filed", "package", "unfetched", "share_copy", "audit"}
TEXTS = ("words", "runs_from", "source")
# Why a case may be erased: codes for a readable column.
WHYS = {
    "survivor_asked": gettext_lazy("The person asked us to erase it"),
    "clock_over": gettext_lazy("Its time is over"),
    "by_mistake": gettext_lazy("It was opened by mistake"),
}


class BadClocks(ValueError):
    """retention.json does not say what it must; the text names the clock and what is wrong."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One period: days, or months, or neither while counsel has not set it."""

    id: str
    texts: dict[str, dict[str, str]]  # TEXTS, each by language
    act: str
    days: int | None = None
    months: int | None = None

    @property
    def words(self) -> str:
        """What is kept."""
        return self.texts["words"][reader.language()]

    @property
    def runs_from(self) -> str:
        """Where the period begins."""
        return self.texts["runs_from"][reader.language()]

    @property
    def source(self) -> str:
        """Where the period comes from."""
        return self.texts["source"][reader.language()]

    def last_day(self, since: date) -> date | None:
        """The last day of the period that begins on `since`, or None when no period is set."""
        if self.days is not None:
            return since + timedelta(days=self.days)
        return None if self.months is None else months_later(since, self.months)

    @property
    def period(self) -> str:
        """14 days, 12 months, or that counsel sets it."""
        if self.days is not None:
            return ngettext("%(count)s day", "%(count)s days", self.days) % {"count": self.days}
        if self.months is not None:
            return ngettext("%(count)s month", "%(count)s months", self.months) % {"count": self.months}
        return _("not set by counsel yet")


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the readable columns say about a case, as days.

    said_on: the last word of the person. acted_on: the last act of either side. asked_on: our last letter. final_on:
    the end of a proceeding.
    """

    said_on: date
    acted_on: date
    has_account: bool = False
    is_with_lawyer: bool = False
    asked_on: date | None = None
    final_on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A clock that ran out. step: "ask" the person, "wait" for an answer until `until`, "erase" or "review"."""

    clock: Clock
    since: date
    last_day: date
    step: str
    until: date | None = None


def due(facts: CaseFacts, on: date, found: dict[str, Clock] | None = None) -> Due | None:
    """The clock that has run out for a case on a day, or None."""
    known = found or clocks()
    clock, since = _running(facts, known)
    last = clock.last_day(since) if since else None
    if since is None or last is None or on <= last:
        return None
    if clock.act != "ask":
        return Due(clock, since, last, clock.act)
    return _asked(clock, since, last, facts, on, known)


@cache
def clocks() -> dict[str, Clock]:
    """The clocks of retention.json by id. Raises BadClocks."""
    return read(json.loads(DATA.read_text(encoding="utf-8")))


def read(content: Any) -> dict[str, Clock]:
    """Check the content of the data file and return its clocks by id. Raises BadClocks."""
    found = [_clock(entry) for entry in content["clocks"]]
    by_id = {clock.id: clock for clock in found}
    if set(by_id) != KNOWN or len(found) != len(by_id):
        raise BadClocks(f"clocks: {sorted(set(by_id) ^ KNOWN)} missing, unknown or twice")
    return by_id


def expires_on() -> date:
    """The last day of a draft that is used today."""
    return _counted(clocks()["unsent_draft"], today())


def packages_before(on: date) -> date:
    """A package that its lawyer confirmed before this day is erased on `on`."""
    days = clocks()["package"].days
    return on - timedelta(days=days or 0)


def unfetched_days() -> int:
    """How many days a package lies ready for a lawyer who does not fetch it."""
    return clocks()["unfetched"].days or 0


def shortest_months() -> int:
    """No case can be due that is younger than this."""
    return min(clock.months or 0 for clock in clocks().values() if clock.id in ("first_contact", "account"))


def months_later(start: date, months: int) -> date:
    """The same day of a later month, or the month's last day where there is none: 29 February and 12 months is 28."""
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(years, month + 1, min(start.day, monthrange(years, month + 1)[1]))


def _running(facts: CaseFacts, known: dict[str, Clock]) -> tuple[Clock, date | None]:
    if facts.is_with_lawyer:
        return known["filed"], facts.final_on
    if facts.has_account:
        return known["account"], facts.acted_on
    return known["first_contact"], facts.said_on


def _asked(clock: Clock, since: date, last: date, facts: CaseFacts, on: date, known: dict[str, Clock]) -> Due:
    """Ask first; only a letter after the period counts as the question, and its answer has a period of its own."""
    if facts.asked_on is None or facts.asked_on <= last:
        return Due(clock, since, last, "ask")
    until = _counted(known["answer"], facts.asked_on)
    return Due(clock, since, last, "wait" if on <= until else "erase", until)


def _counted(clock: Clock, since: date) -> date:
    last = clock.last_day(since)
    if last is None:
        raise BadClocks(f"clock {clock.id}: it needs a period")
    return last


def _clock(entry: dict[str, Any]) -> Clock:
    name = str(entry.get("id", ""))
    wrong = [text for text in TEXTS if not _is_said(entry.get(text))]
    if entry.get("act") not in ACTS:
        wrong.append("act")
    if len({"days", "months"} & entry.keys()) != 1 or not _is_period(entry, name):
        wrong.append("period")
    if wrong:
        raise BadClocks(f"clock {name}: {', '.join(wrong)}")
    rest = {key: value for key, value in entry.items() if key not in TEXTS}
    return Clock(texts={text: entry[text] for text in TEXTS}, **rest)


def _is_said(texts: Any) -> bool:
    """Is there something in each language of the desk?"""
    found = texts if isinstance(texts, dict) else {}
    return all(str(found.get(language) or "").strip() for language in STAFF_LANGUAGES)


def _is_period(entry: dict[str, Any], name: str) -> bool:
    """A whole number above 0; only the clock that counsel sets may be empty."""
    number = entry.get("days", entry.get("months"))
    return (number is None and name == "filed") or (type(number) is int and number > 0)
