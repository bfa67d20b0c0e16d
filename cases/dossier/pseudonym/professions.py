"""What a person does for a living, generalised: a word of the list becomes the kind of work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from cases.dossier.pseudonym.folding import fold, plain
from cases.dossier.pseudonym.spans import Span
from cases.dossier.pseudonym.table import CLASS, PROFESSION, Term
from cases.dossier.pseudonym.wording import shown, words
from cases.spelling.tokens import WORD


class Professions:
    """The professions of the table: every word of their kind of work that the person's own answer named."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._codes = {plain(word): term.code for term in terms for word in WORD.findall(term.text)}
        self._classes = {code.removeprefix(CLASS) for code in self._codes.values() if code.startswith(CLASS)}

    def spans(self, text: str, language: str) -> Iterator[Span]:
        """Every word that is one of them, in any form."""
        for found in WORD.finditer(text):
            name = class_of(found.group())
            code = self._codes.get(plain(found.group()), "")
            if name in self._classes:
                code = f"{CLASS}{name}"
            if code:
                yield Span(found.start(), found.end(), PROFESSION, shown(code, language))


def class_of(word: str) -> str:
    """The kind of work that a word names, or ""."""
    read = plain(word)
    return next((name for name, stems in _stems().items() if read.startswith(stems)), "")


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    return {name: tuple(map(fold, stems)) for name, stems in words()["stems"].items()}
