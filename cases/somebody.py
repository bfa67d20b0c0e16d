"""People in an account by codes: P-01 for whoever did it, W-01 for a witness. Their names are in the sealed part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access import Account
from cases.statement import cards, catalogue, vocab
from cases.statement.cards import Told
from cases.statement.catalogue import Question, Section
from cases.statement.conditions import codes_of

LETTERS = {"people": "P", "witnesses": "W"}
SAID = {  # what stands beside a code: questions of one list each, whose answers name nobody
    "people": ("PRP-01", "PRP-04", "PRP-10"),
    "witnesses": ("WIT-01", "WIT-04"),
}

AGREED = "WIT-01"
AGREEMENTS: dict[str, Promise] = {
    "yes": gettext_lazy("agreed that we know the name"),
    "not_asked": gettext_lazy("not asked yet"),
    "no": gettext_lazy("did not agree"),
    "cannot_ask": gettext_lazy("not safe to ask"),
}
NEVER = {("WIT-04", "BY"), ("WIT-04", "RU")}


@dataclass(frozen=True, slots=True)
class TheCard:
    """What was told in a section or on one card of it, with what later versions corrected."""

    section: Section
    number: int
    answers: dict[str, Any]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The answered questions in the order of the catalogue."""
        return tuple(each for each in self.section.questions if each.id in self.answers)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person in the account, without a name: code P-01 or W-01, and codes of answers by question."""

    code: str
    said: dict[str, list[str]]

    @property
    def is_witness(self) -> bool:
        """Saw it, and did not do it."""
        return self.code.startswith(LETTERS["witnesses"])

    def words(self, language: str) -> list[str]:
        """What was answered about the person, in words; of a witness, what may be done."""
        return [_words(question, code, language) for question, codes in self.said.items() for code in codes]


def _words(question_id: str, code: str, language: str) -> str:
    if question_id == AGREED:
        return str(AGREEMENTS[code])
    label = vocab.label_in(catalogue.question(question_id), code, language)
    return _("in %(country)s: never contact") % {"country": label} if (question_id, code) in NEVER else label


def told_cards(account: Account, corrections: Collection[int]) -> list[TheCard]:
    """Everything that was told, oldest first: a correction takes the place of what it corrects, an addition stands
    beside it, even on a card of the same number."""
    found: list[TheCard] = []
    newest: dict[str, TheCard] = {}
    for version in account.versions:
        for told in cards.in_order(catalogue.at(version.catalogue), version.sections):
            before = newest.get(told.key) if version.number in corrections else None
            if before is not None:
                before.answers.update(told.answers)
                continue
            newest[told.key] = _card(told)
            found.append(newest[told.key])
    return found


def of(told: Iterable[TheCard]) -> Iterator[Somebody]:
    """The people on cards, numbered as they were told."""
    counted = dict.fromkeys(LETTERS, 0)
    for card in told:
        if card.section.id in LETTERS and card.number:
            counted[card.section.id] += 1
            code = f"{LETTERS[card.section.id]}-{counted[card.section.id]:02d}"
            said = {each: sorted(codes_of(card.answers.get(each))) for each in SAID[card.section.id]}
            yield Somebody(code, {question: codes for question, codes in said.items() if codes})


def _card(told: Told) -> TheCard:
    return TheCard(told.section, told.number, dict(told.answers))
