"""Places, employers, schools and other words of a case: what tells them apart is left out, common words stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cases.dossier.pseudonym.folding import fold, folded
from cases.dossier.pseudonym.names import Names
from cases.dossier.pseudonym.spans import Span
from cases.dossier.pseudonym.table import WORD, Term
from cases.dossier.pseudonym.wording import shown
from cases.spelling import words

LEAST = 4  # letters of a word that tells a place apart; a word of capitals may be shorter
# Beginnings of words that name no place, folded.
COMMON = tuple(
    map(
        fold,
        (
            "вул", "вуліц", "ул", "улиц", "улица", "дом", "кв", "кварт", "кватэр", "горад", "город", "вёск", "веск", "дзярэв",
            "дерев", "раён", "район", "вобл", "обл", "праспект", "проспект", "прасп", "просп", "завул", "переул", "бульв", "плошч", "площ",
            "школ", "ліцэй", "лицей", "лицее", "гімназ", "гимназ", "універс", "универс", "інстыт", "инстит", "каледж", "колледж", "завод", "фабры",
            "фабри", "бальніц", "больниц", "палік", "полик", "ТАА", "ООО", "ОАО", "ААТ", "ЗАТ", "ЗАО", "нумар", "номер", "сярэдн", "средн",
            "дзярж", "гос", "рэсп", "респ", "Белар", "Беларус", "Belarus", "street", "road", "avenue", "flat", "apartment", "house", "city", "town",
            "village", "region", "district", "school", "lyceum", "college", "university", "institute", "factory", "plant", "hospital", "company",
            "number", "літв", "литв", "Lietuv", "Lithuan", "польш", "Polsk", "Poland", "герман", "ням", "Germany", "Deutsch", "працав", "работа",
            "працую", "вучы", "учил", "учит", "учус", "work", "study", "studied", "маёй", "моей", "рэдакц", "редакц", "кафедр", "факульт",
        ),
    )
)  # fmt: skip
BESIDE = re.compile(r"[\s,]{0,3}(?:(?:дом|д|кв|кватэра|квартира|корп|house|flat|apt|№|no)\.?\s*)?\d{1,4}(?:\s?[-/]\s?\d{1,4}|\s?-?[а-яa-z])?(?!\w)")
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
            while at < len(clear.text) and (beside := BESIDE.match(clear.text, at)) and beside.end() > at:
                at, end = beside.end(), clear.ends[beside.end() - 1]
            yield Span(span.start, end, span.kind, span.shown)
        for pattern, term in self._phrases:
            for match in pattern.finditer(clear.text):
                yield Span(*clear.place(match.start(), match.end()), term.kind, shown(term.code, language))


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
    return not is_short and not fold(letters).startswith(COMMON)


def _phrase(text: str) -> str:
    """A pattern for a term of several words with a number, such as "school no. 14", in any case of its words."""
    parts = words(text)
    if not any(part.isdigit() for part in parts) or len(parts) > 6 or len(parts) < 2:
        return ""
    told = [fold(part) for part in parts if fold(part) not in ("номер", "нумар", "no", "nr", "number")]
    made = [re.escape(part) if part.isdigit() else rf"{re.escape(part[: max(3, len(part) - 2)])}\w*" for part in told]
    between = r"\W{0,4}" + NUMBER + r"\W{0,3}"
    return rf"(?<!\w){between.join(made)}(?!\w)"
