"""The opening sentences of a briefing paper: what the State can do, what it has done, what to beware of."""

from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jurisdictions.models import JurisdictionBasis, State, TreatyStatus
from jurisdictions.pages import reader

PRACTICE = {
    "open_file": _("A file on acts in {about} has been open since {year}."),
    "indictment": _("Charges about acts in {about} were brought to court in {year}."),
    "filed_stalled": _("A complaint about acts in {about} was filed in {year}; no progress since is known."),
    "none_found": _("No case on acts in {about} was found."),
}
RANK = tuple(PRACTICE)


def lede(state: State, bases: Sequence[JurisdictionBasis], cat: TreatyStatus | None) -> str:
    """Two or three sentences that can be read aloud."""
    if not bases:
        none = gettext("There is no national file for %(state)s yet: only its treaties are known here.")
        return f"{none % _named(state)} {_treaty(state, cat)}"
    return " ".join(part for part in (_law(state, bases), _practice(bases), _safety(bases)) if part)


def strongest(bases: Sequence[JurisdictionBasis]) -> JurisdictionBasis | None:
    """The base with the furthest practice; the earliest year among equals."""
    return min(bases, key=lambda it: (RANK.index(it.practice), it.practice_year or 0), default=None)


def _law(state: State, bases: Sequence[JurisdictionBasis]) -> str:
    without = [it for it in bases if it.suspect_open == "none" and it.confidence != "low"]
    free = [it for it in without if it.victim_link == "none"]
    if free:
        crimes = get_text_list(list(dict.fromkeys(reader.table("crimes")[it.crime] for it in free)), gettext("and"))
        words = gettext(
            "%(state)s can open a case about %(crimes)s committed abroad when neither the place, the suspect nor the "
            "survivor has a link with it."
        )
        return words % {**_named(state), "crimes": crimes}
    if without:
        words = gettext(
            "%(state)s can open a case without a suspect there when the survivor has the link its law asks for."
        )
    elif any(it.suspect_open in {"presence", "residence", "nationality"} for it in bases):
        words = gettext("%(state)s opens a case about acts abroad only when a suspect has a link with it.")
    else:
        words = gettext("Whether %(state)s can open a case about acts abroad is not settled by the data.")
    return words % _named(state)


def _named(state: State) -> dict[str, str]:
    return {"state": reader.state_name(state)}


def _practice(bases: Sequence[JurisdictionBasis]) -> str:
    found = strongest(bases)
    if found is None:
        return ""
    return str(PRACTICE[found.practice]).format(about=reader.state_name(found.practice_about), year=found.practice_year)


def _safety(bases: Sequence[JurisdictionBasis]) -> str:
    levels = {it.safety for it in bases}
    if "restricted" in levels:
        return gettext("Do not file there before wanted lists and the survivor's location are checked.")
    if "check_first" in levels:
        return gettext("Check wanted lists and the survivor's location before filing there.")
    return ""


def _treaty(state: State, cat: TreatyStatus | None) -> str:
    if cat is None or cat.status != "party":
        return gettext("%(state)s is not a party to the Convention against Torture.") % _named(state)
    if not cat.in_force_on:
        return gettext("%(state)s has been bound by the Convention against Torture.") % _named(state)
    words = gettext("%(state)s has been bound by the Convention against Torture since %(day)s.")
    return words % {**_named(state), "day": reader.day(cat.in_force_on)}
