"""What supports each element of an account (triage.md 3.2): computed while a member reads it, kept sealed in `work`.

It is shown in words, element by element, to the team alone; there is no number, no sum and no order among people. What
is only named stays "named" until the thing is here and a member has said what it bears on (see cases.said_of_exhibits).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import bearing, somebody, work
from cases.access import Account
from cases.elements import ELEMENTS
from cases.models import Case
from cases.somebody import Somebody, TheCard, told_cards
from cases.statement.catalogue import Question, Section
from vault.keyring import Keyring
from vault.models import today

TABLE, FIELD = "support", "seen"
RULES = 1  # of this module: a record of older rules is computed again
FILES, AUTHOR = "files", "EVD-05"
HERE: Mapping[str, Promise] = {  # kinds of exhibits, as a member names them
    "paper": _("paper"),
    "medical": _("medical paper"),
    "photo": _("photo"),
    "recording": _("recording"),
    "text": _("text"),
}
SAID: Mapping[str, Promise] = {
    "paper": _("paper named"),
    "medical": _("medical care named"),
    "photo": _("photo named"),
    "witness": _("witness"),
}


@dataclass(frozen=True, slots=True)
class Support:
    """What there is for one element. named: kinds that answers name; here: kinds of exhibits that bear on it."""

    own: bool = False
    named: frozenset[str] = frozenset()
    here: frozenset[str] = frozenset()
    is_independent: bool = False

    @property
    def strength(self) -> int:
        """0 nothing, 1 the own account, 2 and one other item, 3 two or more independent ones. Never shown."""
        if self.is_independent:
            return 3
        has_other = bool(self.named or self.here)
        return 2 if self.own and has_other else 1 if self.own or has_other else 0

    @property
    def words(self) -> list[Promise]:
        """What there is, in small words; empty for nothing yet."""
        if self.is_independent:
            return [_("several independent")]
        said = [SAID[kind] for kind in SAID if kind in self.named - self.here]
        return [*([_("account")] if self.own else []), *(HERE[kind] for kind in HERE if kind in self.here), *said]


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a member said of an exhibit: its number, what kind of thing it is, which elements it bears on."""

    number: int
    kind: str
    elements: frozenset[str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was computed when somebody last read the account. authors: who made an exhibit, by its number."""

    version: int
    exhibits: int
    on: date
    own: frozenset[str]
    named: dict[str, frozenset[str]]
    authors: dict[int, str] = field(default_factory=dict)
    people: list[Somebody] = field(default_factory=list)

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Seen:
        """As it was sealed."""
        return cls(
            content["version"], content["exhibits"], date.fromisoformat(content["on"]), frozenset(content["own"]),
            {code: frozenset(kinds) for code, kinds in content["named"].items()},
            {int(number): code for number, code in content["authors"].items()},
            [Somebody(code, said) for code, said in content["people"]],
        )  # fmt: skip

    def supports(self, bearings: Iterable[Bearing]) -> list[tuple[Promise, Support]]:
        """Each element in its words, with what there is for it. bearings: what members said of the exhibits."""
        told = list(bearings)
        return [(words, self._support(code, [each for each in told if code in each.elements])) for code, words in
                ELEMENTS.items()]  # fmt: skip

    def _support(self, code: str, here: list[Bearing]) -> Support:
        """Independent only if answers say that two exhibits come from different hands, none of them close."""
        hands = {self.authors.get(each.number, "") for each in here} & bearing.APART
        kinds = frozenset(each.kind for each in here)
        return Support(code in self.own, self.named.get(code, frozenset()), kinds, len(hands) > 1)

    def is_of(self, account: Account) -> bool:
        """Was it computed from this very account?"""
        return (self.version, self.exhibits) == _state(account)


def seen(case: Case, ring: Keyring) -> Seen | None:
    """What was computed last, or None. Raises vault.errors.NoGrant, Forged."""
    content = work.read(case, ring, TABLE, FIELD, case.id)
    return Seen.from_json(content) if content and content["rules"] == RULES else None


@transaction.atomic
def keep(case: Case, account: Account, corrections: Collection[int], ring: Keyring) -> Seen:
    """Compute it from an opened account, and seal it if the account has changed since it was computed last.

    corrections: the numbers of the versions that say anew what an earlier one said.
    """
    before = seen(case, ring)
    if before is not None and before.is_of(account):
        return before
    content = computed(account, corrections)
    work.write(case, ring, TABLE, FIELD, case.id, content)
    return Seen.from_json(content)


def computed(account: Account, corrections: Collection[int] = ()) -> dict[str, Any]:
    """The record, as it is sealed: codes and numbers, none of the words of the account."""
    told = told_cards(account, corrections)
    own: set[str] = set()
    named: dict[str, set[str]] = {}
    for each in told:
        for question in each.questions:
            _weigh(each.section, question, each.answers[question.id] or {}, own, named)
    version, exhibits = _state(account)
    return {
        "rules": RULES, "version": version, "exhibits": exhibits, "on": today().isoformat(), "own": sorted(own),
        "named": {code: sorted(kinds) for code, kinds in sorted(named.items())}, "authors": dict(_authors(told)),
        "people": [[each.code, each.said] for each in somebody.of(told)],
    }  # fmt: skip


def _weigh(
    section: Section, question: Question, answer: Mapping[str, Any], own: set[str], named: dict[str, set[str]]
) -> None:
    """Add what one answer tells of: to the own account, or to the things that it names."""
    if bearing.CONSENT in question.purpose or question.type == "mark":
        return
    elements = ELEMENTS.keys() & set(question.purpose)
    found = bearing.named(question, answer)
    if bearing.speaks(question, answer) and question.id != bearing.WITNESSES:
        if section.id == bearing.PAPERS:
            found.append(("paper", tuple(elements)))
        else:
            own |= elements
    for kind, bears_on in found:
        for code in ELEMENTS.keys() & set(bears_on):
            named.setdefault(code, set()).add(kind)


def _authors(told: Iterable[TheCard]) -> Iterator[tuple[str, str]]:
    """Who made each exhibit, as it was answered: number and code."""
    for each in told:
        if each.section.id == FILES and each.number and AUTHOR in each.answers:
            yield str(each.number), str(each.answers[AUTHOR].get("value") or "")


def _state(account: Account) -> tuple[int, int]:
    """What the account is now: its newest version and the number of its exhibits."""
    return max((each.number for each in account.versions), default=0), len(account.exhibits)
