"""The reference data as frozen values: read from the database once, then only passed around.

Field names are those of the models, so that a row of either the database or the files becomes a value as it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Treaty:
    """Where one State stands with one treaty."""

    state_id: str
    treaty: str
    status: str
    in_force_on: date | None
    withdrawn_on: date | None
    sources: tuple[str, ...]
    confidence: str
    unverified: tuple[str, ...]

    @property
    def doubtful(self) -> bool:
        """Whether a field that decides membership is marked as unverified."""
        return bool({"status", "in_force_on", "deposited_on", "withdrawn_on"} & set(self.unverified))


@dataclass(frozen=True)
class Law:
    """What a next step needs of a national file."""

    state_id: str
    authority_name: str
    authority_city: str
    filing_channels: tuple[str, ...]
    filing_languages: tuple[str, ...]
    formalities: tuple[str, ...]
    translation_note: str
    protection_note: str
    victim_can_file: str
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class Event:
    """One entry of a State's practice."""

    state_id: str
    year: int
    outcome: str
    about_id: str | None
    source: str


@dataclass(frozen=True)
class Basis:
    """One national base of jurisdiction; see models.JurisdictionBasis."""

    state_id: str
    number: int
    crime: str
    kind: str
    provision: str
    in_force_from: str
    in_force_earliest: date | None
    in_force_latest: date | None
    applies_to_earlier_acts: str
    victim_link: str
    victim_link_when: str
    victim_link_years: int | None
    suspect_file: str
    suspect_open: str
    suspect_try: str
    extra: tuple[str, ...]
    double_criminality: str
    subsidiarity: str
    territorial_party: str
    gatekeeper: str
    gatekeeper_stage: str
    discretion: str
    private_prosecution: str
    court_review: str
    limitation: str
    limitation_years: int | None
    practice: str
    practice_year: int | None
    practice_about_id: str
    safety: str
    safety_reason: str
    confidence: str
    unverified: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Situation:
    """One situation before an international court; see models.Situation."""

    slug: str
    forum: str
    forum_name: str
    name: str
    about_id: str
    referred_by_id: str | None
    opened_on: date | None
    acts_from: date
    treaty: str
    crime: str
    basis: str
    provision: str
    practice: str
    filing_channels: tuple[str, ...]
    filing_languages: tuple[str, ...]
    formalities: tuple[str, ...]
    confidence: str
    unverified: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class CrimeTreaty:
    """The treaty that counts for a crime."""

    crime: str
    treaty: str
    confidence: str
    unverified: tuple[str, ...]


@dataclass(frozen=True)
class Reference:
    """Everything an assessment reads."""

    names: Mapping[str, str]
    treaties: Mapping[tuple[str, str], Treaty]
    laws: Mapping[str, Law]
    bases: tuple[Basis, ...]
    situations: tuple[Situation, ...]
    crime_treaties: Mapping[str, CrimeTreaty]
    events: tuple[Event, ...] = ()

    def name(self, iso2: str | None) -> str:
        """English name of a country; its code when the table does not know it, "an unknown country" for None."""
        return self.names.get(iso2, iso2) if iso2 else "an unknown country"


Value = TypeVar("Value")


def build(rows: Mapping[str, Iterable[Row]]) -> Reference:
    """The snapshot from rows by model name."""
    treaties = _values(Treaty, rows["TreatyStatus"])
    return Reference(
        names={row["iso2"]: row["name"] for row in rows["State"]},
        treaties={(status.state_id, status.treaty): status for status in treaties},
        laws={law.state_id: law for law in _values(Law, rows["NationalLaw"])},
        bases=tuple(
            sorted(_values(Basis, rows["JurisdictionBasis"]), key=lambda basis: (basis.state_id, basis.number))
        ),
        situations=tuple(sorted(_values(Situation, rows["Situation"]), key=lambda situation: situation.slug)),
        crime_treaties={row.crime: row for row in _values(CrimeTreaty, rows["CrimeTreaty"])},
        events=tuple(_values(Event, sorted(rows["Practice"], key=lambda row: (row["state_id"], row["position"])))),
    )


def _values(kind: type[Value], rows: Iterable[Row]) -> list[Value]:
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    return [kind(**{name: _frozen(row[name]) for name in names}) for row in rows]


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
