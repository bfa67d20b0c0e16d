"""The draft and the account beside it, as the editor shows them.

What is violent stays folded here as it does in the reading view, under the same places, so that unfolding counts once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from cases import reading
from cases.access import Account
from cases.complaint import rooms, words
from cases.complaint.checked import Row, rows_of
from cases.complaint.draft import Draft
from cases.complaint.grounds import Cited, Grounds, Place, Spot
from cases.dossier.topics import TOPICS
from cases.models import Case, Proposal
from vault.keyring import Keyring

EXCERPT = 110  # characters of a source that stand beside a sentence before it is opened


@dataclass(frozen=True, slots=True)
class Told:
    """What the reading view knows of one answer. title: of its card; fold: the place of its fold, "" for none."""

    title: str
    question: str
    fold: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One answer with its places: several paragraphs, or one line off a list."""

    question: str
    places: list[Place]

    @property
    def is_told(self) -> bool:
        """Is it in own words, in paragraphs?"""
        return bool(self.places[0].source.part)


@dataclass(frozen=True, slots=True)
class Run:
    """Answers that follow each other under one fold, or under none. is_open: is what is violent in the page?"""

    fold: str
    is_open: bool
    topics: list[str]
    items: list[Item]

    @property
    def title(self) -> str:
        """What stands on the fold: which places, and what they are about."""
        codes = [each.code for item in self.items for each in item.places]
        spans = ", ".join(_span(list(found)) for _kind, found in groupby(codes, key=lambda code: code[0]))
        return f"{spans}: {'; '.join(self.topics)}"


@dataclass(frozen=True, slots=True)
class Part:
    """One card of one version."""

    title: str
    version: int
    runs: list[Run]


@dataclass(frozen=True, slots=True)
class Beside:
    """A source beside a sentence. fold: the place of its fold if it is violent; is_open: is its text in the page?"""

    cited: Cited
    about: str = ""
    fold: str = ""
    is_open: bool = True

    @property
    def gone(self) -> str:
        """What became of it, "" while it is here."""
        if self.cited.is_here:
            return ""
        by = self.cited.place.by if self.cited.place else 0
        return str(words.GONE[self.cited.why]) % {"version": by}

    @property
    def excerpt(self) -> str:
        """The beginning of the text; nothing of what is violent."""
        text = " ".join(self.cited.place.text.split()) if self.cited.place and not self.fold else ""
        return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the draft with its sources beside it."""

    row: Row
    beside: list[Beside]
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The sentences of one topic."""

    topic: str
    title: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the editor shows of one draft. unfolded: the open folds; None opens all, behind a notice.

    facts: as they were confirmed, or as much of them as was handed over.
    """

    draft: Draft
    grounds: Grounds
    account: Account
    corrections: Collection[int]
    unfolded: Collection[str] | None = None
    facts: dict[str, Any] | None = None
    told: dict[tuple[int, str], Told] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.told.update(_told(self.account, self.corrections))

    def again(
        self, case: Case, ring: Keyring, proposal: Proposal | None, unfolded: Collection[str] | None
    ) -> Page:  # fmt: skip
        """The same with the draft as it stands now, and these folds open."""
        variant = self.draft.variant
        draft = rooms.read_own(proposal, ring, variant) if proposal else rooms.read(case, ring, variant).draft
        return replace(self, draft=draft, unfolded=unfolded)

    @property
    def rows(self) -> list[Row]:
        """The sentences as they are numbered."""
        return rows_of(self.draft, self.grounds)

    @property
    def groups(self) -> list[Group]:
        """The sentences by topic, topics without one left out."""
        found = groupby(self.rows, key=lambda row: row.sentence.topic)
        return [Group(topic, words.topic(topic), list(self._lines(list(rows)))) for topic, rows in found]

    @property
    def parts(self) -> list[Part]:
        """The account, card by card, with the numbers of its places."""
        cards = groupby(self.grounds.places, key=lambda each: each.spot[:2])
        return [self._part(version, list(places)) for (version, _card), places in cards]

    def _lines(self, rows: list[Row]) -> Iterator[Line]:
        for row in rows:
            yield Line(row, [self._beside(each) for each in row.cited], row is rows[0], row is rows[-1])

    def _beside(self, cited: Cited) -> Beside:
        if cited.place is None:
            return Beside(cited)
        told = self._of(cited.place.spot)
        return Beside(cited, told.question, told.fold, self._is_open(told.fold))

    def _part(self, version: int, places: list[Place]) -> Part:
        first = self._of(places[0].spot)
        runs = groupby(places, key=lambda each: self._of(each.spot).fold)
        return Part(first.title, version, [self._run(fold, list(found)) for fold, found in runs])

    def _run(self, fold: str, places: list[Place]) -> Run:
        topics = list(dict.fromkeys(self._of(each.spot).topic for each in places))
        answers = groupby(places, key=lambda each: each.spot)
        items = [Item(self._of(spot).question, list(found)) for spot, found in answers]
        return Run(fold, self._is_open(fold), topics, items)

    def _of(self, spot: Spot) -> Told:
        version, card, question = spot
        return self.told.get((version, f"{card}/{question}"), Told(card, question))

    def _is_open(self, fold: str) -> bool:
        return not fold or self.unfolded is None or fold in self.unfolded


def _told(account: Account, corrections: Collection[int]) -> Iterator[tuple[tuple[int, str], Told]]:
    for sheet in reading.sheets(account, corrections):
        for part in sheet.parts:
            for run in part.runs:
                for item in run.items:
                    yield (sheet.version.number, item.key), Told(part.title, item.question, run.place, item.topic)


def _span(codes: list[str]) -> str:
    """¶ 3 to 7, or A 2."""
    if len(codes) == 1:
        return codes[0]
    return _("%(first)s to %(last)s") % {"first": codes[0], "last": codes[-1].partition(" ")[2]}


def choices_of_topics() -> list[tuple[str, str]]:
    """The topics for a form, in the order of the complaint."""
    return [(code, words.topic(code)) for code in TOPICS]


def codes_of(row: Row) -> str:
    """The sources of a sentence as they are typed; what is gone, and provisions, are left out."""
    return ", ".join(each.code for each in row.cited if each.is_here and each.source.kind != "provision")
