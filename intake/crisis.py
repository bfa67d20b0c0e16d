"""Where somebody in need can call: numbers as data (data/crisis.json), each with the day of its last check (C1 to C4).

What leads have changed since stands in a table; intake.numbers puts both together.

A number that nobody confirmed, or whose check is older than DAYS, is not shown. 112 always is: it rests on EU law.
Confidence: "high" and "medium" say how good the source is; "unverified" is a candidate that nobody could confirm.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

DATA = Path(__file__).parent / "data" / "crisis.json"
DAYS = 90
EU, DANGER = "EU", "danger"
KINDS = (DANGER, "emotional", "victims", "rehabilitation")  # C2: in this order on the page
UNVERIFIED = "unverified"
CONFIDENCE = {"high", "medium", UNVERIFIED}
TEXTS = ("en", "ru", "be", "ar")
COMMA = {"ar": "، "}
UNDERSTOOD = {"be": ("be", "ru")}  # whoever reads Belarusian can speak with a Russian-speaking line too
MEMBERS = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
        "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    }
)  # fmt: skip
ELSEWHERE = "ZZ"  # another country, in words of one's own
NUMBER = re.compile(r"\+?\d[\d ]*\d")
COUNTRY = re.compile(r"[A-Z]{2}")

Text = Mapping[str, str]


class BadNumbers(ValueError):
    """crisis.json does not say what it must; the text names the entry and what is wrong."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One number. name, hours: a text for each language. free, anonymous: None when nobody knows.

    country: alpha-2, or "EU" for all members but those in missing_in. note: for us, how it was checked.
    """

    country: str
    kind: str
    number: str
    name: Text
    hours: Text
    languages: tuple[str, ...]
    free: bool | None
    anonymous: bool | None
    source: str
    checked_on: date
    checked_by: str
    confidence: str
    note: str = ""
    missing_in: tuple[str, ...] = ()

    @property
    def is_verified(self) -> bool:
        """Did anybody confirm it?"""
        return self.confidence != UNVERIFIED

    def is_current(self, on: date) -> bool:
        """Was it checked in the last DAYS days? A check in the future is a slip of the pen, not a check."""
        return 0 <= (on - self.checked_on).days <= DAYS

    def is_shown(self, on: date) -> bool:
        """May a survivor see it on this day?"""
        is_lasting = self.kind == DANGER and self.country == EU
        return self.is_verified and (is_lasting or self.is_current(on))

    def fits(self, country: str) -> bool:
        """Can it help somebody who lives there? country: alpha-2, or "" when it is not known."""
        if self.country != EU:
            return self.country == country
        return self.kind == DANGER or not country or (country in MEMBERS and country not in self.missing_in)


@dataclass(frozen=True, slots=True)
class Line:
    """A number in the language of the page. languages: their names, with commas; "" when they are not known."""

    kind: str
    name: str
    number: str
    href: str
    hours: str
    languages: str
    free: bool | None
    anonymous: bool | None


@dataclass(frozen=True, slots=True)
class Help:
    """What the page shows. is_checking: there is nothing but 112, because the others wait for a new check."""

    lines: list[Line]
    is_checking: bool

    @property
    def calls(self) -> dict[str, list[Line]]:
        """The lines by kind; a kind without a line has an empty list."""
        return {kind: [line for line in self.lines if line.kind == kind] for kind in KINDS}


def help_for(country: str, language: str, on: date, known: Sequence[Resource] | None = None) -> Help:
    """What fits a country of residence, in the order of C2. country: a code of the form; language: of the page.

    A kind for which the country has a number of its own to show needs no number of the EU.
    """
    found = fitting(country, resources() if known is None else known)
    shown = [each for each in found if each.is_shown(on)]
    own = {each.kind for each in shown if each.country != EU}
    chosen = in_order([each for each in shown if each.country != EU or each.kind not in own], language)
    is_checking = len(found) > len(shown) and all(each.kind == DANGER for each in shown)
    return Help([in_words(each, language) for each in chosen], is_checking)


def fitting(country: str, known: Sequence[Resource]) -> list[Resource]:
    """What can help somebody who lives in a country; without a country, what is there for the whole EU."""
    is_named = COUNTRY.fullmatch(country) is not None and country != ELSEWHERE
    return [each for each in known if each.fits(country if is_named else "")]


def in_order(found: Sequence[Resource], language: str) -> list[Resource]:
    """By kind (C2), then lines on which the reader's language is spoken, then as in the file."""
    spoken = set(UNDERSTOOD.get(language, (language,)))
    return sorted(found, key=lambda each: (KINDS.index(each.kind), not spoken & set(each.languages)))


