"""The own-words account in numbered paragraphs. The same text always gives the same numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cases.dossier.inert import LONG, newlines
from cases.dossier.inputs import AccountSection

NEAR = 1_200  # a paragraph without a break is cut near here ...
SLACK = 600  # ... at the nearest sentence end that is at most this far away

BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
SENTENCE_END = re.compile(r"(?:[.!?\u2026\u061f\u06d4][\u00bb\u201d\u201c\")\]]*(?=\s)|(?=\n))")
SPACE = re.compile(r"(?=\s)")


@dataclass(frozen=True)
class Paragraph:
    """One numbered paragraph of the account, exact text, with the answer it stands in."""

    number: int
    text: str
    lang: str
    section_id: str
    question_id: str
    version: int = 0  # of the account: the same question may have been answered twice

    @property
    def label(self) -> str:
        return f"¶ {self.number}"


def split(text: str) -> tuple[str, ...]:
    """Cut at blank lines; cut longer paragraphs at sentence ends near 1,200 characters.

    Joining the parts again gives the text but for white space between them. Empty text gives no paragraph.
    """
    return tuple(part for block in _blocks(text) for part in _cut(block) if part)


def number_account(sections: Iterable[AccountSection]) -> tuple[Paragraph, ...]:
    """All own-words answers in the order given, numbered through from 1; each answer up to inert.LONG characters."""
    parts = [
        (text, answer.lang, section.id, answer.question_id, section.version)
        for section in sections
        for answer in section.answers
        if answer.own_words
        for text in (_blocks(answer.value) if section.is_cut else split(answer.value[:LONG]))
    ]
    return tuple(Paragraph(number, *part) for number, part in enumerate(parts, start=1))


def _blocks(text: str) -> list[str]:
    return [block.strip() for block in BLANK_LINE.split(newlines(text).strip()) if block.strip()]


def span(paragraphs: Iterable[Paragraph]) -> str:
    """ "¶ 1" or "¶ 1 to 9" for neighbours; an empty string for none. Records hold it so; `Variant.place` prints it."""
    numbers = [paragraph.number for paragraph in paragraphs]
    if not numbers:
        return ""
    return f"¶ {numbers[0]}" if len(numbers) == 1 else f"¶ {numbers[0]} to {numbers[-1]}"


def _cut(block: str) -> list[str]:
    parts = []
    while len(block) > NEAR + SLACK:
        at = _nearest(SENTENCE_END, block) or _nearest(SPACE, block) or NEAR
        parts.append(block[:at].rstrip())
        block = block[at:].lstrip()
    parts.append(block)
    return parts


def _nearest(pattern: re.Pattern[str], block: str) -> int | None:
    ends = [m.end() for m in pattern.finditer(block, NEAR - SLACK, NEAR + SLACK)]
    return min(ends, key=lambda end: (abs(end - NEAR), end), default=None)
