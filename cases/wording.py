"""Words of the desk for codes: languages, countries, flags, days, sizes. Plain English; the desk is not translated."""

from __future__ import annotations

from datetime import date

from django.utils import dateformat
from django.utils.translation import get_language

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
    "IN_BY": "In Belarus or Russia",
    "EXTRADITION": "Wanted through Interpol",
    "TNR": "Threatened abroad",
    "SVG": "Sealed part: take care",
    "HELPER_NO_MANDATE": "Written for somebody, permission unclear",
    "CONFLICT": "Somebody must not be involved",
    "OVERDOC": "Told to others before",
}
STRONG_FLAGS = {
    "DETAINED", "DANGER", "REFOULEMENT", "SUSPECT_ABROAD", "MINOR", "SUICIDE", "IN_BY", "EXTRADITION",
}  # fmt: skip
OTHER_WAYS = {  # what it is, and what to do: nobody is sent away, a person reads and answers
    "CHILD": (
        "About somebody under 18",
        "Stop questions about the violence. Ask the lead for children; look who may speak for the child, and write "
        "down what is best for it.",
    ),
    "OWN_CHILD": (
        "A parent writes about a child",
        "Ask nothing of the child through the parent. Plan one talk, with somebody who has learned it.",
    ),
    "WITNESS": (
        "A witness, it happened to others",
        "Take what was seen as evidence. Ask nothing about the others’ violence, and link nothing without their yes.",
    ),
    "FOR_ANOTHER": (
        "Written for somebody else",
        "Until that person agrees, or cannot be asked, nothing of the story is used.",
    ),
    "FOR_THE_DEAD": ("About somebody who died", "Find out who of the family may speak, and offer condolences first."),
    "MISSING": ("About somebody who is missing", "Name the bodies that search; the UN group on disappearances is one."),
    "NO_OFFICIALS": (
        "No officials took part, says the person",
        "Read before you decide: officials may have ordered or allowed it. If not, name other help and whom to tell.",
    ),
    "ELSEWHERE": (
        "It happened outside Belarus, or in several States",
        "The routes follow from the State; look for a partner there, and say so in the answer.",
    ),
}
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
    """16 November, in the language of the reader, with the year only if it is another one."""
    if value is None:
        return ""
    return dateformat.format(value, "j E" if value.year == today.year else "j E Y")


def short_day(value: date) -> str:
    """16 Nov; other languages than English write short months with a small letter."""
    return dateformat.format(value, "j M" if get_language() == "en" else "j b")


def size(count: int) -> str:
    """A number of bytes for people: 1.8 MB."""
    for step, unit in UNITS:
        if count >= step:
            return f"{count / step:.1f} {unit}"
    return f"{count} bytes"


def grouped(digest: str) -> str:
    """A hexadecimal digest in groups of eight."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
