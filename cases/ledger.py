"""The ledger of permissions: every answer that was ever given, read from the records that the person signed.

Nothing is taken from a column. The signature of each answer is verified, by the number's key or the recorder's, and the
answer is compared with what both sides keep of it in `messages`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases import records
from cases.access import open_epochs, sections_of
from cases.asked import Asked, asked_in
from cases.hands import Hands
from cases.lawyers import proposals
from cases.models import Case, Proposal, StatementVersion
from cases.permission import COUNTRIES, SCOPES, WITHDRAWN, is_withdrawn, outcome
from cases.wording import country
from people.models import Person
from vault.errors import Forged
from vault.heads import settled
from vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer about one permission, verified. outcome: see cases.permission, or "withdrawn".

    countries: to which it is limited, in words; language, catalogue: the wording in which it was asked; is_reviewed:
    had a native speaker signed that off then? recorder: who wrote it down for the person, "" for the own hand.
    """

    scope: str
    on: date
    version: int
    outcome: str
    language: str
    catalogue: str
    is_reviewed: bool = False
    countries: tuple[str, ...] = ()
    recorder: str = ""
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A lawyer who was named to the person, and the signed answer: "yes", "no", "another", or "" for none yet."""

    lawyer: str
    country: str
    mandate: str
    shown_on: date
    answer: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """One permission with everything that was said about it, newest first."""

    code: str
    words: Any
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything about permissions. withdrawal: the number of the newest version that takes one back, 0 for none."""

    scopes: list[Scope]
    lawyers: list[Named]
    withdrawal: int


def ledger(case: Case, ring: Keyring) -> Ledger:
    """Read and verify it. Raises vault.errors.Forged for what is missing, changed or by another hand; NoGrant."""
    return settled(case.id, lambda: _read(case, ring))


def _read(case: Case, ring: Keyring) -> Ledger:
    (messages, told), versions = open_epochs(case, ring), list(case.versions.all())
    records.require_rows(told, "statement", [row.id for row in versions])
    hands, asked = Hands.of(case, messages), asked_in(case, messages)
    names = dict(Person.objects.values_list("id", "name"))
    answers = [each for row in versions for each in _answers(row, told, hands, asked, names)]
    answers.sort(key=lambda each: each.version, reverse=True)
    scopes = [Scope(code, words, [each for each in answers if each.scope == code]) for code, words in SCOPES.items()]
    newest = max((each.version for each in asked.withdrawals), default=0)
    return Ledger(scopes, [_named(row, ring) for row in _proposals(case)], newest)


def _answers(
    row: StatementVersion, told: list[Any], hands: Hands, asked: Asked, names: dict[Any, str]
) -> Iterator[Answer]:  # fmt: skip
    """The answers about permission in one version; each record's hand is verified while it is read."""
    sent = next((each for each in asked.sent if each.version == row.number), None)
    recorded = hands.recorded.get(row.id)
    for _section, given in sections_of(row, told, hands):
        for code in (each for each in SCOPES if each in given):
            answer = given[code]
            found = WITHDRAWN if is_withdrawn(answer) else outcome(code, answer)
            if not found:
                continue
            language = str(answer.get("lang") or row.language)
            if sent is not None or recorded is None:  # what a member wrote down is in that member's records alone
                _require_known(row, code, found, language, asked)
            yield Answer(
                code, row.sent_on, row.number, found, language, row.catalogue,
                language in (sent.reviewed if sent else ()), _countries(code, answer),
                names.get(recorded.by, "–") if recorded else "", _taken_back(asked, code, row.number),
            )  # fmt: skip


def _require_known(row: StatementVersion, code: str, found: str, language: str, asked: Asked) -> None:
    """Raise Forged unless what both sides keep says the same as the answer itself."""
    if found == WITHDRAWN:
        is_known = any(each.version == row.number and code in each.scopes for each in asked.withdrawals)
    else:
        is_known = any(each.version == row.number and each.said.get(code) == [found, language] for each in asked.sent)
    if not is_known:
        raise Forged(f"statement version {row.id}: what both sides keep says something else")


def _taken_back(asked: Asked, code: str, number: int) -> date | None:
    """The day on which an answer was taken back, the first after it."""
    days = [each.on for each in asked.withdrawals if code in each.scopes and each.version > number]
    return min(days, default=None)


def _countries(code: str, answer: dict[str, Any]) -> tuple[str, ...]:
    if code != COUNTRIES:
        return ()
    return tuple(country(each.upper()) for each in answer.get("value") or [] if len(each) == 2)


def _proposals(case: Case) -> list[Proposal]:
    return list(case.proposals.select_related("lawyer__pair", "case__receipt"))


def _named(row: Proposal, ring: Keyring) -> Named:
    named, said = proposals.read(row, ring)
    found = Named(named.lawyer, country(named.country), named.mandate, row.made_on)
    if said is None:
        return found
    return Named(found.lawyer, found.country, found.mandate, found.shown_on, said.answer, said.on)
