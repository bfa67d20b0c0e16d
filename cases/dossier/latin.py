"""Cyrillic names in Latin letters as passports have them: ICAO Doc 9303, part 3, section 6, table B.

Belarusian has h for г and io for ё. What the table does not know stays as it is, so nothing is lost.
"""

from __future__ import annotations

from types import MappingProxyType

COMMON = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ie", "ы": "y", "ь": "", "э": "e", "ю": "iu",
    "я": "ia",
}  # fmt: skip
OWN = {
    "be": {"г": "h", "ё": "io", "і": "i", "ў": "u", "'": "", "’": ""},
    "uk": {"и": "y", "і": "i", "ї": "i", "є": "ie", "ґ": "g"},
}
TABLES = MappingProxyType({code: COMMON | own for code, own in OWN.items()} | {"ru": COMMON})


def in_latin(name: str, language: str) -> str:
    """The name in Latin letters; empty where nothing of it is Cyrillic, or the language is not one of ours."""
    table = TABLES.get(language.split("-")[0])
    if table is None or not any("\u0400" <= sign <= "\u04ff" for sign in name):
        return ""
    return " ".join(_word(word, table) for word in name.split())


def _word(word: str, table: dict[str, str]) -> str:
    made = [table.get(sign.lower(), sign) for sign in word]
    if len(word) > 1 and word.isupper():
        return "".join(made).upper()
    return "".join(each.capitalize() if sign.isupper() else each for sign, each in zip(word, made, strict=True))
