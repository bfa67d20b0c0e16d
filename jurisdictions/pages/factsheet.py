"""Confirmed facts in words, one line each, for pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jurisdictions.pages import reader
from jurisdictions.pages.facts_form import CHECK_WORDS, CRIME_WORDS, OFFICE_WORDS, RESULT_WORDS

Line = tuple[str, str]
Names = Callable[[str], str]
NOT_SAID = _("not said")


def country(code: str) -> str:
    """A country without the article that it has in a sentence."""
    return reader.country(code.upper()) or str(NOT_SAID)


def lines(facts: dict[str, Any], named: Names = country) -> list[Line]:
    """All known facts; what is unknown is not listed. named: the name of a country for its code."""
    found = [line for number, act in enumerate(facts.get("acts") or [], 1) for line in _act(act, number, named)]
    found += _person(facts.get("victim") or {}, named) + _displacement(facts.get("displacement") or {}, named)
    found += [(gettext("Suspect"), _suspect(row, named)) for row in facts.get("suspects") or []]
    found += [(gettext("Complaint"), _complaint(row, named)) for row in facts.get("complaints") or []]
    found += [(gettext("Checked"), str(CHECK_WORDS.get(code, code))) for code in facts.get("flags") or []]
    return [*found, *_consents(facts.get("consents") or {}, named)]


def _act(act: dict[str, Any], number: int, named: Names) -> list[Line]:
    prefix = "" if number == 1 else f"{number}. "
    days = [_day(act[key]) for key in ("from", "to") if act.get(key)]
    when = gettext("%(first)s to %(last)s") % {"first": days[0], "last": days[1]} if len(days) > 1 else "".join(days)
    crimes = [str(CRIME_WORDS.get(code, code)).lower() for code in act.get("crime_facts") or []]
    shown = [
        (gettext("Country of the acts"), named(act.get("country", ""))),
        (gettext("When"), when),
        (gettext("What"), "; ".join(crimes)),
    ]
    return [(prefix + label, text) for label, text in shown if text]


def _person(victim: dict[str, Any], named: Names) -> list[Line]:
    nationalities = [_nationality(row, named) for row in victim.get("nationalities") or []]
    places = [(gettext("Lives in"), "residence_now"), (gettext("Lived in then"), "residence_at_acts")]
    found = [(gettext("Nationality"), ", ".join(nationalities))]
    found += [(label, named(victim[key])) for label, key in places if victim.get(key)]
    found += [(gettext("Refugee status"), _yes(victim["refugee"]))] if "refugee" in victim else []
    found += [(gettext("Age now"), str(victim["age_now"]))] if victim.get("age_now") is not None else []
    return [line for line in found if line[1]]


def _nationality(row: dict[str, Any], named: Names) -> str:
    name = named(row.get("country", ""))
    return (
        gettext("%(country)s since %(day)s") % {"country": name, "day": _day(row["from"])} if row.get("from") else name
    )


def _displacement(row: dict[str, Any], named: Names) -> list[Line]:
    found = [(gettext("Left under coercion"), _yes(row["forced"]))] if "forced" in row else []
    if row.get("crossed_into"):
        found.append((gettext("Crossed into"), named(row["crossed_into"])))
    return found + ([(gettext("Crossed on"), _day(row["date"]))] if row.get("date") else [])


def _suspect(row: dict[str, Any], named: Names) -> str:
    seen = row.get("last_seen") or {}
    where = gettext("place unknown")
    if seen.get("country"):
        where = gettext("last seen in %(country)s") % {"country": named(seen["country"])}
    office = OFFICE_WORDS.get(row.get("office", ""), "")
    return ", ".join(str(part) for part in (row.get("id"), office, where) if part)


def _complaint(row: dict[str, Any], named: Names) -> str:
    parts = (
        named(row.get("country", "")),
        _day(row["date"]) if row.get("date") else "",
        str(RESULT_WORDS.get(row.get("result", ""), row.get("result", ""))),
    )
    return ", ".join(part for part in parts if part)


def _consents(row: dict[str, Any], named: Names) -> list[Line]:
    found = [(gettext("Agreed to the ICC"), _yes(row["icc"]))] if "icc" in row else []
    if "countries" not in row:
        return found
    countries = ", ".join(named(code) for code in row["countries"]) or gettext("none")
    return [(gettext("Agreed countries"), countries), *found]


def _day(text: str) -> str:
    return reader.day(date.fromisoformat(text))


def _yes(known: bool) -> str:
    return gettext("yes") if known else gettext("no")
