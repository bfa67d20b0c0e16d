"""What the sentences of a draft may rest on, as it is now: the account in numbered places, exhibits, public sources.

Worked out anew at each reading, from an account that somebody opened. The numbers are those that the dossier prints.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from cases.access import Account, OpenedVersion
from cases.complaint.draft import Source
from cases.dossier.inputs import AccountSection, Answer, FactSource, PublicSource
from cases.dossier.paragraphs import Paragraph, number_account
from cases.dossier.public import addresses, sources_for
from cases.exhibits import ExhibitRecord
from cases.statement.wording import is_given
from cases.told_sections import account_sections

ONE_PAGE = "image/"  # the kinds of exhibits of which we know how many pages they have
CORRECTED, NEWER, NO_PLACE, NO_EXHIBIT, NO_PAGE, NO_PUBLIC = (
    "corrected", "newer", "no_place", "no_exhibit", "no_page", "no_public",
)  # fmt: skip
Spot = tuple[int, str, str]  # version, card, question


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the account. code: as it is typed, "¶ 7" or "A 3"; where: as it is printed. text: what stands there.

    by: the version that corrected it, 0 for none.
    """

    code: str
    where: str
    source: Source
    text: str
    language: str
    by: int = 0

    @property
    def spot(self) -> Spot:
        """The answer that it belongs to."""
        return self.source.version, self.source.card, self.source.question


