"""The legal parts: the basis and the reasons of the assessed route, and the fixed paragraphs of the variant.

The complaint argues with the reasons in favour; what speaks against, what is missing and what is unverified in the
reference data is for counsel first, so it goes to the note, which is never filed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.dossier.conditions import holds
from cases.dossier.context import Material
from cases.dossier.document import Para
from cases.dossier.inert import one_line
from cases.dossier.marks import confidence, field_name
from cases.dossier.points import BASIS, field_key, law_key, reason_key
from cases.dossier.variant import fill, stopped


def basis(material: Material, about: str) -> list[Para]:
    """The provision that the route relies on."""
    if not material.provision:
        return []
    v, route = material.variant, material.data.route
    named = str(v.table("bases").get(str(route.get("basis")), ""))
    values = {"provision": material.provision, "basis": f"({named})" if named else "", "crime": material.crime}
    text = v.sentence("jurisdiction.basis", **values)
    return [Para(text, (_counsel(material), material.provision), "counsel", material.mark(BASIS))]


def reasons(material: Material, about: str) -> list[Para]:
    """The reasons in favour, each with provision, reference and confidence in the margin."""
    return [_argued(reason, material) for reason in material.argued]


def open_fields(material: Material, about: str) -> list[Para]:
    """The reference data behind the route that nobody has signed."""
    codes = [code for code in map(str, material.data.route.get("unverified", ())) if material.mark(field_key(code))]
    if not codes:
        return []
    v = material.variant
    text = v.say("jurisdiction.open_points", points=v.listed(field_name(code, v) for code in codes))
    margin = (_counsel(material), v.say("source.reference_data"))
    return [Para(text, margin, "counsel", v.say("source.unverified"))]


def paragraphs(material: Material, about: str) -> Iterator[Para]:
    """The fixed paragraphs of the variant on one matter; each may hang on a condition."""
    for entry in material.variant.find(f"law.{about}"):
        if holds(entry.get("when", ""), material):
            text = fill(entry["text"], **_values(material))
            yield Para(text, (_counsel(material), entry["source"]), "counsel", material.mark(law_key(entry)))


def _values(material: Material) -> dict[str, str]:
    """What a fixed paragraph may name: {place}, {when}, {crossed}, {on_crossing}."""
    v, moved = material.variant, material.confirmed.get("displacement") or {}
    into = str(moved.get("crossed_into") or "")
    return {
        "place": material.place,
        "when": v.when(*material.period),
        "crossed": v.country(into, "into") if into else "",
        "on_crossing": v.when(str(moved.get("date") or ""), ""),
    }


def _argued(reason: dict[str, Any], material: Material) -> Para:
    v, provision = material.variant, one_line(str(reason.get("provision") or ""), 300)
    notes = (
        provision if provision != material.provision and not v.is_own else "",
        material.references.get(str(reason.get("source") or ""), ""),
        confidence(reason, v),
    )
    text = str(v.table("reasons_own").get(str(reason.get("code"))) or _of_route(reason))
    return Para(stopped(text), (_counsel(material), *filter(None, notes)), "counsel", material.mark(reason_key(reason)))


def _of_route(reason: dict[str, Any]) -> str:
    return one_line(str(reason.get("text") or ""), 1_500).replace("he survivor", "he complainant")


def _counsel(material: Material) -> str:
    return material.variant.say("source.counsel")
