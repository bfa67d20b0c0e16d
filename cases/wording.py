"""Words of the desk for codes: languages, countries, flags, days, sizes, in the language of whoever reads."""

from __future__ import annotations

from datetime import date

from django.utils import dateformat, formats
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cases.dossier import names
from cases.statement import vocab
from jurisdictions.pages import reader

LANGUAGES = {
    "be": _("Belarusian"),
    "ru": _("Russian"),
    "en": _("English"),
    "ar": _("Arabic"),
}  # a survivor's pages exist in these
TOLD_WAYS = {  # in which a member writes an account down for a person
    "telephone": _("by telephone"),
    "meeting": _("at a meeting"),
    "video": _("by video call"),
    "letter": _("from a letter"),
}
FLAGS = {
    "DETAINED": _("Ongoing detention"),
    "DANGER": _("In danger now"),
    "REFOULEMENT": _("Removal or extradition risk"),
    "SUSPECT_ABROAD": _("Suspect abroad"),
    "MINOR": _("Minor"),
    "SUICIDE": _("Suicidal thoughts"),
    "FAMILY": _("Family at risk"),
    "FRESH_INJURY": _("Fresh injuries, evidence fading"),
    "IN_BY": _("In Belarus or Russia"),
    "EXTRADITION": _("Wanted through Interpol"),
    "TNR": _("Threatened abroad"),
    "SVG": _("Sealed part: take care"),
    "HELPER_NO_MANDATE": _("Written for somebody, permission unclear"),
    "CONFLICT": _("Somebody must not be involved"),
    "OVERDOC": _("Told to others before"),
    "LIMITATION": _("Time limit comes near"),
    "IMPOSTOR": _("May not be who they say"),
}
STRONG_FLAGS = {
    "DETAINED", "DANGER", "REFOULEMENT", "SUSPECT_ABROAD", "MINOR", "SUICIDE", "IN_BY", "EXTRADITION",
    "IMPOSTOR",
}  # fmt: skip
OTHER_WAYS = {  # what it is, and what to do: nobody is sent away, a person reads and answers
    "CHILD": (
        _("About somebody under 18"),
        _(
            "Stop questions about the violence. Ask the lead for children; look who may speak for the child, and write "
            "down what is best for it."
        ),
    ),
    "OWN_CHILD": (
        _("A parent writes about a child"),
        _("Ask nothing of the child through the parent. Plan one talk, with somebody who has learned it."),
    ),
    "WITNESS": (
        _("A witness, it happened to others"),
        _(
            "Take what was seen as evidence. Ask nothing about the others’ violence, and link nothing without their "
            "yes."
        ),
    ),
    "FOR_ANOTHER": (
        _("Written for somebody else"),
        _("Until that person agrees, or cannot be asked, nothing of the story is used."),
    ),
    "FOR_THE_DEAD": (
        _("About somebody who died"),
        _("Find out who of the family may speak, and offer condolences first."),
    ),
    "MISSING": (
        _("About somebody who is missing"),
        _("Name the bodies that search; the UN group on disappearances is one."),
    ),
    "NO_OFFICIALS": (
        _("No officials took part, says the person"),
        _(
            "Read before you decide: officials may have ordered or allowed it. If not, name other help and whom to "
            "tell."
        ),
    ),
    "ELSEWHERE": (
        _("It happened outside Belarus, or in several States"),
        _("The routes follow from the State; look for a partner there, and say so in the answer."),
    ),
}
UNITS = ((2**30, _("GB")), (2**20, _("MB")), (2**10, _("kB")))


def lowerfirst(words: object) -> str:
    """With a small first letter, for the middle of a sentence."""
    text = str(words or "")
    return text[:1].lower() + text[1:]


def language(code: str) -> str:
    """The name of a language; "not said" without a code."""
    if not code:
        return gettext("not said")
    return reader.table("languages").get(code.split("-")[0]) or names.language(code)


def told_way(code: str) -> str:
    """How an account was told to a member: "by telephone"."""
    return str(TOLD_WAYS.get(code, code))


def country(code: str) -> str:
    """The name of a country; "not said" for the codes that say so."""
    if code in ("", "XN", "prefer_not", "unsaid"):
        return gettext("not said")
    listed = dict(vocab.choices("country", reader.language())).get(code.upper())
    return listed or reader.table("countries").get(code.upper()) or names.country(code.upper())


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
            return f"{formats.number_format(count / step, 1)} {unit}"
    return ngettext("%(count)s byte", "%(count)s bytes", count) % {"count": count}


def grouped(digest: str) -> str:
    """A hexadecimal digest in groups of eight."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
