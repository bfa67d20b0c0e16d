"""Annex A6: episodes and facilities as a table; nothing is drawn on a map."""

from __future__ import annotations

from cases.dossier.annex_inputs import Episode
from cases.dossier.annex_words import coded, joined, own, table
from cases.dossier.context import Material
from cases.dossier.document import Block
from cases.dossier.variant import Variant
from cases.statement.facilities import KINDS

NO_FACILITY = frozenset({"not_listed", "unknown"})
RANGE = " – "


def episodes(material: Material) -> tuple[Block, ...]:
    """A row for each episode with a date or a place."""
    rows = (_episode(each, material.variant) for each in material.data.episodes)
    return table(material, "a6", (row for row in rows if any(row[1:5])))


def _episode(episode: Episode, v: Variant) -> tuple[str, ...]:
    days = dict.fromkeys(v.day(each) for each in (episode.begin, episode.end) if each)
    return (
        str(episode.number),
        joined(days, RANGE),
        _facility(episode, v),
        joined((*(coded(each, "place_types", v, "place_type") for each in episode.places),
                own(episode.town, episode.lang, v, 300))),
        coded(episode.region, "regions", v),
        v.country(episode.country) if episode.country else "",
    )  # fmt: skip


def _facility(episode: Episode, v: Variant) -> str:
    """The name of the list; of a kind, or of what is not listed, with the complainant's words for it."""
    code = "" if episode.facility in NO_FACILITY else episode.facility
    words = own(episode.other_facility, episode.lang, v, 300) if not code or code in KINDS else ""
    return joined((coded(code, "facilities", v, "facility"), words))
