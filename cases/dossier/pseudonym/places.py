"""Places, employers, schools and other words of a case: what tells them apart is left out, common words stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cases.dossier.pseudonym import wording
from cases.dossier.pseudonym.folding import fold, folded
from cases.dossier.pseudonym.names import Names
from cases.dossier.pseudonym.spans import Span
from cases.dossier.pseudonym.table import ADDRESS, WORD, Term
from cases.spelling import words

LEAST = 4  # letters of a word that tells a place apart; a word of capitals may be shorter
HOUSE = r"(?:дом|д|кв|кватэра|квартира|корп|house|flat|apt|№|no)\.?\s?"
BESIDE = re.compile(  # the number of a house or a flat; a bare one counts only where no word follows
    rf"(?:\s?,\s?(?:{HOUSE})?|\s?{HOUSE}|\s(?=[\d/\-]+[а-яa-z]?(?!\w)(?!\s*\w)))"
    r"\d{1,4}(?:\s?[-/]\s?\d{1,4}|\s?-?[а-яa-z])?(?!\w)"
)
NUMBER = r"(?:№|#|номер|нумар|no\.?|nr\.?|number)?"


class Places:
    """What stands for these terms is what their code says, for nearly all of them nothing."""

    def __init__(self, terms: Iterable[Term]) -> None:
        found = list(terms)
        self._names = Names(Term(term.kind, " ".join(telling(term)), term.code) for term in found)
        self._phrases = [(re.compile(pattern), term) for term in found if (pattern := _phrase(term.text))]

    def spans(self, text: str, language: str) -> Iterator[Span]:
        """Every word that tells them apart, with the numbers of a house beside it, and the whole phrase."""
        clear = folded(text)
        ends = {end: place for place, end in enumerate(clear.ends, start=1)}
        for span in self._names.spans(text, language):
            at, end = ends.get(span.end, len(clear.text)), span.end
            while span.kind == ADDRESS and (beside := BESIDE.match(clear.text, at)):
                at, end = beside.end(), clear.ends[beside.end() - 1]
            yield Span(span.start, end, span.kind, span.shown)
        for pattern, term in self._phrases:
            for match in pattern.finditer(clear.text):
                yield Span(*clear.place(match.start(), match.end()), term.kind, wording.shown(term.code, language))


def telling(term: Term) -> list[str]:
    """The words of a term that tell it apart. What a caseworker added as a word is meant as it stands."""
    return [word for word in words(term.text) if _tells(word, is_meant=term.kind == WORD)]


def _tells(word: str, *, is_meant: bool) -> bool:
    letters = "".join(filter(str.isalpha, word))
    if len(letters) < 2 or len(letters) != len(word.strip("'’")):
        return False
    if is_meant:
        return True
    is_short = len(letters) < LEAST and not letters.isupper()
    return not is_short and not wording.is_common(letters, "words")


def _phrase(text: str) -> str:
    """A pattern for a term of several words with a number, such as "school no. 14", in any case of its words."""
    parts = words(text)
    if not any(part.isdigit() for part in parts) or len(parts) > 6 or len(parts) < 2:
        return ""
    told = [fold(part) for part in parts if fold(part) not in ("номер", "нумар", "no", "nr", "number")]
    made = [re.escape(part) if part.isdigit() else rf"{re.escape(part[: max(3, len(part) - 2)])}\w*" for part in told]
    between = r"\W{0,4}" + NUMBER + r"\W{0,3}"
    return rf"(?<!\w){between.join(made)}(?!\w)"
