"""Facts objects as they might come: right ones, right ones with something wrong, and anything at all."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date
from typing import Any

from hypothesis import strategies as st

from jurisdictions.assess.parse import CERTAINTIES, CRIME_FACTS, OFFICES, RESULTS

STATES = st.sampled_from(["BY", "LT", "PL", "DE", "RU", "UA", "US", "CH", "ES"])
LAST = date(2026, 11, 20)  # before the day of the assessment: facts that lie in the future are refused
DAYS = st.dates(max_value=LAST).map(str) | st.sampled_from(["2020-08-12", "2021-02-03", "1994-01-01", "2026-11-20"])


def some(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object in which each key may be absent or null."""
    return st.fixed_dictionaries({}, optional={name.rstrip("_"): st.none() | part for name, part in parts.items()})


def few(part: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """A short list."""
    return st.lists(part, max_size=3)


ACTS = some(country=STATES, from_=DAYS, crime_facts=few(st.sampled_from(CRIME_FACTS)))
SEEN = some(country=STATES, date=DAYS, certainty=st.sampled_from(CERTAINTIES))
RIGHT = some(
    acts=few(ACTS),
    victim=some(
        nationalities=few(st.fixed_dictionaries({"country": STATES}, optional={"from": DAYS})),
        residence_now=STATES,
        residence_at_acts=STATES,
        refugee=st.booleans(),
        age_now=st.integers(0, 130),
    ),
    displacement=some(forced=st.booleans(), crossed_into=STATES, date=DAYS),
    suspects=few(some(office=st.sampled_from(OFFICES), nationality=STATES, last_seen=SEEN)),
    complaints=few(some(country=STATES, date=DAYS, result=st.sampled_from(RESULTS))),
    consents=some(countries=few(STATES), icc=st.booleans()),
    languages=few(st.sampled_from(["be", "ru", "en", "uk"])),
    flags=few(st.sampled_from(["FAMILY", "MINOR"])),
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | STATES | DAYS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything in an object."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield (*path, key)
        yield from places(part, (*path, key))


def changed(facts: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The same object with another value at a path."""
    made = copy.deepcopy(facts)
    inner: Any = made
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return made


@st.composite
def spoiled(draw: st.DrawFn) -> Any:
    """Right facts with one value replaced by anything."""
    facts = draw(RIGHT)
    found = list(places(facts))
    return changed(facts, draw(st.sampled_from(found)), draw(ANYTHING)) if found else draw(ANYTHING)
