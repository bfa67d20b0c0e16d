"""Nothing unknown is ever a yes: held against thousands of invented facts and bases."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jurisdictions.assess.context import Context
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
from jurisdictions.assess.general import PROVISION
from jurisdictions.assess.routes import assess
from jurisdictions.assess.safety import CHECKS
from jurisdictions.assess.verdicts import RANK
from jurisdictions.vocabulary import EXTRA
from tests.unit.jurisdictions.invented import CLEAN, ON, SITUATION, context, facts, reference, treaty

STATES = st.sampled_from(["XA", "XB", "XH"])
DAYS = st.dates(date(2018, 1, 1), date(2026, 12, 31))
CODES = ["torture_by_officials", "custody", "pattern", "policy", "deportation", "disappearance", "conflict_link"]


WHOLES = ["acts", "suspects", "complaints", "flags"]


def maybe(strategy):
    return st.none() | strategy


@st.composite
def acts(draw):
    first, last = draw(maybe(DAYS)), draw(maybe(DAYS))
    if first and last and last < first:
        first, last = last, first
    return Act(draw(maybe(STATES)), first, last, draw(st.frozensets(st.sampled_from(CODES))))


SIGHTINGS = st.builds(Sighting, maybe(STATES), maybe(DAYS), maybe(st.sampled_from(["confirmed", "reported", "unsure"])))
OFFICES = st.sampled_from(["head_of_state", "foreign_minister", "other"])
SUSPECTS = st.builds(Suspect, st.just("P"), maybe(OFFICES), maybe(STATES), maybe(SIGHTINGS))
COMPLAINTS = st.builds(
    Complaint, maybe(STATES), maybe(DAYS), maybe(st.sampled_from(["opened", "refused", "pending", "closed", "unknown"]))
)
VICTIMS = st.builds(
    Victim,
    maybe(st.lists(st.builds(Nationality, STATES, maybe(DAYS)), max_size=2).map(tuple)),
    maybe(STATES),
    maybe(STATES),
    maybe(st.booleans()),
)
FACTS = st.builds(
    Facts,
    st.lists(acts(), max_size=2).map(tuple),
    VICTIMS,
    st.builds(Displacement, maybe(st.booleans()), maybe(STATES), maybe(DAYS)),
    maybe(st.lists(SUSPECTS, max_size=2).map(tuple)),
    maybe(st.lists(COMPLAINTS, max_size=2).map(tuple)),
    st.builds(Consents, maybe(st.frozensets(STATES)), maybe(st.booleans())),
    st.lists(st.sampled_from(["be", "ru"]), max_size=2).map(tuple),
    st.frozensets(st.sampled_from(CHECKS)),
)
TERNARY = st.sampled_from(["yes", "no", "unknown"])
LINK = st.sampled_from(["none", "presence", "residence", "nationality", "unknown"])


@st.composite
def bases(draw):
    """A base without conditions, and up to three of its fields drawn anew: random bases would hardly ever be open."""
    start = draw(maybe(DAYS))
    times = {
        "in_force_from": start.isoformat() if start else "",
        "in_force_earliest": start,
        "in_force_latest": start,
    }
    drawn = {
        "crime": draw(st.sampled_from(["torture", "crimes_against_humanity", "war_crimes", "other"])),
        "kind": draw(st.sampled_from(["universal", "treaty_obligation", "passive_personality"])),
        "applies_to_earlier_acts": draw(TERNARY),
        "victim_link": draw(st.sampled_from(["none", "nationality", "residence", "refugee_or_residence"])),
        "victim_link_when": draw(st.sampled_from(["", "acts", "filing"])),
        "suspect_open": draw(LINK),
        "suspect_try": draw(LINK),
        "extra": tuple(draw(st.lists(st.sampled_from(sorted(EXTRA)), max_size=3, unique=True))),
        "double_criminality": draw(TERNARY),
        "subsidiarity": draw(TERNARY),
        "territorial_party": draw(TERNARY),
        "gatekeeper": draw(st.sampled_from(["none", "minister", "unknown"])),
        "gatekeeper_stage": draw(st.sampled_from(["open", "prosecute", "unknown"])),
        "court_review": draw(TERNARY),
        "safety": draw(st.sampled_from(["normal", "check_first", "restricted"])),
        "practice": draw(st.sampled_from(["none_found", "filed_stalled"])),
        "confidence": draw(st.sampled_from(["high", "medium", "low"])),
    }
    changed = draw(st.lists(st.sampled_from(sorted(drawn)), max_size=3, unique=True))
    years = draw(st.sampled_from([None, 5, 8, 20]))
    lapses = {"limitation": "years" if years else "unknown", "limitation_years": years}
    more = {**(times if draw(st.booleans()) else {}), **(lapses if draw(st.booleans()) else {})}
    return replace(CLEAN, **more, **{name: drawn[name] for name in changed})


def mixed(draw, good, other):
    """The good part with one field of the other."""
    name = draw(st.sampled_from([field.name for field in fields(good)]))
    return replace(good, **{name: getattr(other, name)})


@st.composite
def near(draw):
    """Facts with which a clean base is open, and up to two parts of them spoiled in one field each."""
    other = draw(FACTS)
    here = st.sampled_from(["XA", "XA", "XB"])
    sighting = mixed(draw, Sighting(draw(here), date(2026, 11, 10), "confirmed"), draw(SIGHTINGS))
    victim = Victim((Nationality(draw(here), draw(maybe(DAYS))),), draw(here), draw(here), refugee=True)
    good = facts(victim=victim, suspects=(Suspect("P", draw(OFFICES), draw(here), sighting),))
    parts = ["victim", "displacement", "consents"]
    changed = draw(st.lists(st.sampled_from(parts), max_size=2, unique=True))
    spoiled = {name: mixed(draw, getattr(good, name), getattr(other, name)) for name in changed}
    whole = {name: getattr(other, name) for name in draw(st.sets(st.sampled_from(WHOLES), max_size=1))}
    return replace(good, **spoiled, **(whole if draw(st.booleans()) else {}))


# What "not known" looks like where it is not None.
EMPTY: dict[str, Any] = {
    "acts": (),
    "languages": (),
    "crime_facts": frozenset(),
    "flags": frozenset(),
    "victim": Victim(),
    "displacement": Displacement(),
    "consents": Consents(),
}


def forgettings(value: Any) -> Iterator[Any]:
    """Every way to know one thing less."""
    for field in fields(value):
        if not field.init:
            continue  # worked out from the others
        known = getattr(value, field.name)
        if known in (None, (), frozenset()) or (field.name == "country" and isinstance(value, Nationality)):
            continue
        yield replace(value, **{field.name: EMPTY.get(field.name)})
        if is_dataclass(known):
            yield from (replace(value, **{field.name: less}) for less in forgettings(known))
        if isinstance(known, tuple) and is_dataclass(known[0]):
            yield from (replace(value, **{field.name: (less, *known[1:])}) for less in forgettings(known[0]))


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def verdicts(person, *found):
    world = reference(
        *found, situations=(SITUATION,), treaties=tuple(treaty(s, n) for s in ("XA", "XH") for n in ("CAT", "ROME"))
    )
    standings = [route.standing for route in assess(person, ON, world) if route.law.provision != PROVISION]
    return {(it.forum.code, it.crime): it.verdict for it in standings}


@given(near(), bases())
@QUICK
def test_forgetting_a_fact_never_opens_a_route(person, base):
    known = verdicts(person, base)
    for less in forgettings(person):
        for key, verdict in verdicts(less, base).items():
            assert verdict != "open" or known[key] == "open"


HERE = Victim((Nationality("XA", date(2000, 1, 1)),), "XA", "XA", refugee=True)
GOOD = facts(victim=HERE, suspects=(Suspect("P", "other", "XA", Sighting("XA", date(2026, 11, 10), "confirmed")),))
SPOILED = [
    replace(GOOD, displacement=Displacement(forced=False, crossed_into="XA", on=date(2021, 2, 3))),
    replace(GOOD, displacement=Displacement(forced=True, crossed_into="XB", on=date(2021, 2, 3))),
    replace(GOOD, displacement=Displacement(forced=True, crossed_into="XA", on=date(2020, 4, 30))),
    replace(GOOD, consents=Consents(frozenset({"XA"}), icc=False)),
    replace(GOOD, consents=Consents(frozenset({"XB"}), icc=True)),
    replace(GOOD, victim=replace(HERE, residence_now="XB")),
    replace(GOOD, victim=replace(HERE, residence_at_acts="XB")),
    replace(GOOD, victim=replace(HERE, nationalities=(Nationality("XB"),))),
    replace(GOOD, victim=replace(HERE, nationalities=(Nationality("XA", date(2024, 1, 1)),))),
    replace(GOOD, suspects=()),
    replace(GOOD, suspects=(Suspect("P", None, "XB", Sighting("XB", date(2026, 11, 10), "confirmed")),)),
    replace(GOOD, suspects=(Suspect("P", None, "XB", Sighting("XA", date(2020, 1, 1), "confirmed")),)),
    replace(GOOD, suspects=(Suspect("P", None, "XB", Sighting("XA", date(2026, 11, 10), "reported")),)),
    replace(GOOD, acts=(Act("XH", date(1980, 1, 1), date(1980, 1, 2), frozenset({"torture_by_officials"})),)),
    replace(GOOD, acts=(Act("XB", date(2020, 8, 9), date(2020, 8, 9), frozenset({"torture_by_officials"})),)),
]
ASKING: list[dict[str, Any]] = [
    {},
    {"suspect_open": "presence"},
    {"suspect_open": "nationality"},
    {"victim_link": "nationality", "victim_link_when": "acts"},
    {"victim_link": "residence", "victim_link_when": "acts"},
    {"victim_link": "residence", "victim_link_when": "filing"},
    {"victim_link": "residence"},
    {"territorial_party": "yes"},
    {"kind": "treaty_obligation"},
    {"extra": ("complainant_available_in_forum",)},
    {"extra": ("link_to_forum_required",)},
    {"extra": ("discretion_if_no_suspect_expected",)},
]


@pytest.mark.parametrize("asks", ASKING, ids=str)
def test_what_closes_a_route_does_not_open_it_when_it_is_forgotten(asks):
    base = replace(CLEAN, **asks)
    assert verdicts(GOOD, base)["XA", CLEAN.crime] == "open"
    for spoiled in SPOILED:
        known = verdicts(spoiled, base)
        for less in forgettings(spoiled):
            opened = {key for key, verdict in verdicts(less, base).items() if verdict == "open"}
            assert all(known[key] == "open" for key in opened)


UNKNOWABLE = {
    "applies_to_earlier_acts": ["yes", "no"],
    "suspect_open": ["none", "presence", "residence", "nationality"],
    "double_criminality": ["yes", "no"],
    "subsidiarity": ["yes", "no"],
    "territorial_party": ["yes", "no"],
    "gatekeeper": ["none", "minister"],
    "limitation": ["none"],
}


@given(near(), bases(), st.sampled_from(sorted(UNKNOWABLE)))
@QUICK
def test_unknown_law_opens_nothing_that_it_could_turn_out_to_close(person, base, name):
    unknown = verdicts(person, replace(base, **{name: "unknown"}))
    known = [verdicts(person, replace(base, **{name: value})) for value in UNKNOWABLE[name]]
    for key, verdict in unknown.items():
        assert RANK[verdict] >= min(RANK[it[key]] for it in known)
        assert verdict != "open" or all(it[key] == "open" for it in known)


@given(near(), bases())
@QUICK
def test_an_open_route_has_consent_an_act_in_time_and_nothing_against_it_that_blocks(person, base):
    world = reference(base, situations=(SITUATION,))
    for route in assess(person, ON, world):
        effects = {reason.effect for reason in route.finding.reasons}
        assert ("blocks" in effects) == (route.standing.verdict == "blocked")
        if route.standing.verdict == "open":
            assert person.acts
            assert "consent_given" in {reason.code for reason in route.finding.reasons}
            assert route.standing.stages.file == route.standing.stages.open == "open"


def test_the_context_of_these_tests_is_itself_open():
    assert isinstance(context(), Context)
    known = Facts(
        acts=(Act("XH", date(2020, 8, 9), date(2020, 8, 9), frozenset({"torture_by_officials"})),),
        consents=Consents(frozenset({"XA"})),
    )
    assert verdicts(known, CLEAN)["XA", CLEAN.crime] == "open"
