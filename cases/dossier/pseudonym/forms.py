"""The grammatical forms of a name in Belarusian and Russian, and those in Latin letters, letter by letter.

More forms come out than there are: one that nobody uses replaces nothing. They serve where the keys of cases.spelling
are too coarse (Зоя and за share one) and where a stem changes: Павел, Павла; Вольга, Вользе; Кравец, Кравца.
"""

from __future__ import annotations

import re

from cases.dossier.pseudonym.folding import CYRILLIC, plain

MASCULINE = (
    "", "а", "у", "ом", "ам", "ем", "е", "ы", "и", "я", "ю", "ов", "ав", "ев", "ами", "ах", "ям", "ями", "ях",
    "ови", "еви", "ь", "й",
)  # fmt: skip
FEMININE = (
    "а", "я", "ы", "и", "е", "э", "у", "ю", "ой", "ай", "ей", "яй", "эй", "ою", "аю", "ею", "яю", "ам", "ям",
    "ами", "ями", "ах", "ях", "о", "",
)  # fmt: skip
OF_FAMILY = (
    "", "а", "у", "ым", "им", "е", "ой", "ай", "ою", "аю", "ы", "и", "ых", "их", "ыми", "ими", "ую",
)  # fmt: skip
ADJECTIVE = (
    "ий", "ый", "ы", "и", "ого", "его", "ага", "яга", "ому", "ему", "аму", "яму", "им", "ым", "ом", "ем", "ая",
    "яя", "ой", "ай", "ей", "яй", "ую", "юю", "ою", "аю", "ие", "ые", "ия", "ыя", "их", "ых", "ими", "ыми",
)  # fmt: skip
OF_SHORT = ("", "й", "я", "ю", "ем", "е", "и", "м")
POSSESSIVE = re.compile(r"(?:ин|ын|ов|ев|ав)а?\Z")  # of family names such as Кавалёва
OF_ADJECTIVE = re.compile(r"(?:ий|ый|ой|ая|яя|ски|цки)\Z")
OWNED = ("ин", "ын", "ов", "ав", "ев")  # what belongs to somebody: Наташин, Иванов; they go on like family names
VOWELS = "аоуэеыияю"
SOFTENED = {"г": "з", "к": "ц", "х": "с", "т": "ц", "д": "дз"}  # Вользе, Наталцы, Маргарыце, Зінаідзе
LEAST_OF_FAMILY = 4  # letters before -ов: Лев is none of these

# A letter in Latin: as passports of both countries write it, and as people do.
LATIN = {
    "а": ("a",), "б": ("b",), "в": ("v", "w"), "г": ("h", "g"), "д": ("d",), "е": ("e", "ie", "ye", "je"),
    "ж": ("zh",), "з": ("z",), "и": ("i", "y"), "й": ("i", "y", "j"), "к": ("k",), "л": ("l",), "м": ("m",),
    "н": ("n",), "о": ("o",), "п": ("p",), "р": ("r",), "с": ("s",), "т": ("t",), "у": ("u",), "ф": ("f",),
    "х": ("kh", "h", "ch"), "ц": ("ts", "c"), "ч": ("ch", "cz"), "ш": ("sh", "sz"), "щ": ("shch",), "ы": ("y",),
    "ь": ("",), "э": ("e",), "ю": ("iu", "yu", "ju"), "я": ("ia", "ya", "ja"), "ъ": ("",),
}  # fmt: skip
# Endings that Lithuanian, Polish and German put on a foreign name, in the sentences of a filing; longest first.
OF_FILING = (
    "iemu", "iego", "owie", "iams", "iaus", "owi", "ego", "emu", "ami", "ach", "iem", "iej", "iui", "ams", "oje",
    "yje", "iai",
    "as", "is", "us", "ys", "os", "es", "ės", "ui", "io", "ią", "iu", "ei", "ai", "oj", "ej", "em", "om", "ie", "ów",
    "ym", "ą", "į",
    "ų", "ę", "ė", "o", "u", "a", "e", "y", "i", "s",
)  # fmt: skip
SHORTEST = 3  # letters that are left of a name


def without_endings(word: str) -> tuple[str, ...]:
    """What may be left of a word of Latin letters, in small letters, without an ending of a language of filing."""
    if CYRILLIC.search(word):
        return ()
    found = (word.removesuffix(ending) for ending in OF_FILING if word.endswith(ending))
    return tuple(dict.fromkeys(base for base in found if len(base) >= SHORTEST))


def forms(word: str, *, is_given: bool = False) -> frozenset[str]:
    """Every form of a name of Cyrillic letters, as plain() gives it; of other letters with the endings they may get.

    is_given: a given name, of which words for what belongs to the person are made too.
    """
    name = plain(word)
    if not CYRILLIC.search(name):
        return frozenset({name, *(name + ending for ending in ("s", "a", "u", "em", "om", "owi", "ie", "y", "o"))})
    made = set(_declined(name))
    base = name.rstrip("аяьй")
    if len(base) > 2 and (is_given or base != name.rstrip("ьй")) and not OF_ADJECTIVE.search(name):
        made |= {base + owned + ending for owned in OWNED for ending in OF_FAMILY}
    return frozenset(made | {name})


def in_latin(word: str) -> frozenset[str]:
    """The usual Latin spellings of one plain Cyrillic word, each with one way for all its letters."""
    if not CYRILLIC.search(word):
        return frozenset()
    return frozenset("".join(_way(letter, number) for letter in word) for number in range(4))


def _way(letter: str, number: int) -> str:
    ways = LATIN.get(letter, (letter,))
    return ways[min(number, len(ways) - 1)]


def _declined(name: str) -> set[str]:
    if OF_ADJECTIVE.search(name):
        base = OF_ADJECTIVE.sub(lambda found: found[0][:-2] if len(found[0]) == 2 else found[0][:-1], name)
        return {base + ending for ending in ADJECTIVE}
    family = POSSESSIVE.search(name)
    if family and family.start() >= LEAST_OF_FAMILY - 1:
        base = name.removesuffix("а")
        return {base + ending for ending in OF_FAMILY}
    if name[-1] in "ыи":  # Юры, Дзмітры
        return {name[:-1] + vowel + ending for vowel in "ыи" for ending in OF_SHORT}
    if name[-1] in VOWELS:
        return {base + ending for base in _feminine(name) for ending in FEMININE + MASCULINE[1:7]}
    return {base + ending for base in _masculine(name) for ending in MASCULINE}


def _feminine(name: str) -> set[str]:
    base = name[:-1]
    last = base[-1:]
    return {base, base[:-1] + SOFTENED[last]} if last in SOFTENED else {base}


def _masculine(name: str) -> set[str]:
    """The base, without the last soft sign, and without a vowel that flees: Павел, Кравец, Лев."""
    base = name.rstrip("ьй")
    bases = {base}
    if len(base) > 2 and base[-2] in VOWELS and base[-1] not in VOWELS:
        bases |= {base[:-2] + base[-1], base[:-2] + "ь" + base[-1], base[:-2] + "й" + base[-1]}
    return bases
