"""Questions to the person: what was asked, why, and for which element; counted, because two rounds are enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases import records, work
from cases.models import Case
from vault.keyring import Keyring

TABLE, FIELD = "question", "asked"  # one record in `work` for each letter that asks; the row is the letter's
MOST = 2  # rounds before a lawyer takes over (triage.md 1)


@dataclass(frozen=True, slots=True)
class Part:
    """One question. why: said to the person too; element: a code of cases.elements, "" before a review."""

    question: str
    why: str
    element: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What one letter asked. in_review: does it count as a round?"""

    letter: UUID
    number: int
    parts: tuple[Part, ...]
    in_review: bool


def questions(case: Case, ring: Keyring) -> list[Question]:
    """Everything that was asked, oldest first. Raises vault.errors.NoGrant, Forged."""
    opened = work.opened(case, ring)
    found = [
        _question(row, content)
        for row in records.rows(opened, TABLE)
        for value, content in records.read_all(opened, TABLE, row, FIELD)
        if value.signer_id != case.receipt_id
    ]
    return sorted(found, key=lambda each: each.number)


def newest_question(case: Case, ring: Keyring) -> Question | None:
    """What was asked last, or None."""
    return next(reversed(questions(case, ring)), None)


def rounds(case: Case, ring: Keyring) -> int:
    """How many rounds of questions a review has had."""
    return sum(each.in_review for each in questions(case, ring))


def write(case: Case, ring: Keyring, question: Question) -> None:
    """Seal what a letter asks, in `work`."""
    parts = [[part.question, part.why, part.element] for part in question.parts]
    content = {"number": question.number, "parts": parts, "in_review": question.in_review}
    work.write(case, ring, TABLE, FIELD, question.letter, content)


def _question(row: UUID, content: dict[str, Any]) -> Question:
    parts = tuple(Part(*each) for each in content["parts"])
    return Question(row, content["number"], parts, content["in_review"])
