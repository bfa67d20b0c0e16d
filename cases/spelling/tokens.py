"""Words in a text, as they stand there, and as they are compared: without accents, invisible marks and capitals."""

from __future__ import annotations

import re
import unicodedata

APOSTROPHES = "'’ʼ‘`´′ʹ＇"
# What stands inside a word without being read: accents and vowel signs, soft hyphens, joiners, marks of direction.
UNREAD = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640"
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
)
WORD = re.compile(rf"[\w{APOSTROPHES}{UNREAD}]+")
_UNREAD = re.compile(f"[{UNREAD}_]")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")


def words(text: str) -> list[str]:
    """The words of a text, as they are written. A hyphen parts words, an apostrophe does not."""
    return [word for word in WORD.findall(text) if any(map(str.isalnum, word))]


def cleaned(word: str) -> str:
    """A word in small letters, composed, without what is not read; apostrophes only inside, all of one kind.

    An accent that makes a letter of its own (й, ў, ё, š) is part of the letter, however it was typed.
    """
    plain = unicodedata.normalize("NFKC", _APOSTROPHE.sub("'", word)).casefold()
    return _UNREAD.sub("", unicodedata.normalize("NFC", plain)).strip("'")
