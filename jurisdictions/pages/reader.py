"""Names in the language of whoever reads a page, from the tables of the assessment; English where there is no other."""

from __future__ import annotations

from django.utils import dateformat
from django.utils.translation import get_language

from jurisdictions.assess.texts import TEXTS
from jurisdictions.country_names import country as in_a_sentence
from jurisdictions.models import State
from jurisdictions.pages import reasons

ALPHABETS = {"be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя", "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"}


def language() -> str:
    """The language of this request, if reasons can be read in it."""
    return reasons.chosen(get_language() or "")


def table(name: str) -> dict[str, str]:
    """One table of words: crimes, treaties, extra, languages, countries."""
    found: dict[str, str] = TEXTS[language()][name]
    return found


def state_name(state: State) -> str:
    """The name of a State."""
    return table("countries").get(state.iso2, state.name)


def country(code: str) -> str:
    """The name of a country as it stands alone, without an article; its code when nobody knows it."""
    return table("countries").get(code) or in_a_sentence(code).removeprefix("the ")


def languages_of(codes: list[str]) -> str:
    """Names of languages, with commas."""
    names = table("languages")
    return ", ".join(names.get(code, code) for code in codes)


def in_order(name: str) -> list[tuple[int, str]]:
    """What a list is sorted by: the places of the letters in the alphabet of the language."""
    alphabet = ALPHABETS.get(language(), "")
    return [(alphabet.find(letter), letter) for letter in name.casefold()]


def day(value: object) -> str:
    """16 November 2026."""
    return dateformat.format(value, "j E Y")  # type: ignore[arg-type]


def capital(text: str) -> str:
    """With a capital letter."""
    return text[:1].upper() + text[1:]
