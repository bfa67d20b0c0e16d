"""Saving one answer into a section of the draft, and what to do when another window saved meanwhile."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cases.actions.drafting import DraftContent, DraftSection, load_draft, save_section
from cases.errors import Conflict
from cases.statement.catalogue import Question, Section
from intake.guests import Guest

Answer = dict[str, Any]
JOINED_TYPES = frozenset({"long", "short", "choiceN"})


class OtherWindow(Exception):
    """The same question was answered in another window. `theirs` is what stands there now."""

    def __init__(self, theirs: Answer, seen: str) -> None:
        super().__init__("other window")
        self.theirs = theirs
        self.seen = seen


def load(guest: Guest) -> DraftContent:
    """Open the draft of a guest's case. Raises cases.errors.DraftExpired."""
    return load_draft(guest.case, guest.ring)


def section_of(content: DraftContent, section: Section) -> DraftSection:
    """One section of a draft, empty if nothing was saved there."""
    return content.sections.get(section.id, DraftSection())


def seen_mark(version: int, answer: Mapping[str, Any] | None) -> str:
    """What a page carries to know what it showed: the section's version and a digest of this one answer."""
    shown = json.dumps(answer or {}, sort_keys=True, ensure_ascii=True)
    return f"{version}.{hashlib.sha256(shown.encode()).hexdigest()[:16]}"


def save(guest: Guest, section: Section, answers: dict[str, Answer], seen: str) -> None:
    """Save answers into a section. Raises OtherWindow if one of them was changed in another window.

    seen: the page's seen_mark of the first answer; empty when the page does not know what stood there.
    """
    now = section_of(load(guest), section)
    version = _version_of(seen) if seen else now.version
    try:
        _write(guest, section, now, answers, version)
    except Conflict as conflict:
        current = DraftSection(conflict.theirs, conflict.version)
        question_id = next(iter(answers))
        theirs = current.answers.get(question_id)
        if theirs is not None and not _is_unchanged(theirs, answers[question_id], seen):
            raise OtherWindow(theirs, seen_mark(current.version, theirs)) from None
        _write(guest, section, current, answers, current.version)


def _write(guest: Guest, section: Section, now: DraftSection, answers: dict[str, Answer], version: int) -> None:
    merged = {**now.answers, **answers}
    save_section(case=guest.case, receipt=guest.ring, section=section.id, answers=merged, seen_version=version)


def _is_unchanged(theirs: Answer, ours: Answer, seen: str) -> bool:
    """Did the other window leave this answer as our page had shown it, or write the same?"""
    same = {k: v for k, v in theirs.items() if k != "lang"} == {k: v for k, v in ours.items() if k != "lang"}
    return same or seen.partition(".")[2] == seen_mark(0, theirs).partition(".")[2]


def _version_of(seen: str) -> int:
    number = seen.partition(".")[0]
    return int(number) if number.isdecimal() and len(number) < 10 else -1


def can_join(question: Question) -> bool:
    """Can two answers to this question be kept side by side?"""
    return question.type in JOINED_TYPES


def joined(question: Question, theirs: Answer, ours: Answer) -> Answer:
    """Both answers in one: texts one after the other, ticks together."""
    first, second = theirs.get("value"), ours.get("value")
    if question.type == "choiceN":
        return {**theirs, **ours, "value": list(dict.fromkeys([*(first or []), *(second or [])])) or None}
    texts = [text for text in dict.fromkeys([first, second]) if text]
    return {**ours, "value": "\n\n".join(texts) or None}