@dataclass(frozen=True, slots=True)
class Public:
    """A public source that may be cited, with what our list says of it."""

    record: PublicSource
    sentences: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as it stands now. where: as it is printed, "" when it is gone; why: a code of what became of it.

    code: as it is typed. place, exhibit, public: what it is, of whichever kind; None when it is gone.
    """

    source: Source
    code: str
    where: str = ""
    why: str = ""
    place: Place | None = None
    exhibit: ExhibitRecord | None = None
    public: Public | None = None

    @property
    def is_here(self) -> bool:
        """Does the sentence still rest on it?"""
        return bool(self.where)

    @property
    def fact_source(self) -> FactSource:
        """As a dossier keeps it; only of one that is here."""
        return FactSource(self.source.kind, self.where)


@dataclass(frozen=True, slots=True)
class Grounds:
    """Everything that may be cited. version: the newest of the account that it was worked out from."""

    places: tuple[Place, ...]
    exhibits: tuple[ExhibitRecord, ...]
    public: tuple[Public, ...]
    version: int

    @classmethod
    def of(cls, account: Account, corrections: Collection[int], facts: dict[str, Any] | None) -> Grounds:
        """corrections: the numbers of versions that say anew what an earlier one said. facts: as confirmed."""
        public = tuple(Public(*each) for each in sources_for(facts or {}, addresses()))
        newest = max((each.number for each in account.versions), default=0)
        return cls(tuple(_places(account, corrections)), tuple(account.exhibits), public, newest)

    def as_of(self, earlier: Account) -> Grounds:
        """With the numbers that an earlier account had; what was corrected since is found out with those of now."""
        newest = max((each.number for each in earlier.versions), default=0)
        return replace(self, places=tuple(_places(earlier, ())), version=newest)

    def cite(self, source: Source) -> Cited:
        """A source as it stands now."""
        found = {"account": self._told, "exhibit": self._exhibit, "public": self._public}.get(source.kind)
        return found(source) if found else Cited(source, source.words, source.words)

    def place(self, code: str) -> Place | None:
        """The place of the account with a code."""
        return next((each for each in self.places if each.code == code), None)

    def _told(self, source: Source) -> Cited:
        found = next((each for each in self.places if _is_at(each.source, source)), None)
        if found is None or found.source.digest != source.digest:
            why = NEWER if source.version > self.version else NO_PLACE
            return Cited(source, "", why=why)
        if found.by:
            return Cited(source, found.code, why=CORRECTED, place=found)
        return Cited(source, found.code, found.where, place=found)

    def _exhibit(self, source: Source) -> Cited:
        found = next((each for each in self.exhibits if str(each.id) == source.file), None)
        code = exhibit_code(source.number, source.page)
        if found is None:
            return Cited(source, code, why=NO_EXHIBIT)
        if not has_page(found, source.page):
            return Cited(source, code, why=NO_PAGE, exhibit=found)
        code = exhibit_code(found.number, source.page)
        return Cited(source, code, code, exhibit=found)

    def _public(self, source: Source) -> Cited:
        found = next((each for each in self.public if each.record.address == source.address), None)
        if found is None:
            return Cited(source, source.address, why=NO_PUBLIC)
        return Cited(source, found.record.id, found.record.id, public=found)


def exhibit_code(number: int, page: int) -> str:
    """E-001/3, or E-001 for the whole of it."""
    return f"E-{number:03d}/{page}" if page else f"E-{number:03d}"


def has_page(exhibit: ExhibitRecord, page: int) -> bool:
    """Has it such a page, as far as we know? 0 is the whole of it; a picture has one; others are counted when filed."""
    return page <= 1 or not exhibit.content_type.startswith(ONE_PAGE)


def _is_at(one: Source, other: Source) -> bool:
    return (one.version, one.card, one.question, one.part) == (
        other.version, other.card, other.question, other.part,
    )  # fmt: skip


def _places(account: Account, corrections: Collection[int]) -> Iterator[Place]:
    """Every paragraph and every other answer that the dossier prints, in its order and with its numbers."""
    sections = tuple(account_sections(account))
    asked = Counter(answer.question_id for section in sections for answer in section.answers)
    raw, newer = {each.number: each for each in account.versions}, _corrected(account, corrections)
    own, seen, answers = _paragraphs(sections), Counter[str](), count(1)
    for section in sections:
        for answer in section.answers:
            seen[answer.question_id] += 1
            spot = (section.version, section.id, answer.question_id)
            by = newer.get(spot, 0)
            for part, each in enumerate(own.get(spot, ()), start=1):
                yield Place(each.label, each.label, _source(spot, part, each.text), each.text, answer.lang, by)
            if not answer.own_words:
                where = _printed(answer, seen[answer.question_id], asked[answer.question_id])
                source = _source(spot, 0, _as_sealed(raw[section.version], section, answer))
                yield Place(f"A {next(answers)}", where, source, answer.value, answer.lang, by)


def _paragraphs(sections: Iterable[AccountSection]) -> dict[Spot, list[Paragraph]]:
    """The numbered paragraphs by the answer that they stand in."""
    found: dict[Spot, list[Paragraph]] = {}
    for each in number_account(sections):
        found.setdefault((each.version, each.section_id, each.question_id), []).append(each)
    return found


def _source(spot: Spot, part: int, text: str) -> Source:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    version, card, question = spot
    return Source("account", version=version, card=card, question=question, part=part, digest=digest)


def _printed(answer: Answer, number: int, total: int) -> str:
    return f"{answer.question_id} ({number}/{total})" if total > 1 else answer.question_id


def _as_sealed(version: OpenedVersion, section: AccountSection, answer: Answer) -> str:
    """An answer off a list by its codes: how its words are printed may be improved without its being another answer."""
    told = version.sections.get(section.id, {}).get(answer.question_id, {})
    return json.dumps(told, sort_keys=True, ensure_ascii=True)


def _corrected(account: Account, corrections: Collection[int]) -> dict[Spot, int]:
    """By answer the first later version that says it anew."""
    found: dict[Spot, int] = {}
    for newer in (each for each in account.versions if each.number in corrections):
        for older in (each for each in account.versions if each.number < newer.number):
            for card, answers in newer.sections.items():
                for question, answer in answers.items():
                    if is_given(answer) and question in older.sections.get(card, {}):
                        found.setdefault((older.number, card, question), newer.number)
    return found


def until(account: Account, version: int) -> Account:
    """The account as it was when this was its newest version: what a page showed that was opened then."""
    return replace(account, versions=[each for each in account.versions if each.number <= version])
