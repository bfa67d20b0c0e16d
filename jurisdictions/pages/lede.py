"""The opening sentences of a briefing paper: what the State can do, what it has done, what to beware of."""

from collections.abc import Sequence

from jurisdictions.assess.texts import in_words
from jurisdictions.models import JurisdictionBasis, State, TreatyStatus
from jurisdictions.vocabulary import CRIMES

PRACTICE = {
    "open_file": "A file on acts in {about} has been open since {year}.",
    "indictment": "Charges about acts in {about} were brought to court in {year}.",
    "filed_stalled": "A complaint about acts in {about} was filed in {year}; no progress since is known.",
    "none_found": "No case on acts in {about} was found.",
}
RANK = tuple(PRACTICE)


def lede(state: State, bases: Sequence[JurisdictionBasis], cat: TreatyStatus | None) -> str:
    """Two or three sentences that can be read aloud."""
    if not bases:
        return (
            f"There is no national file for {state.name} yet: only its treaties are known here. {_treaty(state, cat)}"
        )
    return " ".join(part for part in (_law(state, bases), _practice(bases), _safety(bases)) if part)


def strongest(bases: Sequence[JurisdictionBasis]) -> JurisdictionBasis | None:
    """The base with the furthest practice; the earliest year among equals."""
    return min(bases, key=lambda it: (RANK.index(it.practice), it.practice_year or 0), default=None)


def _law(state: State, bases: Sequence[JurisdictionBasis]) -> str:
    without = [it for it in bases if it.suspect_open == "none" and it.confidence != "low"]
    free = [it for it in without if it.victim_link == "none"]
    if free:
        crimes = " and ".join(dict.fromkeys(CRIMES[it.crime] for it in free))
        return (
            f"{state.name} can open a case about {crimes} committed abroad when neither the place, the suspect "
            "nor the survivor has a link with it."
        )
    if without:
        return f"{state.name} can open a case without a suspect there when the survivor has the link its law asks for."
    if any(it.suspect_open in {"presence", "residence", "nationality"} for it in bases):
        return f"{state.name} opens a case about acts abroad only when a suspect has a link with it."
    return f"Whether {state.name} can open a case about acts abroad is not settled by the data."


def _practice(bases: Sequence[JurisdictionBasis]) -> str:
    found = strongest(bases)
    if found is None:
        return ""
    return PRACTICE[found.practice].format(about=found.practice_about.name, year=found.practice_year)


def _safety(bases: Sequence[JurisdictionBasis]) -> str:
    levels = {it.safety for it in bases}
    if "restricted" in levels:
        return "Do not file there before wanted lists and the survivor's location are checked."
    if "check_first" in levels:
        return "Check wanted lists and the survivor's location before filing there."
    return ""


def _treaty(state: State, cat: TreatyStatus | None) -> str:
    if cat is None or cat.status != "party":
        return f"{state.name} is not a party to the Convention against Torture."
    since = f" since {in_words(cat.in_force_on)}" if cat.in_force_on else ""
    return f"{state.name} has been bound by the Convention against Torture{since}."
