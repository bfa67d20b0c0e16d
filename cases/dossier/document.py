"""The dossier as a tree of plain text, ready for the templates. Every value is a string or a tuple: no template
formats a number or a date, and nothing in the tree is markup."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Para:
    """One numbered paragraph. voice: fact, exhibit or counsel. mark: "unverified" or nothing."""

    text: str
    source: tuple[str, ...]
    voice: str = "fact"
    mark: str = ""
    number: str = ""


@dataclass(frozen=True)
class Group:
    """Paragraphs under a small heading; an empty title gives no heading."""

    title: str
    paras: tuple[Para, ...]
    number: str = ""


@dataclass(frozen=True)
class Section:
    """A numbered section of the main document."""

    title: str
    groups: tuple[Group, ...]
    intro: str = ""
    closing: str = ""
    number: str = ""
    anchor: str = ""
    is_numbered: bool = True


@dataclass(frozen=True)
class Pair:
    """A label and what belongs to it."""

    label: str
    text: str


@dataclass(frozen=True)
class Cover:
    """The first page of the main document."""

    kind: str
    title: str
    addressee: str
    pairs: tuple[Pair, ...]
    protection: str


@dataclass(frozen=True)
class ElementLine:
    element: str
    code: str
    paragraphs: str
    exhibits: str
    sources: str
    strength: str
    gap: str


@dataclass(frozen=True)
class ElementGroup:
    """The elements of one crime in annex A1."""

    title: str
    lines: tuple[ElementLine, ...]


@dataclass(frozen=True)
class DatedLine:
    """A line of the chronology, annex A3."""

    when: str
    text: str
    source: str


@dataclass(frozen=True)
class ExhibitLine:
    """A line of the exhibit index, annex A4. Hashes are cut into groups of eight."""

    label: str
    title: str
    received: str
    original: str
    filed: str
    file_name: str
    pages: str
    original_hash: tuple[str, ...]
    filed_hash: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Words:
    """A paragraph of the account in annex B1; label "¶ 3" for own words, empty for other answers."""

    label: str
    text: str


@dataclass(frozen=True)
class AccountEntry:
    """A question with its answer in annex B1."""

    question_id: str
    question: str
    question_en: str
    lang: str
    direction: str
    own_words: bool
    words: tuple[Words, ...]
    value_en: str


@dataclass(frozen=True)
class AccountPart:
    """One section of the account in annex B1."""

    title: str
    lang: str
    line: str
    entries: tuple[AccountEntry, ...]


@dataclass(frozen=True)
class Block:
    """A table of an annex with what stands over and under it.

    heads: as many as each row has cells. pairs: labels and texts. signature: who signs here, or nothing.
    """

    title: str = ""
    line: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    pairs: tuple[Pair, ...] = ()
    closing: str = ""
    signature: str = ""


@dataclass(frozen=True)
class Sheet:
    """What stands in one annex, by its code: "A2"."""

    code: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Passage:
    """A translated answer in annex B2. where, question: what it translates; words: with the labels of annex B1."""

    where: str
    question: str
    words: tuple[Words, ...]


@dataclass(frozen=True)
class PassagePart:
    """The translated answers of one section."""

    title: str
    lang: str
    line: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class SealedSheet:
    """A document of the sealed envelope. name: its file name; title, notice, control: above and below its blocks."""

    code: str
    name: str
    title: str
    notice: str
    blocks: tuple[Block, ...]
    control: str


@dataclass(frozen=True)
class Annex:
    """Code and title of an annex, for its heading and the list of contents."""

    code: str
    title: str
    intro: str
    anchor: str


@dataclass(frozen=True)
class Letter:
    """The cover letter D0. It holds no fact about the violence."""

    day: str
    addressee: str
    subject: str
    opening: str
    pairs: tuple[Pair, ...]
    protection: tuple[str, ...]
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """The note to counsel: privileged, never filed."""

    intro: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Attached:
    """A file of data inside the main document. about: what it is, in English."""

    name: str
    about: str
    text: str


@dataclass(frozen=True)
class Document:
    """The whole main document with its annexes, the cover letter and the note to counsel."""

    lang: str
    words: dict[str, Any]  # labels of the templates in that language
    reference: str
    case_reference: str
    identifier: str
    built_on: str
    draft: str
    rendering: str  # beside the reference on each page, where it is not the full one
    colophon: str
    cover: Cover
    letter: Letter
    note: Note
    sections: tuple[Section, ...]
    declaration: tuple[str, ...]
    counsel: str
    annexes: tuple[Annex, ...]
    elements: tuple[ElementGroup, ...]
    chronology: tuple[DatedLine, ...]
    exhibits: tuple[ExhibitLine, ...]
    sources: tuple[tuple[str, ...], ...]
    account: tuple[AccountPart, ...]
    account_line: str
    consent: tuple[tuple[str, ...], ...]
    custody: tuple[tuple[str, ...], ...]
    sheets: tuple[Sheet, ...] = ()
    translation: tuple[PassagePart, ...] = ()
    certificates: tuple[Block, ...] = ()
    attached: tuple[Attached, ...] = ()

    def to_plain(self) -> dict[str, Any]:
        """Nested dicts and lists of strings and booleans, as the templates in the child process get them."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return plain
