"""Every code in words, one table for each staff language. Rules speak in codes; words are put to them here, at the end.

Placeholders: {name}, {other}, {about}, {named} a State or forum; {treaty} a treaty; {since}, {day}, {start} a day;
{year} a year; {crime} a crime; {facts} facts that would carry it; {what} a remark of a base; {who} a suspect.
Provisions, formalities and warnings of the files stay in the language of their file.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from jurisdictions.vocabulary import CRIME_FACTS, CRIMES, EXTRA, LANGUAGES, TREATIES

LANGUAGE = "en"
# One file a language: {"reasons": {code: text}, "missing": {path: text}, "words": {code: word}, "months": [...], ...}.
TEXTS: dict[str, dict[str, Any]] = {
    file.stem: json.loads(file.read_text(encoding="utf-8"))
    for file in sorted((Path(__file__).resolve().parent / "wording").glob("*.json"))
}
TEXTS[LANGUAGE] |= {
    "crimes": CRIMES, "treaties": TREATIES, "crime_facts": CRIME_FACTS, "languages": LANGUAGES, "extra": EXTRA,
    "countries": {},
}  # fmt: skip
# Paths of facts in the order in which they are asked when they weigh the same.
MISSING_ORDER = tuple(TEXTS[LANGUAGE]["missing"])


class Place(NamedTuple):
    """A State or court: its code, and its English name where no table has another."""

    code: str | None
    english: str

    def __str__(self) -> str:
        """The English name."""
        return self.english


def say(code: str, language: str = LANGUAGE, **values: Any) -> str:
    """The text of a reason, step or sentence on the order."""
    return str(TEXTS[language]["reasons"][code]).format(**_words(language, values))


def warn(code: str, language: str = LANGUAGE, **values: Any) -> str:
    """The text of a caution: one of its own, or the remark of a base."""
    if code in EXTRA:
        return f"{TEXTS[language]['extra'][code]}."
    return say(code, language, **values)


def ask(code: str, language: str = LANGUAGE, **values: Any) -> str:
    """The text of a missing fact; code is its path in the facts, without indexes."""
    return str(TEXTS[language]["missing"][code]).format(**{"facts": "", "name": ""} | _words(language, values))


def in_words(day: date, language: str = LANGUAGE) -> str:
    """A day as it is read aloud: 9 August 2020."""
    return f"{day.day} {TEXTS[language]['months'][day.month - 1]} {day.year}"


def listed(words: Iterable[str], language: str = LANGUAGE) -> str:
    """a, b or c."""
    found = list(words)
    joined = [", ".join(found[:-1]), found[-1]] if len(found) > 1 else found
    return f" {word('or', language)} ".join(joined)


def word(code: str, language: str = LANGUAGE) -> str:
    """The word of a code."""
    return str(TEXTS[language]["words"][code])


def _words(language: str, values: dict[str, Any]) -> dict[str, str]:
    return {key: _word(language, key, value) for key, value in values.items()}


def _word(language: str, key: str, value: Any) -> str:
    if isinstance(value, Place):
        return _place(language, value)
    if isinstance(value, date):
        return in_words(value, language)
    if key in KINDS:
        return KINDS[key](language, value)
    return word("no_day", language) if value is None else str(value)


def _place(language: str, place: Place) -> str:
    if place.code is None:
        return word("no_country", language)
    return str(TEXTS[language]["countries"].get(place.code, place.english))


def _languages(language: str, codes: Iterable[str]) -> str:
    names = TEXTS[language]["languages"]
    return listed([names.get(code, code) for code in codes], language) or word("no_language", language)


# What a placeholder holds when it is a code, and how it becomes words.
KINDS: dict[str, Callable[[str, Any], str]] = {
    "facts": lambda language, codes: listed([TEXTS[language]["crime_facts"][code] for code in codes], language),
    "crime": lambda language, code: str(TEXTS[language]["crimes"][code]),
    "treaty": lambda language, code: str(TEXTS[language]["treaties"][code]),
    "what": lambda language, code: str(TEXTS[language]["extra"][code]),
    "mine": lambda language, code: word(code, language),
    "theirs": lambda language, code: word(code, language),
    "office": lambda language, code: word(code, language),
    "who": lambda language, code: code or word("no_suspect", language),
    "channels": lambda language, channels: listed(channels, language) or word("no_channel", language),
    "languages": _languages,
}
