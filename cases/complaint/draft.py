"""A draft of facts as data: one for each case and variant, in the language of filing.

A sentence points to what it rests on by what does not move: the version, card and question of an answer and which
paragraph of it, an exhibit's id, the address of a public source. The number ¶ 7, which moves when more is told, is
worked out at each reading (see cases.complaint.grounds).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from cases.dossier.inputs import VOICES
from cases.dossier.topics import TOPICS
from cases.dossier.variant import DEFAULT, codes, find

TEXT_LIMIT = 2_000  # characters: what the printer takes of a sentence
WORDS_LIMIT = 300  # of a provision
MOST, MOST_SOURCES = 400, 12
KINDS = {"person": {"account"}, "exhibit": {"exhibit"}}  # what a voice may rest on; counsel on anything


def variants() -> tuple[str, ...]:
    """The variants for which facts may be drafted: all in which a dossier can be made, the general one first."""
    return tuple(sorted(codes(), key=lambda code: (code != DEFAULT, code)))


def language_of(variant: str) -> str:
    """The language in which a variant is filed."""
    return find(variant).language


@dataclass(frozen=True, slots=True)
class Source:
    """One place. Of the account: version, card, question, and part: a paragraph from 1, 0 for an answer off a list.

    digest: of what stood there, so that another text at this place is not taken for it. file, number, page: an exhibit
    by its id, as it is called, and 0 for the whole of it. address: of a public source. words: a provision.
    """

    kind: str
    version: int = 0
    card: str = ""
    question: str = ""
    part: int = 0
    digest: str = ""
    file: str = ""
    number: int = 0
    page: int = 0
    address: str = ""
    words: str = ""

    def to_json(self) -> dict[str, Any]:
        """As it is sealed: what is empty is left out."""
        return {name: each for name, each in asdict(self).items() if each}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. on: ISO day, month or year, or "". by: the id of the person who wrote it so; at: ISO, UTC.

    changed: the version of the draft that changed it last; whoever saves names the one that was on the page.
    """

    id: str
    text: str
    topic: str
    voice: str
    on: str = ""
    sources: tuple[Source, ...] = ()
    by: str = ""
    at: str = ""
    changed: int = 0

    @property
    def content(self) -> tuple[object, ...]:
        """What a person wrote of it."""
        return self.text, self.topic, self.voice, self.on, self.sources

    def to_json(self) -> dict[str, Any]:
        """As it is sealed."""
        return {**asdict(self), "sources": [each.to_json() for each in self.sources]}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Sentence:
        """As it was sealed."""
        return cls(**{**content, "sources": tuple(Source(**each) for each in content["sources"])})


@dataclass(frozen=True, slots=True)
class Draft:
    """The sentences of one variant in their order. version: of the record, 0 before the first."""

    variant: str
    version: int = 0
    sentences: tuple[Sentence, ...] = field(default=())

    @property
    def ordered(self) -> list[Sentence]:
        """As they are printed and numbered: by topic, within a topic as they were put."""
        place = {topic: number for number, topic in enumerate(TOPICS)}
        return sorted(self.sentences, key=lambda each: place.get(each.topic, len(place)))

    def find(self, sentence_id: str) -> Sentence | None:
        """The sentence with an id, if it is still here."""
        return next((each for each in self.sentences if each.id == sentence_id), None)

    def with_sentence(self, sentence: Sentence) -> Draft:
        """With this one in the place of the one of its id, else at the end."""
        if self.find(sentence.id) is None:
            return replace(self, sentences=(*self.sentences, sentence))
        kept = (sentence if each.id == sentence.id else each for each in self.sentences)
        return replace(self, sentences=tuple(kept))

    def without(self, sentence_id: str) -> Draft:
        """Without one."""
        return replace(self, sentences=tuple(each for each in self.sentences if each.id != sentence_id))

    def moved(self, sentence_id: str, steps: int) -> Draft:
        """With one moved within its topic: -1 up, 1 down. The first does not go up, the last does not go down."""
        listed, mine = list(self.sentences), self.find(sentence_id)
        beside = [place for place, each in enumerate(listed) if mine is not None and each.topic == mine.topic]
        at = next((number for number, place in enumerate(beside) if listed[place].id == sentence_id), -1)
        if at < 0 or not 0 <= at + steps < len(beside):
            return self
        one, other = beside[at], beside[at + steps]
        listed[one], listed[other] = listed[other], listed[one]
        return replace(self, sentences=tuple(listed))

    def to_json(self) -> dict[str, Any]:
        """As it is sealed."""
        return {"variant": self.variant, "sentences": [each.to_json() for each in self.sentences]}


def revived(variant: str, version: int, content: dict[str, Any]) -> Draft:
    """A draft out of its record."""
    return Draft(variant, version, tuple(Sentence.from_json(each) for each in content["sentences"]))


def may_rest_on(voice: str, sources: Iterable[Source]) -> bool:
    """Are the three voices kept apart: a person says what is in the account, an exhibit shows what is in it?"""
    allowed = KINDS.get(voice)
    return voice in VOICES and (allowed is None or all(each.kind in allowed for each in sources))


def addresses_in(draft: Draft) -> frozenset[str]:
    """The public sources that its sentences name, by address."""
    return frozenset(each.address for sentence in draft.sentences for each in sentence.sources if each.address)
