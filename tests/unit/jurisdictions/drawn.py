"""What must hold for any facts, in any world: each property as a function, tried with few and with many examples."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import strategies as st

from jurisdictions.assess.facts import Act, Consents, Facts, Sighting, Suspect
from jurisdictions.assess.order import key
from jurisdictions.assess.routes import Route, assess
from jurisdictions.assess.verdicts import RANK
from jurisdictions.snapshot import Basis, Reference
from tests.unit.jurisdictions.invented import ON
from tests.unit.jurisdictions.test_unknown import FACTS, OFFICES, bases, forgettings, maybe, near

INVENTED = st.one_of(near(), FACTS)
WORLDS = st.lists(st.tuples(bases(), st.sampled_from(["XA", "XB", "XC"])), min_size=1, max_size=4)
DAYS_AGO = st.integers(min_value=0, max_value=2500)
CERTAINTIES = st.sampled_from(["confirmed", "sure", "likely", "reported", "unsure", "unknown"])
SIGHTED = st.tuples(DAYS_AGO, CERTAINTIES, maybe(OFFICES))


def world_of(reference: Reference, drawn: list[tuple[Basis, str]]) -> Reference:
    """An invented world with a few bases, each in some State under a number of its own."""
    placed = [replace(basis, state_id=state, number=number) for number, (basis, state) in enumerate(drawn)]
    return replace(reference, bases=tuple(placed))


def moved(person: Facts, codes: dict[str, str]) -> Facts:
    """The same facts with the invented States replaced by real ones."""

    def code(country: str | None) -> str | None:
        return codes.get(country, country) if country else None

    victim, gone, agreed = person.victim, person.displacement, person.consents
    held = victim.nationalities
    return replace(
        person,
        acts=tuple(replace(act, country=code(act.country)) for act in person.acts),
        victim=replace(
            victim,
            nationalities=held and tuple(replace(it, country=codes[it.country]) for it in held),
            residence_now=code(victim.residence_now),
            residence_at_acts=code(victim.residence_at_acts),
        ),
        displacement=replace(gone, crossed_into=code(gone.crossed_into)),
        suspects=person.suspects and tuple(_moved(it, code) for it in person.suspects),
        complaints=person.complaints and tuple(replace(it, country=code(it.country)) for it in person.complaints),
        consents=replace(agreed, countries=agreed.countries and frozenset(codes[it] for it in agreed.countries)),
    )  # fmt: skip


def _moved(suspect: Suspect, code) -> Suspect:
    seen = suspect.last_seen and replace(suspect.last_seen, country=code(suspect.last_seen.country))
    return replace(suspect, nationality=code(suspect.nationality), last_seen=seen)


def by_key(found: list[Route]) -> dict[tuple[object, ...], str]:
    """The verdict of each route."""
    return {(it.standing.forum.code, it.standing.number, it.law.provision): it.standing.verdict for it in found}


def consent_never_closes(person: Facts, world: Reference, state: str) -> None:
    """A further consent leaves every route at least as good."""
    agreed = replace(person.consents, countries=(person.consents.countries or frozenset()) | {state})
    before = by_key(assess(person, ON, world))
    for more in (agreed, Consents(person.consents.countries, icc=True)):
        after = by_key(assess(replace(person, consents=more), ON, world))
        assert before.keys() == after.keys()
        assert all(RANK[after[route]] <= RANK[before[route]] for route in before)


def sighting_never_lowers(person: Facts, world: Reference, state: str, sighted: tuple[int, str, str | None]) -> None:
    """Learning where a suspect is leaves that State's routes at least as good and the best of them as high."""
    days, certainty, office = sighted
    others = person.suspects or ()
    unseen = Suspect("Q", office, None, None)
    seen = replace(unseen, last_seen=Sighting(state, ON - timedelta(days=days), certainty))
    before = assess(replace(person, suspects=(*others, unseen)), ON, world)
    after = assess(replace(person, suspects=(*others, seen)), ON, world)
    verdicts = by_key(after)
    own = {route: verdict for route, verdict in by_key(before).items() if route[0] == state}
    assert all(RANK[verdicts[route]] <= RANK[verdict] for route, verdict in own.items())
    if own:
        assert _place(after, state) <= _place(before, state)


def _place(found: list[Route], state: str) -> int:
    return next(index for index, route in enumerate(found) if route.standing.forum.code == state)


def forgetting_never_opens(person: Facts, world: Reference) -> None:
    """Whatever is forgotten, nothing becomes open that was not."""
    known = by_key(assess(person, ON, world))
    for less in forgettings(person):
        opened = {route for route, verdict in by_key(assess(less, ON, world)).items() if verdict == "open"}
        assert all(known[route] == "open" for route in opened)


def too_early_is_blocked(person: Facts, world: Reference) -> None:
    """Acts that ended before an offence existed are blocked on it, unless it reaches back."""
    for basis in world.bases:
        if basis.in_force_earliest is None or basis.applies_to_earlier_acts == "yes":
            continue
        last = basis.in_force_earliest - timedelta(days=1)
        acts = [replace(it, first=last, last=last) for it in person.acts] or [Act("XH", last, last)]
        found = assess(replace(person, acts=tuple(acts)), ON, replace(world, bases=(basis,)))
        verdicts = [it for route, it in by_key(found).items() if route[2] == basis.provision]
        assert verdicts == ["blocked"]


def order_is_total_and_stable(person: Facts, world: Reference, seed) -> None:
    """No two routes share a place, and the order of the data changes nothing."""
    found = assess(person, ON, world)
    assert all(key(above.standing) < key(below.standing) for above, below in pairwise(found))
    shuffled = list(world.bases)
    seed.shuffle(shuffled)
    again = assess(person, ON, replace(world, bases=tuple(shuffled)))
    assert [it.standing for it in again] == [it.standing for it in found]
