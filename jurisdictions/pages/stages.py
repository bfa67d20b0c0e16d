"""The grounds of a State at a glance: what each stage of a case asks, in a word or two."""

from collections.abc import Iterable
from dataclasses import dataclass

from jurisdictions.models import JurisdictionBasis
from jurisdictions.pages.words import Statement, chip
from jurisdictions.vocabulary import CRIMES

SUSPECT = {
    "none": "nobody there",
    "presence": "suspect there",
    "residence": "suspect living there",
    "nationality": "suspect a national",
    "unknown": "not known",
}
SURVIVOR = {
    "none": "none needed",
    "nationality": "a national",
    "residence": "living there",
    "refugee_or_residence": "refugee or long resident there",
}


@dataclass(frozen=True)
class Ground:
    """One line of the table. file, open, attempt: what the stage needs (attempt is the trial)."""

    anchor: str
    crime: str
    kind: str
    verdict: str
    file: Statement
    open: Statement
    attempt: Statement
    survivor: Statement


def grounds(bases: Iterable[JurisdictionBasis]) -> tuple[Ground, ...]:
    """Every ground in the order of the file."""
    return tuple(_ground(basis) for basis in bases)


def _ground(basis: JurisdictionBasis) -> Ground:
    doubted = "suspect_link" in basis.unverified
    crime = CRIMES[basis.crime]
    return Ground(
        anchor=anchor(basis),
        crime=f"{crime[:1].upper()}{crime[1:]}",
        kind=basis.get_kind_display(),
        verdict=chip(basis),
        file=Statement(SUSPECT[basis.suspect_file], doubted),
        open=Statement(SUSPECT[basis.suspect_open], doubted),
        attempt=Statement(SUSPECT[basis.suspect_try], doubted),
        survivor=Statement(SURVIVOR[basis.victim_link], "victim_link" in basis.unverified),
    )


def anchor(basis: JurisdictionBasis) -> str:
    """Where the page says everything about it."""
    return f"ground-{basis.number + 1}"
