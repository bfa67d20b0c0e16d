"""When a question is asked: small conditions on the answers to other questions, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Answers = Mapping[str, Mapping[str, Any]]


class BadCondition(Exception):
    """A condition in the data that nobody can read."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition.

    any: one of `codes` was chosen; unless: none of `codes` was chosen; not: something was chosen or said, and none of
    `codes`; given: something was chosen, typed or said; differ: the two are not known to have the same answer; all,
    one: of `parts`.
    """

    kind: str
    questions: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()
    parts: tuple[Condition, ...] = ()

    def holds(self, answers: Answers) -> bool:
        """Is it true for these answers?"""
        if self.kind == "all":
            return all(part.holds(answers) for part in self.parts)
        if self.kind == "one":
            return any(part.holds(answers) for part in self.parts)
        if self.kind == "differ":
            first, second = (codes_of(answers.get(each)) for each in self.questions)
            return not first or first != second
        answer = answers.get(self.questions[0])
        if self.kind == "given":
            return has_answer(answer)
        if self.kind == "unless":
            return not self.codes & codes_of(answer)
        if self.kind == "not":
            return has_answer(answer) and not self.codes & codes_of(answer)
        return bool(self.codes & codes_of(answer))

    def asks(self) -> frozenset[str]:
        """The questions whose answers it looks at."""
        return frozenset(self.questions).union(*(part.asks() for part in self.parts))


def has_answer(answer: Mapping[str, Any] | None) -> bool:
    """Was anything chosen, typed or said?"""
    return bool(answer) and any((answer or {}).get(key) for key in ("value", "said", "other"))


def parse(raw: Any) -> Condition | None:
    """Read a condition. Raises BadCondition."""
    if raw is None:
        return None
    try:
        return _parsed(raw)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadCondition(str(raw)) from error


def _parsed(raw: Mapping[str, Any]) -> Condition:
    for kind in ("all", "one"):
        if kind in raw:
            return Condition(kind, parts=tuple(_parsed(each) for each in raw[kind]))
    if "differ" in raw:
        first, second = raw["differ"]
        return Condition("differ", (first, second))
    if raw.get("given"):
        return Condition("given", (raw["question"],))
    kind = {"any", "not", "unless"}.intersection(raw).pop()
    return Condition(kind, (raw["question"],), frozenset(raw[kind]))


def codes_of(answer: Mapping[str, Any] | None) -> frozenset[str]:
    """The codes that were chosen. Of an answer in words it is the words, which are no code of any list."""
    value = (answer or {}).get("value")
    found = value if isinstance(value, list) else [value]
    return frozenset(each for each in found if isinstance(each, str))
