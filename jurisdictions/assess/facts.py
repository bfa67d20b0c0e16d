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
    """All confirmed facts. suspects None: nothing is known about suspects; (): none is known by name or place.

    Derived: known_acts has one wholly unknown act when none is confirmed; places are countries of acts as far as
    confirmed; shown is everything that a confirmed act shows; begins is the earliest plausible day of the acts, None
    as long as one act has none; has_doubtful_offices says that a suspect may hold an office that shields.
    """

    acts: tuple[Act, ...] = ()
    victim: Victim = field(default_factory=Victim)
    displacement: Displacement = field(default_factory=Displacement)
    suspects: tuple[Suspect, ...] | None = None
    complaints: tuple[Complaint, ...] | None = None
    consents: Consents = field(default_factory=Consents)
    languages: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    known_acts: tuple[Act, ...] = field(init=False, compare=False)
    places: frozenset[str] = field(init=False, compare=False)
    shown: frozenset[str] = field(init=False, compare=False)
    begins: date | None = field(init=False, compare=False)
    has_doubtful_offices: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once what every rule asks."""
        known = self.acts or (Act(),)
        days = [act.first for act in known]
        derived = {
            "known_acts": known,
            "places": frozenset(act.country for act in self.acts if act.country),
            "shown": frozenset(code for act in self.acts for code in act.crime_facts),
            "begins": min([day for day in days if day]) if all(days) else None,
            "has_doubtful_offices": any(it.office != "other" for it in self.suspects or ()),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)
