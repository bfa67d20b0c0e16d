"""What answers raise: flags with a level, and the way on for whoever is not the person the first questions expect.

The rules are data (raised.json), one row for each answer. They look at codes and days, never at words: whether
something was written counts, what was written does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cases import records
from cases.models import Case, StatementVersion
from cases.statement.asked import known
from cases.statement.conditions import Condition, codes_of, parse
from cases.statement.dates import span
from cases.told import Section
from vault.models import SealedValue
from vault.opened import Opened
from vault.places import Place
from vault.signers import Signer

DATA = Path(__file__).with_name("raised.json")
FIELD = "raised"  # in `account`, one for each sending after the first
MOST_DAYS = 31  # of a date that is known at least by its month; "this year" raises nothing
Answers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: the code that it raises, for which answer, and how urgent it is.

    any: one of these codes; none_of: some code, but none of these; words: something was written; said: one of these was
    said; within_days: the day may lie so close to the day of sending. holds: the case begins in safety hold.
    """

    code: str
    question: str
    level: str = ""
    any: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    words: bool = False
    within_days: int = 0
    holds: bool = False
    unless: Condition | None = None

    def applies(self, answers: Answers, on: date) -> bool:
        """Do these answers raise it? on: the day of sending."""
        if self.unless is not None and self.unless.holds(answers):
            return False
        return self._is_met(answers.get(self.question, {}), on)

    def _is_met(self, answer: Mapping[str, Any], on: date) -> bool:
        codes, value = codes_of(answer), answer.get("value")
        return bool(
            codes & self.any
            or (self.none_of and codes and not codes & self.none_of)
            or (self.words and isinstance(value, str) and value.strip())
            or answer.get("said") in self.said
            or (self.within_days and isinstance(value, dict) and _is_near(value, on, self.within_days))
        )


@dataclass(frozen=True, slots=True)
class Raised:
    """What was raised at once. level: the highest, "" without any; holds: nothing of the case may go outside."""

    flags: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    level: str = ""
    holds: bool = field(default=False)

    def record(self) -> dict[str, Any]:
        """As it is sealed."""
        return {"flags": list(self.flags), "ways": list(self.ways)}


def raised(told: Mapping[str, Section], on: date) -> Raised:
    """What the answers of one sending raise. told: by section and card."""
    flags, ways = _table()
    given = {question for answers in told.values() for question in answers}
    met = [rule for rule in flags if rule.question in given and _applies(rule, told, on)]
    on_way = {rule.code for rule in ways if rule.question in given and _applies(rule, told, on)}
    level = min((rule.level for rule in met), default="")
    holds = level == Case.Level.P0 or any(rule.holds for rule in met)
    return Raised(tuple(sorted({rule.code for rule in met})), tuple(sorted(on_way)), level, holds)


def sealed(version: StatementVersion, found: Raised, account: Opened, signer: Signer) -> SealedValue:
    """What a further sending raised, for the epoch that its account is sealed into; not saved yet.

    Whoever holds the case sees it at once. The receipt cannot read it afterwards, so a number that was found tells
    nothing of it. There is a record for every sending: that there is one says nothing.
    """
    return records.sealed(account, Place("case", FIELD, version.case_id, version.number), found.record(), signer)


def rules() -> tuple[Rule, ...]:
    """Every row that raises a flag."""
    return _table()[0]


def way_rules() -> tuple[Rule, ...]:
    """Every row that says which way an account goes."""
    return _table()[1]


@cache
def _table() -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    raw = json.loads(DATA.read_text(encoding="utf-8"))
    return tuple(map(_rule, raw["flags"])), tuple(map(_rule, raw["ways"]))


def _rule(raw: Mapping[str, Any]) -> Rule:
    given: dict[str, Any] = {name: frozenset(raw.get(name, ())) for name in ("any", "none_of", "said")}
    given |= {name: raw[name] for name in ("level", "words", "within_days", "holds") if name in raw}
    return Rule(raw["code"], raw["question"], unless=parse(raw.get("unless")), **given)


def _applies(rule: Rule, told: Mapping[str, Section], on: date) -> bool:
    return any(rule.applies(answers, on) for answers in _each_place(rule, told))


def _each_place(rule: Rule, told: Mapping[str, Section]) -> Iterator[Answers]:
    """The answers of each section or card that holds the rule's question, with what was asked once."""
    return (known(told, key) for key, answers in told.items() if rule.question in answers)


def _is_near(value: dict[str, Any], on: date, days: int) -> bool:
    """May the day that was remembered lie so few days before `on`? What is known by its year alone says nothing."""
    first, last = span(value)
    if first is None or last is None or last - first > timedelta(days=2 * MOST_DAYS):
        return False
    return first <= on and last >= on - timedelta(days=days)
