"""Invented States and law for the rules: every country code here belongs to nobody."""

from dataclasses import replace
from datetime import date
from typing import Any

from jurisdictions.assess.context import Context
from jurisdictions.assess.facts import Act, Consents, Displacement, Facts, Sighting, Suspect, Victim
from jurisdictions.snapshot import Basis, CrimeTreaty, Event, Law, Reference, Situation, Treaty

ON = date(2026, 11, 22)
FORUM, ELSEWHERE, HOME = "XA", "XB", "XH"
NAMES = {FORUM: "Arcadia", ELSEWHERE: "Belmontia", HOME: "Homeland", "XC": "Corona"}

CLEAN = Basis(
    state_id=FORUM,
    number=0,
    crime="torture",
    kind="universal",
    provision="Code art. 1",
    in_force_from="2010-01-01",
    in_force_earliest=date(2010, 1, 1),
    in_force_latest=date(2010, 1, 1),
    applies_to_earlier_acts="unknown",
    victim_link="none",
    victim_link_when="",
    victim_link_years=None,
    suspect_file="none",
    suspect_open="none",
    suspect_try="none",
    extra=(),
    double_criminality="no",
    subsidiarity="no",
    territorial_party="no",
    gatekeeper="none",
    gatekeeper_stage="unknown",
    discretion="unknown",
    private_prosecution="unknown",
    court_review="unknown",
    limitation="none",
    limitation_years=None,
    practice="none_found",
    practice_year=None,
    practice_about_id=HOME,
    safety="normal",
    safety_reason="",
    confidence="high",
    unverified=(),
    sources=("https://law.invalid/xa",),
)
SITUATION = Situation(
    slug="court-homeland",
    forum="ICC",
    forum_name="Office of the Prosecutor",
    name="Situation in Homeland",
    about_id=HOME,
    referred_by_id=FORUM,
    opened_on=date(2026, 3, 1),
    acts_from=date(2020, 5, 1),
    treaty="ROME",
    crime="deportation_persecution",
    basis="territorial",
    provision="Statute art. 12",
    practice="open_file",
    filing_channels=("post",),
    filing_languages=("en",),
    formalities=("no form",),
    confidence="high",
    unverified=(),
    sources=("https://court.invalid/situation",),
)


def basis(**changes: Any) -> Basis:
    """A base with no condition at all, changed as asked."""
    return replace(CLEAN, **changes)


def treaty(state: str, name: str = "CAT", since: date | None = date(1990, 1, 1), **changes: Any) -> Treaty:
    """A party since 1990, changed as asked."""
    row = Treaty(state, name, "party", since, None, ("https://treaties.invalid",), "high", ())
    return replace(row, **changes)


def reference(*bases: Basis, treaties: tuple[Treaty, ...] = (), **changes: Any) -> Reference:
    """A small world: Arcadia and Homeland are party to everything unless rows are given."""
    rows = treaties or tuple(treaty(state, name) for state in NAMES for name in ("CAT", "ROME"))
    law = Law(
        FORUM,
        "Arcadian Prosecutor",
        "Arc",
        ("post", "in person"),
        ("en",),
        ("signed",),
        "",
        "",
        "yes",
        ("https://l.invalid",),
        "high",
    )
    world = Reference(
        names=NAMES,
        treaties={(row.state_id, row.treaty): row for row in rows},
        laws={FORUM: law},
        bases=bases,
        situations=(),
        crime_treaties={
            "torture": CrimeTreaty("torture", "CAT", "high", ()),
            "crimes_against_humanity": CrimeTreaty("crimes_against_humanity", "ROME", "medium", ("treaty",)),
        },
        events=(Event(FORUM, 2020, "opened", HOME, "https://practice.invalid"),),
    )
    return replace(world, **changes)


def act(**changes: Any) -> Act:
    """Torture in Homeland in August 2020, with a pattern."""
    known = Act(HOME, date(2020, 8, 9), date(2020, 8, 14), frozenset({"torture_by_officials", "pattern"}))
    return replace(known, **changes)


def facts(**changes: Any) -> Facts:
    """Everything confirmed that a clean base needs, and consent."""
    known = Facts(
        acts=(act(),),
        victim=Victim(nationalities=(), residence_now=ELSEWHERE, residence_at_acts=HOME, refugee=True, age_now=30),
        displacement=Displacement(forced=True, crossed_into=FORUM, on=date(2021, 2, 3)),
        suspects=(suspect(HOME),),
        complaints=(),
        consents=Consents(frozenset({FORUM}), icc=True),
        languages=("be",),
    )
    return replace(known, **changes)


def suspect(country: str | None, *, on: date | None = date(2026, 11, 10), certainty: str = "confirmed") -> Suspect:
    """One suspect, seen in a country; a national of Homeland."""
    seen = Sighting(country, on, certainty) if country else None
    return Suspect(id="P-001", office="other", nationality=HOME, last_seen=seen)


def context(base: Basis = CLEAN, person: Facts | None = None, world: Reference | None = None) -> Context:
    """One base looked at on the day of these tests."""
    return Context(facts() if person is None else person, ON, base, world or reference(base))


def codes(finding: Any) -> dict[str, str]:
    """Codes of the reasons with their effects."""
    return {reason.code: reason.effect for reason in finding.reasons}
