"""Names of States and languages in running English ("the Netherlands")."""

from __future__ import annotations

from jurisdictions.country_names import country

__all__ = ["LANGUAGES", "RIGHT_TO_LEFT", "country", "direction", "language"]
LANGUAGES = {
    "ar": "Arabic", "be": "Belarusian", "de": "German", "en": "English", "fa": "Persian", "fr": "French",
    "lt": "Lithuanian", "lv": "Latvian", "pl": "Polish", "ru": "Russian", "uk": "Ukrainian",
}  # fmt: skip
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "ps", "ckb")


def language(code: str) -> str:
    """The English name of a language; its code when it is not in our list."""
    return LANGUAGES.get(code.split("-")[0], code)


def direction(code: str) -> str:
    """ "rtl" or "ltr" for a language code."""
    return "rtl" if code.split("-")[0] in RIGHT_TO_LEFT else "ltr"
