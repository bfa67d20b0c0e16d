"""What somebody looks for, and whether a text has it. Lives in one request: it remembers words of accounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cases.search.endings import stem
from cases.search.initials import all_initials
from cases.search.labels import codes_for
from cases.spelling import word_keys, words
from cases.spelling.given import forms
from cases.spelling.tokens import WORD, cleaned

REST = "*"  # after a word: however it goes on
LEAST, MOST_LETTERS, MOST_WORDS = 3, 80, 6
TOO_SHORT, TOO_LONG, TOO_MANY = "too_short", "too_long", "too_many"
REST_OF_WORD = WORD.pattern.removesuffix("+") + "*"
TYPED = re.compile(rf"{WORD.pattern}\*?")
ESCAPE = re.compile(r"\\(?:u[0-9a-f]{4}|.)")  # in JSON; its letter would be read as the first one of the next word


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word that is looked for. is_begun: only its beginning was typed, and `keys` are whole; else they are stems.

    codes: of the answers to choose from whose label has the word.
    """

    keys: frozenset[str]
    is_begun: bool
    codes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, word: str, is_begun: bool) -> Wanted:
        """A word as it was typed; a given name is meant in both languages."""
        found = word_keys(word)
        found |= forms(found)
        keys = found if is_begun else frozenset(map(stem, found))
        return cls(keys, is_begun, codes_for(keys, is_begun=is_begun))

    def is_met_by(self, keys: frozenset[str]) -> bool:
        """Is a word with these keys meant?"""
        if self.is_begun:
            return any(key.startswith(begun) for key in keys for begun in self.keys)
        return not self.keys.isdisjoint(map(stem, keys))


class Query:
    """Some words, all of which a record must have, in any order and spelling."""

    def __init__(self, wanted: Iterable[Wanted]) -> None:
        self._parts = [_Part(each) for each in sorted(wanted, key=_is_common)]

    @classmethod
    def of(cls, text: str) -> Query:
        """The query that somebody typed. Raises ValueError with a code: TOO_SHORT, TOO_LONG, TOO_MANY."""
        if len(text.strip()) > MOST_LETTERS:
            raise ValueError(TOO_LONG)
        typed = list(_typed(text))
        if not any(len(word) >= LEAST for word, _ in typed):
            raise ValueError(TOO_SHORT)
        if len(typed) > MOST_WORDS:
            raise ValueError(TOO_MANY)
        return cls([Wanted.of(word, is_begun) for word, is_begun in typed])

    def may_be_in(self, record: str) -> bool:
        """May a text of JSON have all the words? False is certain, True is not."""
        return all(part.may_be_in(record) for part in self._parts)

    def is_in(self, texts: Iterable[str]) -> bool:
        """Do these texts have all the words, each in one of them?"""
        found = {word for text in texts for word in words(text)}
        return all(any(map(part.is_meant, found)) for part in self._parts)

    def means(self, word: str) -> bool:
        """Is this one of the words?"""
        return any(part.is_meant(word) for part in self._parts)


class _Part:
    """One word of a query, with the words of texts that were met and which of them are meant."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._initials = all_initials(wanted.keys)
        self._worth = re.compile(f"[{''.join(map(re.escape, sorted(self._initials)))}]{REST_OF_WORD}")
        self._seen, self._hits = set[str](), set[str]()

    def may_be_in(self, record: str) -> bool:
        found = set(self._worth.findall(ESCAPE.sub(" ", record)))
        self._hits |= {word for word in found - self._seen if self._wanted.is_met_by(word_keys(word))}
        self._seen |= found
        return not found.isdisjoint(self._hits) or any(f'"{code}"' in record for code in self._wanted.codes)

    def is_meant(self, word: str) -> bool:
        is_worth = next(filter(str.isalnum, word), "") in self._initials
        return is_worth and self._wanted.is_met_by(word_keys(word))


def _is_common(wanted: Wanted) -> bool:
    """Does it begin as very many words do? Such a word is looked for after the others."""
    return any(key[0] in "аийу" for key in wanted.keys)


def _typed(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a query without what is not read, each with whether only its beginning was typed."""
    for word in TYPED.findall(text):
        plain = cleaned(word.removesuffix(REST))
        if any(map(str.isalnum, plain)):
            yield plain, word.endswith(REST)
