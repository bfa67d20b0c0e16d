"""Names of States and languages in running English ("the Netherlands")."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

LANGUAGES = {
    "ar": "Arabic", "be": "Belarusian", "de": "German", "en": "English", "fa": "Persian", "fr": "French",
    "lt": "Lithuanian", "lv": "Latvian", "pl": "Polish", "ru": "Russian", "uk": "Ukrainian",
}  # fmt: skip
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "ps", "ckb")


def country(code: str) -> str:
    """The English name for an ISO 3166 alpha-2 code; the code itself when it is not in our list."""
    return _countries().get(code, code)


def language(code: str) -> str:
    """The English name of a language; its code when it is not in our list."""
    return LANGUAGES.get(code.split("-")[0], code)


def direction(code: str) -> str:
    """ "rtl" or "ltr" for a language code."""
    return "rtl" if code.split("-")[0] in RIGHT_TO_LEFT else "ltr"


@cache
def _countries() -> dict[str, str]:
    path = Path(__file__).with_name("countries.csv")
    with path.open(encoding="utf-8", newline="") as source:
        return {row["iso2"]: row["name"] for row in csv.DictReader(source)}