def in_words(resource: Resource, language: str) -> Line:
    """A number in the language of a page."""
    spoken = COMMA.get(language, ", ").join(tongues()[code][language] for code in resource.languages)
    return Line(
        resource.kind, resource.name[language], resource.number, f"tel:{resource.number.replace(' ', '')}",
        resource.hours[language], spoken, resource.free, resource.anonymous,
    )  # fmt: skip


def overdue(on: date, known: Sequence[Resource] | None = None) -> list[Resource]:
    """What must be checked again, the oldest check first: hidden until then, save 112."""
    found = [each for each in (resources() if known is None else known) if each.is_verified and not each.is_current(on)]
    return sorted(found, key=lambda each: each.checked_on)


@cache
def resources() -> tuple[Resource, ...]:
    """The numbers of crisis.json. Raises BadNumbers."""
    return read(_content())


@cache
def tongues() -> Mapping[str, Text]:
    """The names of the languages that are spoken on the lines, by code."""
    return MappingProxyType(_content()["languages"])


def read(content: Any) -> tuple[Resource, ...]:
    """Check the content of the data file and return its numbers. Raises BadNumbers."""
    if nameless := [code for code, names in content["languages"].items() if not _has_texts(names)]:
        raise BadNumbers(f"languages: {nameless}")
    return tuple(_resource(entry, content["languages"]) for entry in content["entries"])


@cache
def entries() -> tuple[dict[str, Any], ...]:
    """The entries of crisis.json, each with every field."""
    return tuple({"note": "", "missing_in": [], **entry} for entry in _content()["entries"])


def resource_of(entry: dict[str, Any]) -> Resource:
    """One entry, checked. Raises BadNumbers."""
    return _resource(entry, tongues())


def wrong_in(entry: dict[str, Any]) -> list[str]:
    """The fields of an entry that are missing or say what they cannot."""
    return _wrong(entry, tongues())


@cache
def _content() -> Any:
    return json.loads(DATA.read_text(encoding="utf-8"))


def _resource(entry: dict[str, Any], names: Mapping[str, Any]) -> Resource:
    title = f"{entry.get('country')} {entry.get('number')}"
    if wrong := _wrong(entry, names):
        raise BadNumbers(f"{title}: {', '.join(wrong)}")
    try:
        checked_on = date.fromisoformat(entry["checked_on"])
        made = {**entry, "checked_on": checked_on, "languages": tuple(entry["languages"])}
        return Resource(**{**made, "missing_in": tuple(entry.get("missing_in", ()))})
    except (TypeError, ValueError, KeyError) as error:
        raise BadNumbers(f"{title}: {error}") from error


def _wrong(entry: dict[str, Any], names: Mapping[str, Any]) -> list[str]:
    """The fields that are missing or say what they cannot."""
    sound = {
        "country": COUNTRY.fullmatch(str(entry.get("country"))),
        "kind": entry.get("kind") in KINDS,
        "number": NUMBER.fullmatch(str(entry.get("number"))),
        "name": _has_texts(entry.get("name")),
        "hours": _has_texts(entry.get("hours")),
        "languages": isinstance(entry.get("languages"), list) and set(entry["languages"]) <= set(names),
        "free": entry.get("free", "") in (True, False, None),
        "anonymous": entry.get("anonymous", "") in (True, False, None),
        "source": str(entry.get("source")).startswith("https://"),
        "checked_by": str(entry.get("checked_by") or "").strip(),
        "confidence": entry.get("confidence") in CONFIDENCE,
    }
    return [field for field, is_sound in sound.items() if not is_sound]


def _has_texts(texts: Any) -> bool:
    return isinstance(texts, dict) and set(texts) == set(TEXTS) and all(str(text).strip() for text in texts.values())
