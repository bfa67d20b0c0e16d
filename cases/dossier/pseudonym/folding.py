"""One word as it is compared letter by letter: no capitals, accents and invisible signs; look-alikes are one letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from cases.spelling.tokens import UNREAD, cleaned

CYRILLIC, LATIN = re.compile("[\u0400-\u052f]"), re.compile("[a-z\u00df-\u024f]")
SAME = str.maketrans(
    {"ё": "е", "ў": "у", "і": "и", "ї": "и", "ґ": "г", "'": "", "ł": "l", "ß": "ss", "ı": "i", "ӏ": "и"}
)
# Letters that are typed for others, where a keyboard has none or to deceive; the Greek ones for both.
TO_CYRILLIC = str.maketrans("aceopxyikmhtbvαερκοτυχιημνβ", "асеорхуикмнтвваеркотухинмвв")
TO_LATIN = str.maketrans("асеорхуікмтвһѕјαερκοτυχιημνβ", "aceopxyikmtbhsjaepkotyxihmvb")
ALIKE = frozenset("aceopxyikmhtbv")


def plain(word: str) -> str:
    """The word in the letters that it shows most of: all Cyrillic if it has a Cyrillic letter, else Latin."""
    small = cleaned(word)
    if CYRILLIC.search(small):
        return small.translate(TO_CYRILLIC).translate(SAME)
    return small.translate(TO_LATIN).translate(SAME)


def readings(word: str) -> frozenset[str]:
    """Everything that a word may be read as: a mixed one in both alphabets, and one of look-alikes alone as well."""
    small = cleaned(word)
    found = {plain(word)}
    if CYRILLIC.search(small) and LATIN.search(small):
        found.add(small.translate(TO_LATIN).translate(SAME))
    elif small and set(small) <= ALIKE:
        found.add(small.translate(TO_CYRILLIC).translate(SAME))
    return frozenset(found) - {""}


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in small letters without what is not read, and for each of its letters where it stood."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the folded text that is not empty stood."""
        return self.starts[start], self.ends[end - 1]


def folded(text: str) -> Folded:
    """For patterns of digits and common words: capitals, accents, widths and invisible signs hide nothing from them."""
    letters, starts, ends = list[str](), list[int](), list[int]()
    for at, cluster in _clusters(text):
        for letter in fold(cluster):
            letters.append(letter)
            starts.append(at)
            ends.append(at + len(cluster))
    return Folded("".join(letters), tuple(starts), tuple(ends))


def fold(text: str) -> str:
    """A text as folded() reads it."""
    whole = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text)).casefold()
    return _UNREAD.sub("", whole).translate(SAME)


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each letter with the marks that follow it."""
    for found in _CLUSTER.finditer(text):
        yield found.start(), found.group()


_UNREAD = re.compile(f"[{UNREAD}]")
_CLUSTER = re.compile(f".[{UNREAD}]*", re.DOTALL)
