"""The text in the person's own language, as people put it there: sentence by sentence, and what the whole is about.

It is written by a person; no machine translates. A sentence that was changed since is to be put anew. It lies in
`work` until it is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from cases import records, work
from cases.complaint.draft import Draft, Sentence
from cases.dossier.agreed import Part
from cases.models import Case
from vault.keyring import Keyring

TABLE = "text"
DATA = Path(__file__).parents[1] / "data" / "text_words.json"  # drafts, as that file says
LIMIT, ABOUT_LIMIT = 3_000, 6_000  # characters of a sentence and of what the text is about


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence in the own language. of: the sentence of the draft that it puts."""

    of: str
    text: str


@dataclass(frozen=True, slots=True)
class Own:
    """One variant in one language. lines: by the id of the sentence. version: of the record, 0 before the first."""

    variant: str
    language: str
    about: str = ""
    lines: Mapping[str, Line] = field(default_factory=dict)
    version: int = 0

    def line(self, sentence: Sentence) -> str:
        """What was put for a sentence as it stands now, "" when that is missing or the sentence has changed."""
        found = self.lines.get(sentence.id)
        return found.text if found and found.of == sentence.text else ""

    def former(self, sentence: Sentence) -> str:
        """What was put for an earlier wording, to begin with."""
        found = self.lines.get(sentence.id)
        return found.text if found else ""

    def missing(self, draft: Draft) -> int:
        """How many sentences are not put yet, and what the text is about, which counts as one."""
        return sum(not self.line(each).strip() for each in draft.ordered) + (not self.about.strip())

    def to_json(self) -> dict[str, Any]:
        """As it is sealed."""
        lines = {key: {"of": each.of, "text": each.text} for key, each in self.lines.items()}
        return {"variant": self.variant, "language": self.language, "about": self.about, "lines": lines}


def read(case: Case, ring: Keyring, variant: str, language: str) -> Own:
    """What was put last into this language. Raises NoGrant or Forged."""
    content = work.read(case, ring, TABLE, _place(variant, language), case.id)
    if content is None:
        return Own(variant, language)
    lines = {key: Line(**each) for key, each in content["lines"].items()}
    version = records.newest_version(TABLE, _place(variant, language), case.id)
    return Own(variant, language, content["about"], lines, version)


def write(case: Case, ring: Keyring, own: Own) -> int:
    """Seal it as the next version."""
    return work.write(case, ring, TABLE, _place(own.variant, own.language), case.id, own.to_json())


def with_typed(own: Own, draft: Draft, about: str, typed: Mapping[str, str]) -> Own:
    """With what was typed. typed: by the id of the sentence; an empty box puts nothing."""
    lines = {each.id: Line(each.text, typed[each.id]) for each in draft.ordered if typed.get(each.id, "").strip()}
    return Own(own.variant, own.language, about, lines, own.version)


def parts_of(own: Own, draft: Draft) -> tuple[Part, ...]:
    """As the person reads it: what it is about, then the facts by topic, with the headings in the own language."""
    about = Part("", tuple(each.strip() for each in own.about.split("\n\n") if each.strip()))
    return (about, *_by_topic(own, draft))


def _by_topic(own: Own, draft: Draft) -> Iterator[Part]:
    titles = _words()["topics"]
    for topic, sentences in groupby(draft.ordered, key=lambda each: each.topic):
        title = titles.get(topic, titles["facts"])[own.language]
        yield Part(title, tuple(own.line(each).strip() for each in sentences))


def usual_about(language: str, *, addressee: str, place: str, lawyer: str) -> str:
    """A beginning for what the whole is about, for a person to read, change and complete."""
    values = {"addressee": addressee, "place": place, "lawyer": lawyer}
    return "\n\n".join(each[language] % values for each in _words()["about"])


@cache
def _words() -> Any:
    return json.loads(DATA.read_text(encoding="utf-8"))


def _place(variant: str, language: str) -> str:
    return f"{variant}-{language}"
