"""Saving one answer into a section of the draft, and what to do when another window saved meanwhile."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from cases.actions.drafting import load_draft, save_section
from cases.drafted import CARRIED, DraftContent, DraftSection
from cases.errors import Conflict
from cases.statement.catalogue import Question
from intake.guests import Guest
from intake.wizard import LIVES_IN, SAFETY, WHERE_NOW

Answer = dict[str, Any]
JOINED_TYPES = frozenset({"long", "short", "choiceN"})


class OtherWindow(Exception):
    """Questions of this page were answered in another window. `theirs` is what stands there now, by question."""

    def __init__(self, theirs: dict[str, Answer], seen: str) -> None:
        super().__init__("other window")
        self.theirs = theirs
        self.seen = seen


class Home(Protocol):
    """Where a draft lies: a survivor's, or what a member writes down for a person."""

    def load(self) -> DraftContent:
        """What stands there now."""

    def write(self, key: str, answers: dict[str, Answer], version: int) -> None:
        """Save a section whole. Raises cases.errors.Conflict if it is not at this version any more."""


def load(guest: Guest) -> DraftContent:
    """Open the draft of a guest's case. Raises cases.errors.DraftExpired.

    It knows in which country the person lives, whatever else was carried into it, and where the person said to be in
    this visit (S2).
    """
    content = load_draft(guest.case, guest.ring)
    carried = content.sections.get(CARRIED, DraftSection())
    if LIVES_IN not in carried.answers and guest.case.residence:
        home = {LIVES_IN: {"value": guest.case.residence, "lang": guest.case.language}}
        content.sections[CARRIED] = DraftSection({**carried.answers, **home}, carried.version)
    if guest.visit.where_now and WHERE_NOW not in content.sections.get(SAFETY, DraftSection()).answers:
        carried = content.sections.get(CARRIED, DraftSection())
        here = {WHERE_NOW: {"value": guest.visit.where_now, "lang": guest.case.language}}
        content.sections[CARRIED] = DraftSection({**carried.answers, **here}, carried.version)
    return content


def seen_mark(version: int, answers: Mapping[str, Mapping[str, Any]]) -> str:
    """What a page carries to know what it showed: the section's version and a digest of the answers on the page."""
    shown = json.dumps(answers, sort_keys=True, ensure_ascii=True)
    return f"{version}.{hashlib.sha256(shown.encode()).hexdigest()[:16]}"


def save(guest: Guest, key: str, answers: dict[str, Answer], seen: str) -> None:
    """Save answers into a section or card. Raises OtherWindow if one of them was changed in another window.

    seen: the page's seen_mark; empty when the page does not know what stood there.
    """
    keep(_OfGuest(guest), key, answers, seen)


def keep(home: Home, key: str, answers: dict[str, Answer], seen: str) -> None:
    """Like save(), wherever the draft lies."""
    now = home.load().sections.get(key, DraftSection())
    version = _version_of(seen) if seen else now.version
    try:
        home.write(key, {**now.answers, **answers}, version)
    except Conflict as conflict:
        current = DraftSection(conflict.theirs, conflict.version)
        theirs = {each: current.answers[each] for each in answers if each in current.answers}
        if seen.partition(".")[2] != seen_mark(0, theirs).partition(".")[2] and (other := _other(theirs, answers)):
            raise OtherWindow(other, seen_mark(current.version, theirs)) from None
        home.write(key, {**current.answers, **answers}, current.version)


def clear(guest: Guest, key: str) -> None:
    """Take the answers of a card out; its number stays used."""
    now = load(guest).sections.get(key, DraftSection())
    if now.answers:
        save_section(case=guest.case, receipt=guest.ring, section=key, answers={}, seen_version=now.version)


@dataclass(frozen=True)
class _OfGuest:
    """The draft of a survivor, opened by the number."""

    guest: Guest

    def load(self) -> DraftContent:
        return load(self.guest)

    def write(self, key: str, answers: dict[str, Answer], version: int) -> None:
        save_section(case=self.guest.case, receipt=self.guest.ring, section=key, answers=answers, seen_version=version)


def _other(theirs: dict[str, Answer], ours: dict[str, Answer]) -> dict[str, Answer]:
    """What the other window answered differently; only the language differs where the answer is the same."""
    return {each: answer for each, answer in theirs.items() if _plain(answer) != _plain(ours[each])}


def _plain(answer: Answer) -> Answer:
    return {name: part for name, part in answer.items() if name != "lang"}


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


def joined_all(
    questions: list[Question], theirs: Mapping[str, Mapping[str, Any]], ours: dict[str, Answer]
) -> dict[str, Answer]:
    """Both windows' answers to the questions of a page in one; what cannot be joined stays as it is in this window."""
    return {
        each.id: joined(each, dict(theirs[each.id]), ours[each.id])
        if each.id in theirs and can_join(each)
        else ours[each.id]
        for each in questions
        if each.id in ours
    }
