"""Places where people were held, found by what somebody types of their names.

In any of our languages, in Latin letters, in part, without case or marks. Whatever is found is only offered; own words
stay what they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cache

from cases.statement import vocab
from cases.statement.catalogue import LANGUAGES
from cases.statement.folding import in_latin, words

LIST = "facility"
KINDS = frozenset({"not_listed", "unknown", "iuot", "ltp", "ivs_other", "rovd_other"})  # no place, so never offered
PASSED_OVER = frozenset(
    [*"вунг", "район", "района", "раен", "раена", "город", "горад", "города", "горада", "для", "in", "the", "of", "and"]
)
ALSO: Mapping[str, tuple[str, ...]] = {  # what people say besides the names in the list
    "akrestsina_tsip": ("Окрестино", "ЦИП", "ЦІП", "изолятор"),
    "akrestsina_ivs": ("Окрестино", "ИВС", "изолятор"),
    "sizo1_valadarka": ("Пищаловский замок", "Пішчалаўскі замак", "Володарского", "Валадарскага"),
    "zhodzina_prison8": ("СТ-8", "СИЗО", "восьмёрка"),
    "hrodna_prison1": ("СТ-1", "СИЗО-1"),
    "mahiliou_prison4": ("СТ-4", "СИЗО-4", "крытая"),
    "sizo_kgb": ("КГБ", "КДБ", "KGB", "изолятор"),
    "gubopik_minsk": ("ГУБОП", "ГУБОПиК", "Революционная", "Рэвалюцыйная"),
    "ik4_homel": ("женская колония", "жаночая калонія"),
    "psych_navinki": ("психиатрическая больница", "псіхбальніца", "психбольница"),
    "slutsk_ltp_tsip": ("ЛТП", "ЛПП"),
}
WHOLE, NEAR, LEAST_LIKE = 1.0, 0.8, 0.79
LEAST_LETTERS = 3
MOST = 8
MOST_LETTERS, MOST_WORDS = 100, 8


def found(typed: str) -> list[str]:
    """The places that fit best, in the order of the list; none when less than half of the words fit."""
    wanted = [each for each in words(typed[:MOST_LETTERS]) if each not in PASSED_OVER][:MOST_WORDS]
    if not any(len(each) >= LEAST_LETTERS or each.isdigit() for each in wanted):
        return []
    points = {code: _points(wanted, known) for code, known in _index().items()}
    best = max(points.values())
    fits = [code for code, each in points.items() if each > best - 0.1]
    return fits[:MOST] if best >= NEAR * max(1.0, len(wanted) / 2) else []


def _points(wanted: list[str], known: frozenset[str]) -> float:
    return sum(_likeness(each, known) for each in wanted)


def _likeness(word: str, known: frozenset[str]) -> float:
    latin = in_latin(word)
    if word in known or latin in known:
        return WHOLE
    if word.isdigit() or len(word) < LEAST_LETTERS:
        return 0.0
    if any(each.startswith((word, latin)) for each in known):
        return NEAR
    if len(word) > LEAST_LETTERS and any(_is_like(latin, each) for each in known):
        return NEAR
    return 0.0


def _is_like(word: str, known: str) -> bool:
    """One slip of the finger, or one language's spelling for the other's."""
    if known.isdigit() or len(known) <= LEAST_LETTERS or abs(len(word) - len(known)) > 3:
        return False
    both = SequenceMatcher(None, word, known)
    return both.quick_ratio() >= LEAST_LIKE and both.ratio() >= LEAST_LIKE


@cache
def _index() -> Mapping[str, frozenset[str]]:
    """The words of each place in all its names, as they are and in Latin letters."""
    index = {}
    for code in vocab.codes(LIST):
        if code not in KINDS:
            names = [*(vocab.label(LIST, code, language) for language in LANGUAGES), *ALSO.get(code, ())]
            plain = {word for each in names for word in words(each)}
            index[code] = frozenset(plain | set(map(in_latin, plain)))
    return index
