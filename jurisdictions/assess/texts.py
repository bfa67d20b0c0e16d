"""Every code in words. One table for each staff language; English now, the keys are ready for others.

Placeholders: {name} a State or forum, {treaty} a treaty, {since}, {day}, {start} a day, {year} a year, {crime} a crime,
{facts} facts that would carry it. Values arrive as codes and days and are put into words here.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from jurisdictions.vocabulary import CRIME_FACTS, CRIMES, TREATIES

LANGUAGE = "en"
# One file a language: {"reasons": {code: text}, "missing": {path: text}}.
TEXTS: dict[str, dict[str, dict[str, str]]] = {
    file.stem: json.loads(file.read_text(encoding="utf-8"))
    for file in sorted((Path(__file__).resolve().parent / "wording").glob("*.json"))
}
# Paths of facts in the order in which they are asked when they weigh the same.
MISSING_ORDER = tuple(TEXTS[LANGUAGE]["missing"])
MONTHS = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )
}


def say(code: str, language: str = LANGUAGE, **values: Any) -> str:
    """The text of a reason, caution, step or sentence on the order."""
    return TEXTS[language]["reasons"][code].format(**_words(language, values))


def ask(code: str, language: str = LANGUAGE, **values: Any) -> str:
    """The text of a missing fact; code is its path in the facts, without indexes."""
    return TEXTS[language]["missing"][code].format(**{"facts": "", "name": ""} | _words(language, values))


def in_words(day: date, language: str = LANGUAGE) -> str:
    """A day as it is read aloud: 9 August 2020."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def _words(language: str, values: dict[str, Any]) -> dict[str, str]:
    return {key: _word(language, key, value) for key, value in values.items()}


def _word(language: str, key: str, value: Any) -> str:
    if isinstance(value, date):
        return in_words(value, language)
    if value is None:
        return "a day that is not known"
    if key == "facts":
        return " or ".join(CRIME_FACTS[code] for code in value)
    if key in {"mine", "theirs"}:
        return str(value).replace("_", " ")
    tables = {"treaty": TREATIES, "crime": CRIMES}
    return tables[key][value] if key in tables else str(value)
