"""Spellings of one name: Belarusian, Russian, and both in Latin letters. Two spellings meet when they share a key.

A key is what is left of a word when everything is dropped on which the spellings differ: akanne and yakanne (о, е, э, я
and а are one vowel), dzekanne and tsekanne (дз is д, ць is т), ў and в, г and h, soft signs, apostrophes, doubled
letters, capitals, accents. Where a spelling can be read in two ways (Latin "ia" is я or ия, "h" is г or х) it has two
keys. Given names that are other words in the other language (Уладзімір, Владимир) stand in given_names.csv.

Keys are coarse on purpose: a person looks at what they find. Names that differ in а, о, е alone meet (Лена, Лана).
Short forms do not meet long ones (Янка is not Іван): they are other names, and whoever looks for both types both.

Sources of the Latin spellings. Belarusian: Instruction on the transliteration of geographical names, 23 November 2000
No. 15, as changed 11 June 2007 No. 38 (United Nations, resolution X/6, 2012), and the Belarusian Latin alphabet behind
it; passports: Ministry of Internal Affairs, 9 October 2008 No. 288. Russian: ICAO Doc 9303 part 3 section 6 B, BGN/PCGN
1947, ISO 9:1995, and the usual English ways (Sergey, Alexander). Polish cz, sz, w, ł, as offices there write.
"""

from __future__ import annotations

from itertools import product

from cases.spelling.folding import folds
from cases.spelling.given import also
from cases.spelling.tokens import cleaned, words

__all__ = ["keys", "meet", "word_keys", "words"]
MOST_KEYS = 4096  # of one name
MOST_WORDS = 6


def word_keys(word: str) -> frozenset[str]:
    """The keys of one word, of Cyrillic letters and digits; none for a word of signs alone.

    Nothing is remembered: the words may come from an account.
    """
    found = folds(cleaned(word))
    return found | also(found)


def keys(name: str) -> frozenset[str]:
    """The keys of a whole name, whatever the order of its words: "Каваль Іван" and "Ivan Koval" share one.

    Each is the sorted keys of the words, one space between. Every word counts: with a patronymic it is another name.
    For comparing names that are kept as keyed hashes, hash each key; two names may be one when the sets meet. A name of
    very many readings keeps the first MOST_KEYS, and words after the MOST_WORDSth are passed over. Empty for a text
    without a word.
    """
    parts = [sorted(found) for found in map(word_keys, words(name)) if found][:MOST_WORDS]
    if not parts:
        return frozenset()
    most = int(MOST_KEYS ** (1 / len(parts)))
    return frozenset(" ".join(sorted(each)) for each in product(*(part[:most] for part in parts)))


def meet(one: str, other: str) -> bool:
    """May these two be spellings of one name?"""
    return not keys(one).isdisjoint(keys(other))
