"""Sentences that the machine proposes, each for a person to read, change and save; none of them goes anywhere alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cases.complaint.grounds import Grounds
from cases.complaint.page import Page
from cases.dossier.public import addresses, public_context
from cases.dossier.sentences import propose_sentences
from cases.dossier.variant import find
from cases.told_sections import account_sections

ONE_PARAGRAPH = re.compile(r"¶ \d+")
QUESTION = re.compile(r"(?:episode \d+, )?([A-Z]{3}-[A-Z0-9]+)")


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposal. number: by which it is taken. values: of the form; sources only where one place says it."""

    number: int
    values: dict[str, Any]

    @property
    def text(self) -> str:
        """What it says."""
        return str(self.values["text"])

    @property
    def sources(self) -> str:
        """The place that says it, or ""."""
        return str(self.values["sources"])


def proposals(page: Page) -> list[Proposed]:
    """From confirmed facts, answers off a list and public sources, without what stands in the draft already."""
    numbered = enumerate([*_of_account(page), *_of_public(page)], start=1)
    written = {each.text for each in page.draft.sentences}
    return [Proposed(number, values) for number, values in numbered if values["text"] not in written]


def _of_account(page: Page) -> Iterator[dict[str, Any]]:
    sections = tuple(account_sections(page.account))
    for fact in propose_sentences(page.facts or {}, sections, find(page.draft.variant)):
        sources = _code(fact.where, page.grounds)
        yield {"text": fact.text, "voice": "person", "topic": fact.topic, "on": fact.on, "sources": sources}


def _of_public(page: Page) -> Iterator[dict[str, Any]]:
    for fact in public_context(page.facts or {}, addresses(), find(page.draft.variant)).sentences:
        yield {"text": fact.text, "voice": "counsel", "topic": fact.topic, "on": fact.on, "sources": fact.where}


def _code(where: str, grounds: Grounds) -> str:
    """The code of the one place that a proposal rests on; "" where it is several, for a person to choose."""
    if ONE_PARAGRAPH.fullmatch(where):
        return where if grounds.place(where) else ""
    asked = QUESTION.fullmatch(where)
    codes = [each.code for each in grounds.places if asked and each.source.question == asked[1] and not each.by]
    return codes[0] if len(codes) == 1 else ""
