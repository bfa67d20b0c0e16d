"""Words of the desk for codes: languages, countries, flags, days, sizes. Plain English; the desk is not translated."""

from __future__ import annotations

from datetime import date

from cases.dossier import names
from cases.statement import vocab

LANGUAGES = {"be": "Belarusian", "ru": "Russian", "en": "English", "ar": "Arabic"}  # a survivor's pages exist in these
TOLD_WAYS = {  # in which a member writes an account down for a person
    "telephone": "by telephone",
    "meeting": "at a meeting",
    "video": "by video call",
    "letter": "from a letter",
}
FLAGS = {
    "DETAINED": "Ongoing detention",
    "DANGER": "In danger now",
    "REFOULEMENT": "Removal or extradition risk",
    "SUSPECT_ABROAD": "Suspect abroad",
    "MINOR": "Minor",
    "SUICIDE": "Suicidal thoughts",
    "FAMILY": "Family at risk",
    "FRESH_INJURY": "Fresh injuries, evidence fading",
}
STRONG_FLAGS = {"DETAINED", "DANGER", "REFOULEMENT", "SUSPECT_ABROAD", "MINOR", "SUICIDE"}
UNITS = ((2**30, "GB"), (2**20, "MB"), (2**10, "kB"))


def language(code: str) -> str:
    """The English name of a language code."""
    return names.language(code) if code else "not said"


def told_way(code: str) -> str:
    """How an account was told to a member: "by telephone"."""
    return TOLD_WAYS.get(code, code)


def country(code: str) -> str:
    """The English name of a country code; "not said" for the codes that say so."""
    if code in ("", "XN", "prefer_not", "unsaid"):
        return "not said"
    return dict(vocab.choices("country", "en")).get(code.upper()) or names.country(code.upper())


def day(value: date | None, today: date) -> str:
    """16 November, with the year only if it is another one."""
    if value is None:
        return ""
    return f"{value.day} {value:%B}" + ("" if value.year == today.year else f" {value.year}")


def size(count: int) -> str:
    """A number of bytes for people: 1.8 MB."""
    for step, unit in UNITS:
        if count >= step:
            return f"{count / step:.1f} {unit}"
    return f"{count} bytes"


def grouped(digest: str) -> str:
    """A hexadecimal digest in groups of eight."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
