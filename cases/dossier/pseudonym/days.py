"""Days in a text: the birth date becomes its year, other days their month unless an element of a crime needs them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from cases.dossier.pseudonym.folding import fold, folded
from cases.dossier.pseudonym.spans import Span
from cases.dossier.pseudonym.table import BIRTH_DATE
from cases.dossier.pseudonym.wording import LEFT_OUT
from cases.dossier.variant import Variant, codes, find
from cases.statement.days import MONTHS, MONTHS_OF_DAY

DAY = "day"  # the kind of a day that became its month
ISO = re.compile(r"\d{4}-\d\d-\d\d\Z")
CENTURY = 40  # of a year in two digits: up to here it is of this century
MONTHS_IN_LATIN = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MORE = {"sept": 9, "траўня": 5, "траўні": 5, "травень": 5, "траўнем": 5, "маі": 5, "маем": 5, "мае": 5}


@dataclass(frozen=True, slots=True)
class Needed:
    """The days that stay: of the acts and of the displacement, as confirmed. spans: ISO days, first and last."""

    spans: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, confirmed: dict[str, Any]) -> Needed:
        """What an element rests on: custody and treatment between two days, and the day of crossing a border."""
        acts = [_ends(act) for act in confirmed.get("acts", ())]
        moved = str((confirmed.get("displacement") or {}).get("date") or "")
        return cls(tuple(each for each in (*acts, (moved, moved)) if ISO.match(each[0]) and ISO.match(each[1])))

    def has(self, year: int | None, month: int, day: int) -> bool:
        """Is this day needed? Without a year it is meant in any."""
        years = [year] if year else sorted({int(end[:4]) for each in self.spans for end in each})
        return any(first <= f"{y:04}-{month:02}-{day:02}" <= last for y in years for first, last in self.spans)

    def coarse(self, on: str) -> str:
        """An ISO day as it is, or its month; months and years stay."""
        if not ISO.match(on) or self.has(int(on[:4]), int(on[5:7]), int(on[8:])):
            return on
        return on[:7]


def _ends(act: dict[str, Any]) -> tuple[str, str]:
    first, last = (str(act.get(key) or "") for key in ("from", "to"))
    return first or last, last or first


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as it stands in a text. days: none, one, or first and last. is_sure: not a time of day or a fraction."""

    start: int
    end: int
    year: int | None
    month: int
    days: tuple[int, ...]
    is_sure: bool


class Days:
    """Every date of a text that is not needed to the day. born: ISO day, month, year or "". words: the variant."""

    def __init__(self, born: str, needed: Needed, words: Variant, *, coarsens: bool = True) -> None:
        self._born = [int(part) for part in born.split("-")] if born else []
        self._needed, self._words, self._coarsens = needed, words, coarsens

    def spans(self, text: str, language: str) -> Iterator[Span]:
        """Places of dates; of two that overlap the longer one comes first."""
        clear = folded(text)
        for each in dates_in(clear.text):
            kind = BIRTH_DATE if self._is_birth(each) else DAY
            if kind == BIRTH_DATE or (self._coarsens and self._is_too_fine(each)):
                said = self._year(each) if kind == BIRTH_DATE else self._month(each, language)
                yield Span(*clear.place(each.start, each.end), kind, said)

    def _is_birth(self, found: Dated) -> bool:
        if len(self._born) < 2 or found.month != self._born[1]:
            return False
        is_day = len(self._born) == 3 and self._born[2] in found.days
        return found.year == self._born[0] or (found.year is None and is_day)

    def _is_too_fine(self, found: Dated) -> bool:
        needed = (self._needed.has(found.year, found.month, day) for day in found.days)
        return found.is_sure and not all(needed)

    def _year(self, found: Dated) -> str:
        return f"[{found.year}]" if found.year else LEFT_OUT

    def _month(self, found: Dated, language: str) -> str:
        if language in MONTHS:
            name = MONTHS[language][found.month - 1]
            return f"[{name} {found.year}]" if found.year else f"[{name}]"
        if found.year:
            return f"[{self._words.day(f'{found.year:04}-{found.month:02}')}]"
        return LEFT_OUT


def dates_in(text: str) -> Iterator[Dated]:
    """Every date with a month in a folded text, with a day where one stands; what cannot be a day is none."""
    for pattern in _patterns():
        for found in pattern.finditer(text):
            made = _dated(found)
            if 1 <= made.month <= 12 and all(1 <= day <= 31 for day in made.days):
                yield made


def _dated(found: re.Match[str]) -> Dated:
    parts = found.groupdict()
    month = parts.get("month") or ""
    number = int(month) if month.isdigit() else _months().get(month, 0)
    days = tuple(int(parts[name]) for name in ("first", "day") if parts.get(name))
    is_sure = bool(parts.get("year")) or not month.isdigit()
    return Dated(found.start(), found.end(), _year_of(parts.get("year")), number, days, is_sure)


def _year_of(typed: str | None) -> int | None:
    if not typed:
        return None
    year = int(typed)
    return year if year > 99 else year + (2000 if year <= CENTURY else 1900)


@cache
def _months() -> dict[str, int]:
    """By the folded name of a month its number, in every language of a form or a filing."""
    lists = [*MONTHS.values(), *MONTHS_OF_DAY.values(), MONTHS_IN_LATIN]
    lists += [months for code in codes() for months in find(code).find("dates.months").values()]
    found = {fold(str(name)): number for months in lists for number, name in enumerate(months, start=1)}
    return found | _declined(found) | {fold(name): number for name, number in MORE.items()}


def _declined(names: dict[str, int]) -> dict[str, int]:
    """Further cases of the Cyrillic names: в августе, у жніўні, с мартом."""
    bases = {name.rstrip("аьйя"): number for name, number in names.items() if name[:1] > "z" and len(name) > 4}
    return {base + end: number for base, number in bases.items() for end in ("е", "и", "ю", "у", "ем", "ом", "ам")}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    gap, some = r"[^\S\n]{0,3}\n?[^\S\n]{0,3}", r"(?=\s)[^\S\n]{0,3}\n?[^\S\n]{0,3}"  # no more than the end of a line
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    month = rf"(?P<month>{names})(?!\w)\.?"
    nth = r"(?:-?(?:га|го|ага|ого|е|ае|ое|му|аму|ому|st|nd|rd|th)(?!\w))?\.?"
    year = rf"(?:,?{gap}(?:у|в|in|of|de)?{gap}(?P<year>(?:19|20)\d\d))?"
    return tuple(
        re.compile(pattern)
        for pattern in (
            r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
            r"(?<![\d.])(?P<day>\d{1,2})\s?[./\-]\s?(?P<month>\d{1,2})\s?[./\-]\s?(?P<year>(?:(?:19|20)\d\d|\d\d))(?!\d)",
            r"(?<![\d.,:])(?P<day>\d{1,2})[./](?P<month>\d{2})(?![\d.:])",
            rf"(?<!\d)(?:(?P<first>\d{{1,2}}){nth}{gap}(?:[-–—]|по|да|и|to|and){gap})?(?P<day>\d{{1,2}})"
            rf"{nth}{gap}(?:of{some})?{month}{year}",
            rf"(?<!\w){month}{some}(?:the{some})?(?P<day>\d{{1,2}})(?!\d){nth}{year}",
            rf"(?P<year>(?:19|20)\d\d){gap}m\.{gap}{month}{gap}(?P<day>\d{{1,2}}){gap}d\.",
            rf"(?<!\w){month},?{gap}(?P<year>(?:19|20)\d\d)",
        )
    )
