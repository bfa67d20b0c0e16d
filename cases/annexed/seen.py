"""What of an account may go into an annex: what the catalogue lets a lawyer see, and nothing of contact or safety."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cases.access import Account
from cases.actions.briefing import APART, LAWYER
from cases.dossier.expected import is_partial_day
from cases.statement import catalogue
from cases.statement.conditions import codes_of
from cases.statement.wording import is_given

Answer = Mapping[str, Any]


def may_see(question_id: str) -> bool:
    """May a lawyer see the answers to a question? An older question that is not asked any more is not seen."""
    question = catalogue.at(catalogue.VERSION).questions.get(question_id)
    return question is not None and LAWYER in question.seen_by and not question_id.startswith(APART)


def seen(answers: Mapping[str, Answer], question_id: str) -> Answer:
    """The answer to a question among the answers of a card, or an empty one."""
    found = answers.get(question_id)
    return found if found is not None and is_given(found) and may_see(question_id) else {}


def newest(account: Account, question_id: str) -> Answer:
    """The newest answer to a question over all versions, or an empty one."""
    return (account.answer(question_id) or {}) if may_see(question_id) else {}


def codes(answer: Answer) -> tuple[str, ...]:
    """The codes that were chosen, in their order; nothing of what is in words."""
    value = answer.get("value")
    picked = value if isinstance(value, list) else [value]
    return tuple(each for each in picked if isinstance(each, str) and each in codes_of(answer))


def code(answer: Answer) -> str:
    """The code that was chosen, or ""."""
    return next(iter(codes(answer)), "")


def words(answer: Answer) -> str:
    """What was typed: the value of a text, or what stands beside the choices."""
    value = answer.get("value")
    return str(answer.get("other") or (value if isinstance(value, str) else "") or "").strip()


def beside(answer: Answer) -> str:
    """What was typed beside the choices."""
    return str(answer.get("other") or "").strip()


def town(answer: Answer) -> str:
    """The town of a place, without the cell or the floor."""
    value = answer.get("value")
    return str(value.get("town") or "").strip() if isinstance(value, Mapping) else ""


def place(answer: Answer) -> str:
    """A place in all the words that were given for it."""
    value = answer.get("value")
    parts = [str(value.get(key) or "").strip() for key in ("town", "text")] if isinstance(value, Mapping) else []
    return ", ".join(part for part in parts if part)


def day(answer: Answer) -> str:
    """A date as ISO day, month or year, as exact as it was given; "" for anything else."""
    value = answer.get("value")
    parts = [_number(value.get(key)) for key in ("year", "month", "day")] if isinstance(value, Mapping) else []
    known = parts[: parts.index("")] if "" in parts else parts
    found = "-".join(known)
    return found if found and is_partial_day(found) else ""


def _number(part: Any) -> str:
    text = str(part if part is not None else "").strip()
    return text.zfill(2) if text.isdecimal() and text.isascii() else ""
