"""The annexes that are tables of what the survivor and counsel gave: an annex without content is not among them."""

from __future__ import annotations

from collections.abc import Callable

from cases.dossier import annex_papers, annex_people, annex_places, annex_rights
from cases.dossier.context import Material
from cases.dossier.document import Block, Sheet

MAKERS: dict[str, Callable[[Material], tuple[Block, ...]]] = {
    "A2": annex_people.persons,
    "A5": annex_people.witnesses,
    "A6": annex_places.episodes,
    "B3": annex_papers.statements,
    "B4": annex_papers.power,
    "B8": annex_rights.medical,
    "B9": annex_rights.rights,
}


def sheets(material: Material) -> tuple[Sheet, ...]:
    """Each annex that has something to say."""
    made = (Sheet(code, make(material)) for code, make in MAKERS.items())
    return tuple(sheet for sheet in made if sheet.blocks)
