"""People's names in a text: in every grammatical form, spelling and alphabet, broken over lines or glued together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, product

from cases.dossier.pseudonym.folding import readings
from cases.dossier.pseudonym.forms import forms, in_latin, without_endings
from cases.dossier.pseudonym.spans import Span
from cases.dossier.pseudonym.table import NAMES, Term
from cases.dossier.pseudonym.wording import shown
from cases.search.endings import stem
from cases.spelling import given, word_keys, words
from cases.spelling.tokens import WORD, cleaned

SURE = 4  # letters of a key from which on it says enough
LONGEST = 80  # letters of a word that may be a name, or several of them
LEAST = 2  # letters of a word of a name; one letter alone is an initial
BROKEN = re.compile(r"(?:[-\u2010\u2011]|[-\u2010\u2011\u00ad]?[^\S\n]*\n[^\S\n]*)\Z")  # between the parts of one word
SPACED = re.compile(r"[ .\-\u00a0_]{1,2}\Z")
PIECES = re.compile(r"[^\W\d_]+")
INITIALS_BEFORE = re.compile(r"(?<!\w)(?:[^\W\d_]\.\s?){1,3}\Z")
INITIALS_AFTER = re.compile(r"\s?(?:[^\W\d_]\.\s?){0,2}[^\W\d_]\.(?!\w)")
CAPITAL = re.compile(r"[a-zа-яёіў](?=[A-ZА-ЯЁІЎ])")


class Names:
    """Every word of the names of some people; what stands for a word is the code of the first whose it is."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._plain: dict[str, Term] = {}
        self._keys: dict[str, Term] = {}
        self._stems: dict[str, Term] = {}
        self._seen: dict[str, Term | None] = {}
        self._sizes: tuple[int, ...] = ()
        for term in terms:
            for word in words(term.text):
                if sum(map(str.isalpha, word)) >= LEAST:
                    self._learn(word, term)
        self._sizes = tuple(sorted({len(form) for form in self._plain if len(form) > LEAST}))

    def spans(self, text: str, language: str) -> Iterator[Span]:
        """Every word that is one of theirs, with the initials beside it."""
        found = [(each.start(), each.end(), each.group()) for each in WORD.finditer(text)]
        for start, end, term in (*self._single(found), *self._joined(found, text), *self._lettered(found, text)):
            first, last = _with_initials(text, start, end) if term.kind in NAMES else (start, end)
            yield Span(first, last, term.kind, shown(term.code, language))

    def whose(self, word: str) -> Term | None:
        """Whose name this word is part of; None for an ordinary word."""
        if word not in self._seen:
            self._seen[word] = self._find(word)
        return self._seen[word]

    def _learn(self, word: str, term: Term) -> None:
        others = given.others(word)
        for spelling in (word, *others):
            made = forms(spelling, is_given=bool(others))
            for form in made:
                for way in (form, *in_latin(form)):
                    self._plain.setdefault(way, term)
            keys = frozenset().union(*map(word_keys, made)) | word_keys(spelling)
            for key in keys:
                self._keys.setdefault(key, term)
            for key in word_keys(spelling):
                self._stems.setdefault(stem(key), term)

    def _find(self, word: str) -> Term | None:
        if len(cleaned(word)) > LONGEST:
            return next(filter(None, map(self.whose, _parts(word))), None)
        return self._whole(word) or next(filter(None, map(self._whole, _pieces(word))), None) or self._glued(word)

    def _whole(self, word: str) -> Term | None:
        if sum(map(str.isalpha, word)) < LEAST:
            return None
        for reading in readings(word):
            if term := self._plain.get(reading) or self._by_key(reading):
                return term
        return self._by_key(word) or self._in_filing(cleaned(word))

    def _in_filing(self, word: str) -> Term | None:
        """A name with an ending of a language of filing: Liudviko, Syrakwaszowi."""
        for base in without_endings(word):
            if term := self._plain.get(base) or self._by_key(base):
                return term
        return None

    def _by_key(self, word: str) -> Term | None:
        for key in word_keys(word):
            if len(key) >= SURE and key in self._keys:
                return self._keys[key]
            if len(stem(key)) >= SURE and stem(key) in self._stems:
                return self._stems[stem(key)]
        return None

    def _glued(self, word: str) -> Term | None:
        """Two words of one name without a space, as in the name of an account."""
        for reading in readings(word):
            for at in range(3, len(reading) - 2):
                one, other = self._plain.get(reading[:at]), self._plain.get(reading[at:])
                if one is not None and other is not None and one.code == other.code:
                    return one
        return None

    def _single(self, found: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, Term]]:
        for start, end, word in found:
            if term := self.whose(word):
                yield start, end, term

    def _joined(self, found: list[tuple[int, int, str]], text: str) -> Iterator[tuple[int, int, Term]]:
        """A word that a hyphen or the end of a line parts."""
        for (start, end, one), (after, last, other) in pairwise(found):
            if BROKEN.match(text[end:after]) and (term := self.whose(one + other)):
                yield start, last, term

    def _lettered(self, found: list[tuple[int, int, str]], text: str) -> Iterator[tuple[int, int, Term]]:
        """A word that is typed with a space or a dot after each letter."""
        run: list[tuple[int, int, str]] = []
        for each in [*found, (len(text) + 9, len(text) + 9, "")]:
            is_next = bool(run) and SPACED.match(text[run[-1][1] : each[0]]) is not None
            if len(each[2]) == 1 and (is_next or not run):
                run.append(each)
                continue
            yield from self._within(run)
            run = [each] if len(each[2]) == 1 else []

    def _within(self, run: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, Term]]:
        for read in readings("".join(letter for _, _, letter in run)):
            if len(read) != len(run):
                continue  # a sign that is read as two
            for first, last in product(range(len(run)), self._sizes):
                if first + last <= len(run) and (term := self._plain.get(read[first : first + last])):
                    yield run[first][0], run[first + last - 1][1], term


def _parts(word: str) -> list[str]:
    """A very long word in the parts that something in it parts, each short enough to be looked at."""
    parts = PIECES.findall(CAPITAL.sub(lambda found: f"{found[0]}_", word))
    return [part for part in parts if len(part) <= LONGEST]


def _pieces(word: str) -> list[str]:
    """The parts of a word that digits, low lines or capitals inside part: ivan_kaval87, ІванКаваль."""
    parted = PIECES.findall(CAPITAL.sub(lambda found: f"{found[0]}_", word))
    return parted if len(parted) > 1 or (parted and parted[0] != word) else []


def _with_initials(text: str, start: int, end: int) -> tuple[int, int]:
    before, after = INITIALS_BEFORE.search(text[max(0, start - 12) : start]), INITIALS_AFTER.match(text, end)
    return start - len(before[0]) if before else start, after.end() if after else end
