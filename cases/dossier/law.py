"""The legal parts: the basis and the reasons of the assessed route, and the fixed paragraphs of the variant.

The complaint argues with the reasons in favour; what speaks against, what is missing and what is unverified in the
reference data is for counsel first, so it goes to the note, which is never filed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.dossier.context import Material
from cases.dossier.document import Para
from cases.dossier.inert import one_line
from cases.dossier.marks import confidence, is_weak, unverified_fields
from cases.dossier.variant import stopped


def basis(material: Material, about: str) -> list[Para]:
    """The provision that the route relies on."""
    if not material.provision:
        return []
    v, route = material.variant, material.data.route
    named = str(v.table("bases").get(str(route.get("basis")), ""))
    values = {"provision": material.provision, "basis": f"({named})" if named else "", "crime": material.crime}
    text = v.sentence("jurisdiction.basis", **values)
    return [Para(text, (_counsel(material), material.provision), "counsel", _mark(material, _is_low(route)))]


def reasons(material: Material, about: str) -> list[Para]:
    """The reasons in favour, each with provision, reference and confidence in the margin."""
    return [_argued(reason, material) for reason in material.argued]


def open_points(material: Material, about: str) -> list[Para]:
    """The reference data behind the route that nobody has signed."""
    fields = unverified_fields(material.data.route, material.variant)
    if not fields:
        return []
    v = material.variant
    text = v.say("jurisdiction.open_points", points=v.listed(fields))
    return [Para(text, (_counsel(material), v.say("source.reference_data")), "counsel", _mark(material, True))]


def paragraphs(material: Material, about: str) -> Iterator[Para]:
    """The fixed paragraphs of the variant on one matter; each may hang on a condition."""
    for entry in material.variant.find(f"law.{about}"):
        if "when" not in entry or CONDITIONS[entry["when"]](material):
            yield Para(entry["text"], (_counsel(material), entry["source"]), "counsel")


def _argued(reason: dict[str, Any], material: Material) -> Para:
    provision = one_line(str(reason.get("provision") or ""), 300)
    notes = (
        provision if provision != material.provision else "",
        material.references.get(str(reason.get("source") or ""), ""),
        confidence(reason, material.variant),
    )
    text = one_line(str(reason.get("text") or ""), 1_500).replace("he survivor", "he complainant")
    mark = _mark(material, is_weak(reason, material.data.route))
    return Para(stopped(text), (_counsel(material), *filter(None, notes)), "counsel", mark)


def _counsel(material: Material) -> str:
    return material.variant.say("source.counsel")


def _mark(material: Material, is_open: bool) -> str:
    return material.variant.say("source.unverified") if is_open else ""


def _is_low(route: dict[str, Any]) -> bool:
    return str(route.get("confidence") or "") == "low"


CONDITIONS = {
    "displaced": lambda material: material.is_displaced,
}
