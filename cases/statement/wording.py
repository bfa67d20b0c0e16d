"""Answers in words, for check pages and for readers: what was chosen or typed, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cases.statement import days, vocab
from cases.statement.catalogue import Question
from cases.statement.conditions import has_answer

Answer = Mapping[str, Any]


def is_given(answer: Answer | None) -> bool:
    """Was anything chosen, typed or said? An empty answer means that the page was seen and left empty."""
    return has_answer(answer)


def lines(question: Question, answer: Answer | None, language: str) -> list[str]:
    """An answer as lines of text; own words stay as typed. Empty when nothing was given."""
    if answer is None or not is_given(answer):
        return []
    found = _value_lines(question, answer.get("value"), language)
    if answer.get("said"):
        found.append(vocab.label(vocab.SAID, answer["said"], language))
    if answer.get("other"):
        found.append(answer["other"])
    return found


def _value_lines(question: Question, value: Any, language: str) -> list[str]:
    if not value:
        return []
    if question.type == "date~":
        return _date_lines(value, language)
    if question.type == "place":
        return [value[key] for key in ("town", "text") if value.get(key)]
    if question.type == "mark":
        return [question.text[language]]
    if question.type == "tick":
        return [(question.tick or question.text)[language]]
    if question.type == "num~":
        return number_lines(value)
    if not question.type.startswith("choice"):
        return [str(value)]
    picked = value if isinstance(value, list) else [value]
    return [vocab.label_in(question, code, language) for code in picked]


def number_lines(value: Mapping[str, Any]) -> list[str]:
    """A number or a range, and the own words beside it."""
    ends = [str(value[key]) for key in ("from", "to") if value.get(key) is not None]
    return [line for line in (" - ".join(ends), value.get("text")) if line]


def _date_lines(value: Mapping[str, Any], language: str) -> list[str]:
    labels = [
        vocab.label(name, value[key], language)
        for key, name in (("part", "day_part"), ("precision", "date_precision"))
        if value.get(key)
    ]
    return [line for line in (days.known_parts(value, language), *labels, value.get("anchor")) if line]
