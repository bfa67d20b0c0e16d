"""Which annexes a dossier has: those with content, in the order of the variant."""

from __future__ import annotations

from cases.dossier.annex_sheets import sheets
from cases.dossier.annexes import chronology, sources
from cases.dossier.context import Material
from cases.dossier.document import Annex


def annexes(material: Material) -> tuple[Annex, ...]:
    """The annexes that have content, in order."""
    data = material.data
    present = {
        "A1": data.elements, "A3": chronology(material), "A4": data.exhibits, "A8": sources(material),
        "B1": data.account, "B2": data.translation, "B5": data.consent,
        "B6": any(exhibit.custody for exhibit in data.exhibits), **{sheet.code: True for sheet in sheets(material)},
    }  # fmt: skip
    plans = material.variant.table("annexes")
    return tuple(
        Annex(code, plan["title"], plan["intro"], anchor=f"annex-{code.lower()}")
        for code, plan in plans.items()
        if present.get(code)
    )
