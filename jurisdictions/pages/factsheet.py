"""Confirmed facts in words, one line each, for pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from jurisdictions.country_names import country as in_a_sentence
from jurisdictions.pages.facts_form import CHECK_WORDS, CRIME_WORDS, OFFICE_WORDS

Line = tuple[str, str]
Names = Callable[[str], str]
NOT_SAID = "not said"


def country(code: str) -> str:
    """A country without the article that it has in a sentence."""
    return in_a_sentence(code.upper()).removeprefix("the ") or NOT_SAID


def lines(facts: dict[str, Any], named: Names = country) -> list[Line]:
    """All known facts; what is unknown is not listed. named: the name of a country for its code."""
    found = [line for number, act in enumerate(facts.get("acts") or [], 1) for line in _act(act, number, named)]
    found += _person(facts.get("victim") or {}, named) + _displacement(facts.get("displacement") or {}, named)
    found += [("Suspect", _suspect(row, named)) for row in facts.get("suspects") or []]
    found += [("Complaint", _complaint(row, named)) for row in facts.get("complaints") or []]
    found += [("Checked", CHECK_WORDS.get(code, code)) for code in facts.get("flags") or []]
    return [*found, *_consents(facts.get("consents") or {}, named)]


def _act(act: dict[str, Any], number: int, named: Names) -> list[Line]:
    prefix = "" if number == 1 else f"{number}. "
    days = " to ".join(_day(act[key]) for key in ("from", "to") if act.get(key))
    crimes = [CRIME_WORDS.get(code, code).lower() for code in act.get("crime_facts") or []]
    shown = [("Country of the acts", named(act.get("country", ""))), ("When", days), ("What", "; ".join(crimes))]
    return [(prefix + label, text) for label, text in shown if text]


def _person(victim: dict[str, Any], named: Names) -> list[Line]:
    nationalities = [
        named(row.get("country", "")) + (f" since {_day(row['from'])}" if row.get("from") else "")
        for row in victim.get("nationalities") or []
    ]
    places = [("Lives in", "residence_now"), ("Lived in then", "residence_at_acts")]
    found = [("Nationality", ", ".join(nationalities))]
    found += [(label, named(victim[key])) for label, key in places if victim.get(key)]
    found += [("Refugee status", _yes(victim["refugee"]))] if "refugee" in victim else []
    found += [("Age now", str(victim["age_now"]))] if victim.get("age_now") is not None else []
    return [line for line in found if line[1]]


def _displacement(row: dict[str, Any], named: Names) -> list[Line]:
    found = [("Left under coercion", _yes(row["forced"]))] if "forced" in row else []
    if row.get("crossed_into"):
        found.append(("Crossed into", named(row["crossed_into"])))
    return found + ([("Crossed on", _day(row["date"]))] if row.get("date") else [])


def _suspect(row: dict[str, Any], named: Names) -> str:
    seen = row.get("last_seen") or {}
    where = f"last seen in {named(seen['country'])}" if seen.get("country") else "place unknown"
    return ", ".join(part for part in (row.get("id"), OFFICE_WORDS.get(row.get("office", "")), where) if part)


def _complaint(row: dict[str, Any], named: Names) -> str:
    parts = (named(row.get("country", "")), _day(row["date"]) if row.get("date") else "", row.get("result", ""))
    return ", ".join(part for part in parts if part)


def _consents(row: dict[str, Any], named: Names) -> list[Line]:
    found = [("Agreed to the ICC", _yes(row["icc"]))] if "icc" in row else []
    if "countries" not in row:
        return found
    return [("Agreed countries", ", ".join(named(code) for code in row["countries"]) or "none"), *found]


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


def _yes(known: bool) -> str:
    return "yes" if known else "no"
