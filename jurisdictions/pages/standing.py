"""Whether a State can open a case about acts abroad by its law alone, before anything of a person is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jurisdictions.models import JurisdictionBasis
from jurisdictions.pages.words import chip

ORDER = ("open", "conditional", "unknown")
NO_FILE = "no file"


@dataclass(frozen=True)
class Standing:
    """verdict: open, conditional, unknown, or "no file" where no national law is described. why: in a few words."""

    verdict: str
    why: str
    unverified: bool = False


def standing(bases: Sequence[JurisdictionBasis]) -> Standing:
    """The best that any base of the State gives."""
    if not bases:
        return Standing(NO_FILE, _("no national law described yet"))
    best = best_of(bases)
    return Standing(chip(best), _why(best), bool({"suspect_link", "victim_link"} & set(best.unverified)))


def best_of(bases: Sequence[JurisdictionBasis]) -> JurisdictionBasis:
    """The base that asks for least; among equals the first of the file. Raises ValueError without any base."""
    return min(bases, key=lambda it: (ORDER.index(chip(it)), _asks(it), it.number))


def _asks(basis: JurisdictionBasis) -> int:
    """0 for no link, 1 for a link of the survivor, 2 for one of the suspect."""
    return 2 if basis.suspect_open != "none" else int(basis.victim_link != "none")


def _why(basis: JurisdictionBasis) -> str:
    if basis.suspect_open == "unknown":
        return _("not settled whether a suspect must be there")
    if _asks(basis) == 2:
        return _("needs a link of the suspect")
    if _asks(basis) == 1:
        return _("needs a link of the survivor")
    return _("needs nobody there") if chip(basis) == "open" else _("may need nobody there; weak data")
