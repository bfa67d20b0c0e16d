"""A facts object from outside -> Facts. A wrong key, code or date is an error that names it, never ignored.

All keys are optional; an absent key and null both mean unknown. Countries are ISO 3166-1 alpha-2, dates ISO. Messages
name the key; they repeat a value only when it looks like a code, so that no words of a person reach a log.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jurisdictions.assess.facts import (
    Act,
    Complaint,
    Consents,
    Displacement,
    Facts,
    Nationality,
    Sighting,
    Suspect,
    Victim,
)

CRIME_FACTS = ("torture_by_officials", "custody", "pattern", "policy", "deportation", "disappearance", "conflict_link")
OFFICES = ("head_of_state", "head_of_government", "foreign_minister", "other")
RESULTS = ("opened", "refused", "pending", "closed", "unknown")
CERTAINTIES = ("confirmed", "sure", "likely", "reported", "unsure", "unknown")
CODES = Path(__file__).resolve().parent.parent / "reference" / "iso3166.txt"
ITEMS = 500  # most entries in one list
_CODE_LIKE = re.compile(r"[A-Za-z0-9_.:-]{1,40}")

Reader = Callable[[str, Any], Any]


class FactsError(ValueError):
    """A facts object is wrong; `key` is the path of the wrong key, the message says what is expected there."""

    def __init__(self, key: str, what: str, value: object = None) -> None:
        shown = f" {value!r}" if isinstance(value, str) and _CODE_LIKE.fullmatch(value) else ""
        super().__init__(f"{key or 'facts'}:{shown} {what}")
        self.key = key


@cache
def countries() -> frozenset[str]:
    """Every code that facts may use."""
    return frozenset(CODES.read_text(encoding="ascii").split())


def parse_facts(facts: Mapping[str, Any], on: date | None = None) -> Facts:
    """Check and convert a whole facts object. Raises FactsError.

    on: the day of the assessment; nothing that has happened can lie after it.
    """
    if not isinstance(facts, Mapping):
        raise FactsError("", "is not an object")
    found = _fields(
        "",
        facts,
        {
            "acts": ("acts", _list(_act)),
            "victim": ("victim", _victim),
            "displacement": ("displacement", _displacement),
            "suspects": ("suspects", _list(_suspect)),
            "complaints": ("complaints", _list(_complaint)),
            "consents": ("consents", _consents),
            "languages": ("languages", _list(_pattern("[a-z]{2,3}", "is not a language code"))),
            "flags": ("flags", _set(_pattern("[A-Z][A-Z0-9_]{1,39}", "is not a flag"))),
        },
    )
    _once(found.get("suspects") or ())
    parsed = Facts(**found)
    for key, day in _happened(parsed):
        if on and day and day > on:
            raise FactsError(key, "is after the day of the assessment", day.isoformat())
    return parsed


def _happened(facts: Facts) -> Iterator[tuple[str, date | None]]:
    """Every day in the facts on which something has happened, with its path."""
    for index, act in enumerate(facts.acts):
        yield f"acts[{index}].from", act.first
        yield f"acts[{index}].to", act.last
    for index, held in enumerate(facts.victim.nationalities or ()):
        yield f"victim.nationalities[{index}].from", held.since
    yield "displacement.date", facts.displacement.on
    for index, suspect in enumerate(facts.suspects or ()):
        yield f"suspects[{index}].last_seen.date", suspect.last_seen.on if suspect.last_seen else None
    for index, complaint in enumerate(facts.complaints or ()):
        yield f"complaints[{index}].date", complaint.on


def _fields(key: str, value: Any, readers: Mapping[str, tuple[str, Reader]]) -> dict[str, Any]:
    """Read an object: file key -> (field name, reader). Null is the same as absent."""
    if not isinstance(value, Mapping):
        raise FactsError(key, "is not an object")
    for name in value:
        if name not in readers:
            raise FactsError(_join(key, str(name)), "is not a key of facts")
    return {
        readers[name][0]: readers[name][1](_join(key, name), inner)
        for name, inner in value.items()
        if inner is not None
    }


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _list(reader: Reader) -> Reader:
    def read(key: str, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise FactsError(key, "is not a list")
        if len(value) > ITEMS:
            raise FactsError(key, f"has more than {ITEMS} entries")
        return tuple(reader(f"{key}[{index}]", item) for index, item in enumerate(value))

    return read


def _set(reader: Reader) -> Reader:
    return lambda key, value: frozenset(_list(reader)(key, value))


def _code(codes: tuple[str, ...]) -> Reader:
    def read(key: str, value: Any) -> str:
        if not isinstance(value, str) or value not in codes:
            raise FactsError(key, f"is not one of {', '.join(codes)}", value)
        return value

    return read


def _pattern(pattern: str, what: str) -> Reader:
    def read(key: str, value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise FactsError(key, what, value)
        return value

    return read


def _country(key: str, value: Any) -> str:
    if not isinstance(value, str) or value not in countries():
        raise FactsError(key, "is not a country code (ISO 3166-1 alpha-2, capitals)", value)
    return value


def _day(key: str, value: Any) -> date:
    try:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise FactsError(key, "is not a date YYYY-MM-DD", value)


def _flag(key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise FactsError(key, "is not true or false", value)
    return value


def _age(key: str, value: Any) -> int:
    if type(value) is not int or not 0 <= value <= 130:
        raise FactsError(key, "is not an age in years")
    return value


def _act(key: str, value: Any) -> Act:
    readers = {
        "country": ("country", _country),
        "from": ("first", _day),
        "to": ("last", _day),
        "crime_facts": ("crime_facts", _set(_code(CRIME_FACTS))),
    }
    act = Act(**_fields(key, value, readers))
    if act.first and act.last and act.last < act.first:
        raise FactsError(f"{key}.to", "is before from", act.last.isoformat())
    return act


def _nationality(key: str, value: Any) -> Nationality:
    found = _fields(key, value, {"country": ("country", _country), "from": ("since", _day)})
    if "country" not in found:
        raise FactsError(f"{key}.country", "is missing")
    return Nationality(**found)


def _victim(key: str, value: Any) -> Victim:
    readers = {
        "nationalities": ("nationalities", _list(_nationality)),
        "residence_now": ("residence_now", _country),
        "residence_at_acts": ("residence_at_acts", _country),
        "refugee": ("refugee", _flag),
        "age_now": ("age_now", _age),
    }
    return Victim(**_fields(key, value, readers))


def _displacement(key: str, value: Any) -> Displacement:
    readers = {"forced": ("forced", _flag), "crossed_into": ("crossed_into", _country), "date": ("on", _day)}
    return Displacement(**_fields(key, value, readers))


def _sighting(key: str, value: Any) -> Sighting:
    readers = {"country": ("country", _country), "date": ("on", _day), "certainty": ("certainty", _code(CERTAINTIES))}
    return Sighting(**_fields(key, value, readers))


def _suspect(key: str, value: Any) -> Suspect:
    readers = {
        "id": ("id", _pattern("[A-Za-z0-9._-]{1,40}", "is not an id")),
        "office": ("office", _code(OFFICES)),
        "nationality": ("nationality", _country),
        "last_seen": ("last_seen", _sighting),
    }
    return Suspect(**_fields(key, value, readers))


def _complaint(key: str, value: Any) -> Complaint:
    readers = {"country": ("country", _country), "date": ("on", _day), "result": ("result", _code(RESULTS))}
    return Complaint(**_fields(key, value, readers))


def _consents(key: str, value: Any) -> Consents:
    return Consents(**_fields(key, value, {"countries": ("countries", _set(_country)), "icc": ("icc", _flag)}))


def _once(suspects: tuple[Suspect, ...]) -> None:
    seen: set[str] = set()
    for index, suspect in enumerate(suspects):
        if suspect.id in seen:
            raise FactsError(f"suspects[{index}].id", "stands there twice", suspect.id)
        seen |= {suspect.id} if suspect.id else set()
