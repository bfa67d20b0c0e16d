"""Confirmed facts of one account. None means that the fact is not known."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Act:
    """What happened in one place, between two days."""

    country: str | None = None
    first: date | None = None
    last: date | None = None
    crime_facts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Nationality:
    """A nationality and the day since when, if known."""

    country: str
    since: date | None = None


@dataclass(frozen=True)
class Victim:
    """The survivor's links. nationalities None: not asked yet."""

    nationalities: tuple[Nationality, ...] | None = None
    residence_now: str | None = None
    residence_at_acts: str | None = None
    refugee: bool | None = None
    age_now: int | None = None


@dataclass(frozen=True)
class Displacement:
    """Leaving the country: whether under coercion, into which country, on which day."""

    forced: bool | None = None
    crossed_into: str | None = None
    on: date | None = None


@dataclass(frozen=True)
class Sighting:
    """Where a suspect was last known to be."""

    country: str | None = None
    on: date | None = None
    certainty: str | None = None


@dataclass(frozen=True)
class Suspect:
    """One suspect, by the case's own id."""

    id: str | None = None
    office: str | None = None
    nationality: str | None = None
    last_seen: Sighting | None = None


@dataclass(frozen=True)
class Complaint:
    """A complaint made earlier."""

    country: str | None = None
    on: date | None = None
    result: str | None = None


@dataclass(frozen=True)
class Consents:
    """What the survivor agreed to. countries None: not asked yet."""

    countries: frozenset[str] | None = None
    icc: bool | None = None


@dataclass(frozen=True)
class Facts:
    """All confirmed facts. suspects None: nothing is known about suspects; (): none is known by name or place."""

    acts: tuple[Act, ...] = ()
    victim: Victim = field(default_factory=Victim)
    displacement: Displacement = field(default_factory=Displacement)
    suspects: tuple[Suspect, ...] | None = None
    complaints: tuple[Complaint, ...] | None = None
    consents: Consents = field(default_factory=Consents)
    languages: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
