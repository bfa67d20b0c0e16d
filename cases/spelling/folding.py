"""Reduce one word to what its spellings have in common, by rules that are tried in order at each place of the word.

What comes out is written in few Cyrillic letters: а for а о э е ё я, у for у ю, и for и і ы, й, and consonants. So it
reads as itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import islice, product

Rule = tuple[str, str]  # what is read, and what it may stand for, with | between several

MOST_READINGS = 64  # of one word
HAS_CYRILLIC, HAS_LATIN = re.compile("[\u0400-\u052f]"), re.compile("[a-z\u00df-\u024f]")
DOUBLED = re.compile(r"([^\W\d])\1+")
# Latin letters that are typed for Cyrillic ones, where a keyboard has none or to deceive.
ALIKE = str.maketrans("aceopxyikmhtbv", "асеорхуікмнтвв")
CYRILLIC: tuple[Rule, ...] = (
    # what softens or parts, before a vowel that may begin with a sound of its own: Наталья, Дар'я, Ильин
    ("[ьъ']+(?=[яеёюоэ])", "|и"),
    ("(?<=[бвгґджзклмнпрстўфхцчшщ])й(?=[аоуэеёяю])", "|и"),
    ("[ьъ']+", ""),
    # dzekanne and tsekanne: Дзмітрый, Таццяна, Мацвей, Сцяпан
    ("д(?:[ьъ']*з)+", "д"),
    ("ц(?=ц*[яёюьі])", "т"),
    ("ц(?=ц*[ев])", "ц|т"),
    ("щ", "шч"),
    # at the beginning the sound before the vowel is kept: Яна is not Анна; Иосиф, Іосіф, Ёсіф
    ("^[еёя]", "йа"),
    ("^ю", "йу"),
    ("^й(?=[аоуэеёяю])", "й"),
    ("^[иі](?=[оаэу])", "й|и"),
    # after a vowel: Зоя, Майоров; Сергей, Міхаіл
    ("(?<=[аоуэеёяю])[йиіы]+(?=[аоуэеёяю])", ""),
    ("(?<=[аоуэеёяю])[йиіы]+", "й"),
    # Мария, Марыя; Дмитрий, Юры
    ("[иіый]+", "и"),
    ("[аоэеёя]", "а"),
    # ў, and у where a keyboard has no ў
    ("(?:(?<=[аоуэеёяю])|(?<=[бвгґджзклмнпрстўфхцчшщ][ыиі]))у(?![аоуэеёяюыиій])", "в|у"),
    ("[ую]", "у"),
    ("ў", "в"),
    ("[ґг]", "г"),
)
LATIN: tuple[Rule, ...] = (
    ("shch|šč|ŝ", "шч"), ("sch", "шч|ш"), ("tch|cz|č", "ч"), ("ch", "ч|х"), ("kh", "х"), ("zh|[žż]", "ж"),
    ("sh|sz|š", "ш"), ("gh", "г"), ("ph", "ф"), ("th", "т"), ("ck", "к"), ("x", "кс"), ("dzh|dž", "дж"),
    ("d(?:'*z)+", "д"),
    # tsekanne again: Tatsiana, Taćciana, Stsiapan, Matsvei, Maciej; before other letters ts is ц
    ("ts(?=[eijv]|$)|c(?=[eiy])", "ц|т"), ("t[sz]", "ц"), ("ć", "т"), ("cv", "цв|тв"), ("c", "к|ц"),
    ("h", "г|х"), ("[wŭ]", "в"), ("(?<=[aeo])u(?![aeou]|[iyj]+[^aeou]|[iyj]+$)", "в|у"),  # Kavaliou; Zhukouski
    # English ends of Александр and Пётр
    ("(?<=[dt])er$", "ар|р"),
    # Elena, Yelena; Yuliya, Iuliia, Julija; Iosif, Iya
    ("^e", "а|йа"), ("^[yj](?=[aeou])", "й"), ("^i(?=[aeou])", "й|и"),
    # after a vowel: Zoya; Sergei, Mikhail
    ("(?<=[aeou])[iyj]+(?=[aeou])", ""), ("(?<=[aeou])[iyj]+", "й"),
    # after a consonant: Aliaksandr or Yulia, which nobody can tell; Maryia, Julija; Solov'ev
    ("[iyj]{2,}(?=[aeou])", "и"), ("[iyj](?=[aeou])", "|и"), ("'(?=[aeou])", "|и"), ("'", ""), ("[iyj]+", "и"),
    ("[aeo]", "а"), ("u", "у"),
    ("b", "б"), ("d", "д"), ("f", "ф"), ("g", "г"), ("[kq]", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("p", "п"),
    ("r", "р"), ("s", "с"), ("t", "т"), ("v", "в"), ("z", "з"),
)  # fmt: skip
KEPT = frozenset("žżčšŝŭć")  # a mark that makes another sound; other marks on Latin letters are left out
LIGATURES = str.maketrans({"ł": "l", "đ": "d", "ß": "ss", "ı": "i", "æ": "ae", "œ": "oe", "ø": "o"})
UKRAINIAN = str.maketrans("їє", "іе")
# A sign that follows no consonant parts nothing.
PARTS_NOTHING = re.compile("(?<![бвгґджзклмнпрстўфхцчшщbcdfghklmnpqrstvwxz'žżčšŝŭć])[ьъ']+")


class Rules:
    """Rules as one pattern; a letter that no rule names stays what it is."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        found = list(rules)
        self._pattern = re.compile("|".join(f"({read})" for read, _ in found) + "|.", re.DOTALL)
        self._readings = [tuple(meant.split("|")) for _, meant in found]

    def readings(self, word: str) -> frozenset[str]:
        """Everything that a word may be, with doubled letters once; of very many readings the first."""
        slots = [self._at(found) for found in self._pattern.finditer(word)]
        made = ("".join(each) for each in islice(product(*slots), MOST_READINGS))
        return frozenset(DOUBLED.sub(r"\1", each) for each in made) - {""}

    def _at(self, found: re.Match[str]) -> tuple[str, ...]:
        return self._readings[found.lastindex - 1] if found.lastindex else (found.group(),)


OF_CYRILLIC, OF_LATIN = Rules(CYRILLIC), Rules(LATIN)


def folds(word: str) -> frozenset[str]:
    """What a word may be reduced to, as many results as it has readings. word: from tokens.cleaned()."""
    if HAS_CYRILLIC.search(word):
        return OF_CYRILLIC.readings(PARTS_NOTHING.sub("", word.translate(ALIKE).translate(UKRAINIAN)))
    if HAS_LATIN.search(word):
        return OF_LATIN.readings(PARTS_NOTHING.sub("", _without_marks(word.translate(LIGATURES))))
    return frozenset({word.replace("'", "")}) - {""}


def _without_marks(word: str) -> str:
    return "".join(letter if letter in KEPT else unicodedata.normalize("NFD", letter)[0] for letter in word)
