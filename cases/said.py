"""What both sides keep of a version in `messages`: permissions, and what later questions hang on. No story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cases.models import StatementVersion
from cases.permission import SCOPES, outcome
from cases.statement import cards, catalogue
from cases.statement.asked import hanging
from cases.statement.conditions import has_answer
from cases.told import Section

AFTER, FEELS = "after", "SND-03"
CALL = frozenset({"not_well", "want_call"})  # within one working day, if the person allows calls


def content(told: Mapping[str, Section], version: StatementVersion, *, corrects: bool = False) -> dict[str, Any]:
    """The record about a version, see cases.asked.Sent. told: by key, see cases.statement.cards."""
    answers = {key: answer for place, own in told.items() if not cards.split(place)[1] for key, answer in own.items()}
    said = {
        scope: [outcome(scope, answers[scope]), str(answers[scope].get("lang") or version.language)]
        for scope in SCOPES
        if outcome(scope, answers.get(scope))
    }
    reviewed = sorted(language for each, language in catalogue.REVIEWED if each == version.catalogue)
    known = {each: answers[each] for each in sorted(hanging()) if has_answer(answers.get(each))}
    return {
        "version": version.number, "catalogue": version.catalogue, "said": said, "reviewed": reviewed,
        "known": known, "corrects": corrects, "feels": _feels(told),
    }  # fmt: skip


def _feels(told: Mapping[str, Section]) -> str:
    """How the person was after sending, as a code; "unsaid" for that page without it, "" for any other version."""
    if AFTER not in told:
        return ""
    return str(told[AFTER].get(FEELS, {}).get("value") or "unsaid")
