"""What is found by how it is written: contacts, numbers of papers, cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from cases.dossier.pseudonym.folding import ALIKE, TO_CYRILLIC, fold, folded
from cases.dossier.pseudonym.spans import Span
from cases.dossier.pseudonym.table import CONTACT, DOCUMENT, Term
from cases.dossier.pseudonym.wording import LEFT_OUT, said

CELL = "cell"  # the kind of the number of a cell
ANY = re.compile(
    r"(?<![\w.+\-])[\w.+\-]{1,64}\s?@\s?[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}"  # mail
    r"|(?:https?://|www\.)\S+|(?<!\w)(?:t\.me|wa\.me|vk\.com|ok\.ru|fb\.com|(?<!-)[\w\-]{1,63}\.(?:com|org|net|by|ru|me))/\S+"
    r"|(?<![\w.])@\w{3,}"  # a name in a messenger
    r"|(?<!\w)\+\d{1,4}(?:[\s\-().]{0,2}\d{2,7}){2,5}(?!\d)|(?<!\d)8[\s\-(]{0,2}0\d{2}(?:[\s\-().]{0,2}\d{2,7}){1,4}(?!\d)"
)
SEPARATORS = r"[\s\-–—./()]{0,4}"
DIGITS, LABEL = re.compile(r"\d"), re.compile(r"\A[^\W\d]+")
LEAST_OF_PHONE, LEAST_OF_NUMBER = 7, 4  # digits
PAPER = re.compile(r"(?<!\w)(?:[^\W\d_]{1,3}[\s\-]?)?(?:\d[\s\-–./]?){4,}(?:[^\W\d_]{1,2}\d*(?:[^\W\d_]{2}\d)?)?(?!\w)")
SHOWN_DIGITS = 2
# «камера № 14», "у 14-й камеры", "cell no. 14", folded; a number in words as well.
ROOM = r"(?:камер|камэр|хат)(?:а|ы|у|е|и|ой|ай|ою|аю|ам|ах|ами)?|cells?|cel[aiąę]|kamer\w{0,3}|zell\w{1,3}"
ORDINAL = (
    r"(?:перш|перв|друг|втор|трэц|трет|чацв|четв|пят|шост|шест|сем|сед|сьом|васьм|восьм|дзевят|девят|дзесят|десят"
    r"|адзинац|одинн|двана|двена|трына|трина|чатыр|четыр|пятна|шасна|шестна|сямна|семна|васямна|восемна|дзевятна|девятна|дваццац|двадцат|трыццац|тридцат)"
    r"\w{1,12}"
)
NUMBER = r"(?:№|#|номер\w{0,2}|нумар\w{0,2}|n[or]?\.?|number|nr\.?|num\.?)"
CELLS = (
    re.compile(
        rf"(?<!\w)(?:{ROOM})(?!\w)[\s,:\-«\"]{{0,3}}(?P<cut>(?:{NUMBER}\s{{0,3}})?\d{{1,4}}(?:[-/]?\w{{1,3}}(?!\w))?)"
    ),
    re.compile(
        rf"(?<!\w)(?P<cut>(?:{NUMBER}\s{{0,3}})?\d{{1,4}}(?:\s?-?\s?[^\W\d_]{{1,4}})?)\s{{1,3}}(?:{ROOM})(?!\w)"
    ),
    re.compile(rf"(?<!\w)(?:{ROOM})\s{{1,3}}{NUMBER}\s{{1,3}}(?P<cut>{ORDINAL})(?!\w)"),
    re.compile(rf"(?<!\w)(?P<cut>{ORDINAL})\s{{1,3}}(?:{ROOM})(?!\w)"),
)


class Contacts:
    """Phone numbers, mail, names in messengers and links: those of the table, and whatever else looks like one."""

    def __init__(self, terms: Iterable[Term]) -> None:
        made = chain.from_iterable(_of_contact(term.text) for term in terms)
        self._patterns = [re.compile(each) for each in dict.fromkeys(made)]

    def spans(self, text: str, language: str) -> Iterator[Span]:
        """Every one of them."""
        clear, shown = folded(text), f"[{said('things', 'contact', language)}]"
        for pattern in (ANY, *self._patterns):
            for found in pattern.finditer(clear.text):
                end = found.end() - len(found[0]) + len(found[0].rstrip(".,;:!?)»\"'"))
                yield Span(*clear.place(found.start(), max(end, found.start() + 1)), CONTACT, shown)


class Documents:
    """Numbers of papers, cut to the last two digits, whatever stands between their signs."""

    def __init__(self, terms: Iterable[Term]) -> None:
        numbers = dict.fromkeys(chain.from_iterable(numbers_in(term.text) for term in terms))
        self._patterns = [(re.compile(_spaced(number)), last_digits(number)) for number in numbers]

    def spans(self, text: str, language: str) -> Iterator[Span]:
        """Every one of them."""
        clear = folded(text)
        for pattern, shown in self._patterns:
            for found in pattern.finditer(clear.text):
                yield Span(*clear.place(found.start(), found.end()), DOCUMENT, shown)


class Cells:
    """The number of a cell; that it was a cell stays."""

    def spans(self, text: str, language: str) -> Iterator[Span]:
        """Every number that stands with a word for a cell."""
        clear = folded(text)
        for pattern in CELLS:
            for found in pattern.finditer(clear.text):
                yield Span(*clear.place(*found.span("cut")), CELL, LEFT_OUT)


def numbers_in(text: str) -> list[str]:
    """Numbers of papers in what somebody typed: letters and digits, folded, without separators; with enough digits."""
    clear = fold(text)
    found = PAPER.findall(clear)
    whole = [re.sub(r"\W", "", each) for each in found]
    alone = [LABEL.sub("", each) for each in whole]  # what stands before may be a word for the paper
    return [each for each in dict.fromkeys([*whole, *alone]) if len(DIGITS.findall(each)) >= LEAST_OF_NUMBER]


def last_digits(number: str) -> str:
    """What is shown of the number of a paper."""
    return f"[…{''.join(DIGITS.findall(number))[-SHOWN_DIGITS:]}]"


def _of_contact(text: str) -> Iterator[str]:
    """Patterns for what was typed as a contact: its digits, its name, and its mail."""
    clear = fold(text)
    for number in re.findall(r"\+?\d(?:[\s\-().]{0,3}\d){6,14}", clear):
        digits = "".join(DIGITS.findall(number))[-LEAST_OF_PHONE:]  # with any code of a country and a town before it
        yield rf"\+?(?<!\d)(?:\d{SEPARATORS}){{0,8}}{SEPARATORS.join(digits)}(?!\d)"
    for name in re.findall(r"[\w.+\-]*[^\W\d][\w.+\-]{2,}(?:@[\w.\-]+)?", clear):
        if "@" in name or "@" + name in clear or name == clear.strip() or re.search(r"[\d_.]", name):
            yield rf"(?<!\w)@?{re.escape(name)}(?!\w)"
            if "@" in name:
                yield rf"(?<!\w)@?{re.escape(name.partition('@')[0])}(?!\w)"


def _spaced(number: str) -> str:
    signs = (_sign(letter) for letter in number)
    return rf"(?<!\w){SEPARATORS.join(signs)}(?!\d)"


def _sign(letter: str) -> str:
    """A letter in both alphabets where they look alike: МР and MP."""
    other = letter.translate(TO_CYRILLIC)
    latin = next((each for each in ALIKE if each.translate(TO_CYRILLIC) == letter), letter)
    return f"[{re.escape(letter)}{re.escape(other)}{re.escape(latin)}]"
