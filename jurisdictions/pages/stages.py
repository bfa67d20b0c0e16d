"""The grounds of a State at a glance: what each stage of a case asks, in a word or two."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jurisdictions.models import JurisdictionBasis
from jurisdictions.pages import reader
from jurisdictions.pages.words import Statement, chip

SUSPECT = {
    "none": _("nobody there"),
    "presence": _("suspect there"),
    "residence": _("suspect living there"),
    "nationality": _("suspect a national"),
    "unknown": _("not known"),
}
SURVIVOR = {
    "none": _("none needed"),
    "nationality": _("a national"),
    "residence": _("living there"),
    "refugee_or_residence": _("refugee or long resident there"),
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
    return Ground(
        anchor=anchor(basis),
        crime=reader.capital(reader.table("crimes")[basis.crime]),
        kind=str(basis.get_kind_display()),
        verdict=chip(basis),
        file=Statement(str(SUSPECT[basis.suspect_file]), doubted),
        open=Statement(str(SUSPECT[basis.suspect_open]), doubted),
        attempt=Statement(str(SUSPECT[basis.suspect_try]), doubted),
        survivor=Statement(str(SURVIVOR[basis.victim_link]), "victim_link" in basis.unverified),
    )


def anchor(basis: JurisdictionBasis) -> str:
    """Where the page says everything about it."""
    return f"ground-{basis.number + 1}"
