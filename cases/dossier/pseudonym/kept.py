"""Full names that stay because they are those of the accused, even where one word of them is the survivor's too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from cases.dossier.pseudonym.names import Names
from cases.dossier.pseudonym.spans import BETWEEN, Span
from cases.dossier.pseudonym.table import NAMES, OTHER, Term
from cases.spelling import words
from cases.spelling.tokens import WORD

LEAST = 2  # words of a name that is kept; one alone could be anybody's


class Kept:
    """The full names of some people, in any form. One that is the survivor's own full name keeps nothing."""

    def __init__(self, names: Iterable[str]) -> None:
        self._people = [Names([Term(OTHER, name)]) for name in names if len(words(name)) >= LEAST]

    def without(self, spans: Collection[Span], text: str) -> list[Span]:
        """The spans but for names inside a full name that stays: at least one word of it must be nobody else's."""
        kept = [place for person in self._people for place in _runs(person, text)]
        for start, end in kept:
            inside = [each for each in spans if start <= each.start and each.end <= end and each.kind in NAMES]
            replaced = {at for each in inside for at in range(each.start, each.end)}
            if any(found.start() not in replaced for found in WORD.finditer(text, start, end)):
                spans = [each for each in spans if each not in inside]
        return list(spans)


def _runs(person: Names, text: str) -> Iterator[tuple[int, int]]:
    """Places of two words or more, one after the other, that are all of one person."""
    run: list[tuple[int, int]] = []
    for found in WORD.finditer(text):
        is_next = not run or BETWEEN.match(text[run[-1][1] : found.start()])
        if person.whose(found.group()) and is_next:
            run.append(found.span())
            continue
        if len(run) >= LEAST:
            yield run[0][0], run[-1][1]
        run = [found.span()] if person.whose(found.group()) else []
    if len(run) >= LEAST:
        yield run[0][0], run[-1][1]
