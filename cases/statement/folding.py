"""Typed names made comparable: letters that people leave out, mix up or write in another alphabet count as the same."""

from __future__ import annotations

import re
import unicodedata

ALIKE = str.maketrans("aceiopxyty", "асеиорхуту")  # Latin letters inside a Cyrillic word
SAME = str.maketrans("ўіґ", "уиг")
ARABIC = str.maketrans("أإآٱؤئىةپگچژکی", "ااااويي" + "هبججزكي")
ARTICLE = "ال"
APOSTROPHES = re.compile("['’ʼʻ`´‘\u0640]")
BETWEEN = re.compile(r"[^\w]+|_+|(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)")
LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip


def folded(text: str) -> str:
    """Words with single spaces, without case, marks and apostrophes; ё as е, ў as у, і as и."""
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text.casefold())).translate(SAME)
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign)).translate(ARABIC)
    return " ".join(_word(word) for word in BETWEEN.split(bare) if word)


def words(text: str) -> tuple[str, ...]:
    """The folded words; letters and digits that stand together are two words, as in "ИК17"."""
    return tuple(folded(text).split())


def in_latin(word: str) -> str:
    """A folded word as it is often written in Latin letters."""
    return "".join(LATIN.get(sign, sign) for sign in word).replace("kh", "h").replace("ii", "i")


def _word(word: str) -> str:
    if re.search("[а-я]", word):
        word = word.translate(ALIKE)
    return word.removeprefix(ARTICLE) if len(word) > 4 else word
