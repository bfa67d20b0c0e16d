"""The risk flags of a case as pages show them: what to do first, by when, who closes each; what was closed, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases import flag_log
from cases.actions import approving
from cases.actions.facts import routes
from cases.actions.flagging import LIMITATION, is_near
from cases.flag_log import CLOSED, LOWERED, RAISED, Entry
from cases.flag_proof import takes_two
from cases.flag_rules import FlagRule, Words, rules
from cases.flags import Found, found_in
from cases.models import Approval, Case
from cases.professionals import holder_of
from cases.routing import forum_name
from cases.wording import FLAGS, STRONG_FLAGS
from jurisdictions.pages.ranking import REACHABLE
from people.models import Person
from vault.keyring import Keyring
from vault.models import today


@dataclass(frozen=True, slots=True)
class Step:
    """One first action. who, on: by whom and when it was done, "" and None while it is not."""

    code: str
    words: Words
    who: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One open flag. since: raised last; due: for the first action; asking: that waits for a lead to close it.

    reason: of whoever raised it by hand. needs_word: what was told by somebody outside must be written; holder: the
    name of whoever must say it here first.
    """

    rule: FlagRule
    words: Words
    is_strong: bool
    steps: list[Step]
    since: date | None
    due: date
    reason: str = ""
    asking: Approval | None = None
    needs_word: bool = False
    holder: str = ""

    @property
    def is_late(self) -> bool:
        """Is its day over, and something of what comes first is not done?"""
        return self.due < today() and self.next is not None

    @property
    def next(self) -> Step | None:
        """The first action that nobody has done yet."""
        return next((each for each in self.steps if each.on is None), None)

    def may_close(self, person: Person) -> bool:
        """Can this person close it, or ask a second one to?"""
        return self.asking is None and (person.is_lead or not self.rule.is_for_lead)


@dataclass(frozen=True, slots=True)
class Past:
    """One entry of what was done about flags: by whom, when, why."""

    words: Words
    what: str
    who: str
    on: date
    reason: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """Open flags, the most urgent first, and what was raised by hand, closed or lowered, newest first."""

    lines: list[Line]
    past: list[Past]

    def by_hand(self) -> list[tuple[str, Words]]:
        """The flags that are not open, to be raised by hand."""
        known = {line.rule.code for line in self.lines}
        return [(code, FLAGS[code]) for code in rules() if code not in known]

    def lower(self, case: Case) -> list[str]:
        """The levels to which a lead may lower the case."""
        most = min((line.rule.level for line in self.lines), default=Case.Level.P3)
        return [level for level in Case.Level.values if case.level < level <= most]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The earliest day in one State that may take the case."""

    state: str
    on: str
    kind: str


def board(case: Case, ring: Keyring) -> Board:
    """Read it. Raises vault.errors.NoGrant, Forged, Unstated."""
    found, names = found_in(case, ring), _Names()
    codes = [*found.codes, *([LIMITATION] if is_near(case, found.log) and LIMITATION not in found.codes else [])]
    askings, known = _askings(case, ring), rules()
    lines = [_line(case, known[code], found, names, askings.get(code)) for code in codes if code in known]
    past = [_past(each, names) for each in reversed(found.log) if each.do in (RAISED, CLOSED, LOWERED)]
    return Board(sorted(lines, key=lambda line: (line.rule.level, line.due, str(line.words))), past)


def deadlines(case: Case, ring: Keyring) -> list[Deadline]:
    """The earliest end in each State that may take the case, the earliest first; from the confirmed facts."""
    found: dict[str, Deadline] = {}
    for route in routes(case, ring, today()):
        day, state = route["deadline"]["date"], forum_name(route)
        if day and route["verdict"] in REACHABLE and (state not in found or day < found[state].on):
            found[state] = Deadline(state, day, route["deadline"]["kind"])
    return sorted(found.values(), key=lambda each: each.on)


class _Names:
    """Names of members by id, read once."""

    def __init__(self) -> None:
        self._known = dict(Person.objects.values_list("id", "name"))

    def of(self, entry: Entry) -> str:
        """Who wrote an entry."""
        return self._known.get(entry.by, _("a former member"))


def _line(case: Case, rule: FlagRule, found: Found, names: _Names, asking: Approval | None) -> Line:
    done = flag_log.done_steps(found.log, rule.code)
    steps = [
        Step(code, words, names.of(done[code]), done[code].on) if code in done else Step(code, words)
        for code, words in rule.actions
    ]
    since, holder = found.since(case, rule.code), holder_of(case, rule) if rule.word else None
    by_hand = [each for each in found.log if (each.do, each.flag) == (RAISED, rule.code)]
    return Line(
        rule, FLAGS[rule.code], rule.code in STRONG_FLAGS, steps, since, rule.due(since or today()),
        by_hand[-1].reason if by_hand else "", asking, bool(rule.word) and holder is None,
        holder.holder.name if holder else "",
    )  # fmt: skip


def _past(entry: Entry, names: _Names) -> Past:
    what = {RAISED: _("raised by hand"), CLOSED: _("closed"), LOWERED: _("level lowered to %(level)s")}[entry.do]
    two = bool(entry.flag) and takes_two(rules()[entry.flag], entry.do)
    what = _("%(what)s, by two people") % {"what": what} if two else what
    words = FLAGS.get(entry.flag, _("The case"))
    return Past(words, what % {"level": entry.level}, names.of(entry), entry.on, entry.reason, entry.word)


def _askings(case: Case, ring: Keyring) -> dict[str, Approval]:
    """What waits for a lead, by flag."""
    rows = case.approvals.select_related("case__receipt").filter(
        kind=Approval.Kind.FLAG, state=Approval.State.REQUESTED, expires_on__gte=today()
    )  # fmt: skip
    asked: list[tuple[Approval, dict[str, Any]]] = [
        (row, approving.request_of(row, ring).content["content"]) for row in rows
    ]
    return {content["flag"]: row for row, content in asked if content["do"] == CLOSED}
