"""With which signs a word may begin that has a key: so that most words of a text are passed over unread."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

# By the first letter of a key what words with it begin with: small letters, the Latin ones without marks.
INITIALS = {
    "а": "аоэaeo", "й": "йеёюяиіїєyjie", "и": "иіыйїijy", "у": "уюuy", "в": "вўуbvwu", "б": "бb", "г": "гґgh",
    "д": "дd", "ж": "жzd", "з": "зz", "к": "кkqcx", "л": "лl", "м": "мm", "н": "нnh", "п": "пp", "р": "рrp", "с": "сsc",
    "т": "тtcц", "ф": "фfp", "х": "хhkcx", "ц": "цtc", "ч": "чct", "ш": "шщs",
}  # fmt: skip
UNREAD = "ьъЬЪ"
OTHERS = {"ł": "l", "đ": "d", "ı": "i", "ø": "o", "æ": "a", "œ": "o"}  # letters that are no others with a mark


@cache
def initials(first: str) -> frozenset[str]:
    """Every sign with which a word may begin whose key begins with this letter, capitals and marked ones too."""
    return frozenset("".join(_written().get(letter, letter) for letter in INITIALS.get(first, first)))


def all_initials(keys: Iterable[str]) -> frozenset[str]:
    """The same for the keys of several words; a sign that nobody reads may come first."""
    return frozenset(UNREAD).union(*(initials(first) for first in {key[0] for key in keys}))


@cache
def _written() -> dict[str, str]:
    """By a letter every sign that is this letter with a mark, as a capital, or in another width."""
    found: dict[str, str] = {}
    for sign in map(chr, range(0x10000)):
        if sign.isalnum():
            plain = unicodedata.normalize("NFKC", sign).casefold()
            for base in {plain[:1], OTHERS.get(plain[:1], ""), unicodedata.normalize("NFD", plain)[:1]}:
                found[base] = found.get(base, "") + sign
    return found
