"""Section "Jurisdiction" and the note to counsel, both from one assessed route.

The complaint argues with the reasons in favour; what speaks against, what is missing and what is unverified in the
reference data is for counsel first, so it goes to the note, which is never filed.
"""

from __future__ import annotations

from typing import Any

from cases.dossier import dates, wording
from cases.dossier.context import Material, listed, sentence
from cases.dossier.document import Group, Note, Para, Section
from cases.dossier.inert import one_line

UNVERIFIED = "unverified"


def jurisdiction(material: Material) -> Section:
    """Legal basis, reasons in favour with their sources, and the points still to be confirmed."""
    route = material.data.route
    paras = [_basis(material)] if material.provision else []
    paras += [_argued(reason, material) for reason in material.argued]
    if fields := unverified_fields(route):
        text = f"Still to be confirmed by counsel before filing: {listed(fields)}."
        paras.append(Para(text, ("counsel", "reference data"), "counsel", UNVERIFIED))
    return Section("Jurisdiction", (Group("", tuple(paras)),))


def _basis(material: Material) -> Para:
    route = material.data.route
    basis = wording.BASES.get(str(route.get("basis")), "")
    text = sentence(f"Counsel relies on {material.provision}", f"({basis})" if basis else "", f"for {material.crime}")
    return Para(text, ("counsel", material.provision), "counsel", UNVERIFIED if _low(route) else "")


def _argued(reason: dict[str, Any], material: Material) -> Para:
    """A reason in favour, with provision, reference and confidence in the margin."""
    provision = one_line(str(reason.get("provision") or ""), 300)
    notes = (
        provision if provision != material.provision else "",
        material.references.get(str(reason.get("source") or ""), ""),
        _confidence(reason),
    )
    text = one_line(str(reason.get("text") or ""), 1_500).replace("he survivor", "he complainant")
    return Para(sentence(text), ("counsel", *filter(None, notes)), "counsel", _mark(reason, material.data.route))


def _noted(reason: dict[str, Any], route: dict[str, Any]) -> Para:
    """A reason as counsel reads it in the note, with everything behind it."""
    notes = [one_line(str(reason.get(key) or ""), 600) for key in ("provision", "source")]
    text = sentence(one_line(str(reason.get("text") or ""), 1_500))
    return Para(text, tuple(filter(None, [*notes, _confidence(reason)])), "counsel", _mark(reason, route))


def _confidence(reason: dict[str, Any]) -> str:
    confidence = one_line(str(reason.get("confidence") or ""), 20)
    return f"confidence: {confidence}" if confidence else ""


def _mark(reason: dict[str, Any], route: dict[str, Any]) -> str:
    """ "unverified" when the reason rests on data that nobody has signed."""
    is_weak = str(reason.get("confidence")) in {"low", "unknown", UNVERIFIED}
    return UNVERIFIED if is_weak or str(reason.get("code")) in route.get("unverified", ()) else ""


def unverified_fields(route: dict[str, Any]) -> list[str]:
    """The names of reference data of this route that nobody has signed, in words."""
    codes = [str(code) for code in route.get("unverified", ())]
    return [wording.UNVERIFIED_FIELDS.get(code, one_line(code.replace("_", " "), 120)) for code in codes]


def counsel_note(material: Material) -> Note:
    """Everything about the route that is not argued in the complaint, and the checklist before filing."""
    route = material.data.route
    against = [_noted(reason, route) for reason in route.get("reasons", ()) if reason.get("effect") != "+"]
    groups = (
        Group("Where this route stands", tuple(_standing(route))),
        Group("Points against, and conditions", tuple(against)),
        Group("Unverified in the reference data", _plain(unverified_fields(route))),
        Group("Facts that would change the assessment", _plain(route.get("missing", ()))),
        Group("Next steps", _plain(route.get("next_steps", ()))),
        Group("Cautions", _plain(route.get("cautions", ()))),
        Group("Before filing", _plain(wording.CHECKLIST)),
    )
    return Note(wording.NOTE_INTRO, tuple(group for group in groups if group.paras))


def _standing(route: dict[str, Any]) -> list[Para]:
    texts = []
    if route.get("verdict"):
        stages = ", ".join(f"{name}: {verdict}" for name, verdict in (route.get("stages") or {}).items())
        texts.append(sentence(f"Verdict of the assessment: {route['verdict']}", f"({stages})" if stages else ""))
    deadline = route.get("deadline") or {}
    if deadline.get("date"):
        texts.append(f"Earliest limitation date: {dates.in_words(str(deadline['date']))}.")
    elif deadline.get("kind"):
        texts.append(sentence(f"Limitation: {deadline['kind']}"))
    return [Para(one_line(text, 500), ()) for text in texts]


def _plain(entries: Any) -> tuple[Para, ...]:
    """Lines from strings, or from mappings with text and source as the assessment gives them."""
    paras = (_line(entry) if isinstance(entry, dict) else Para(one_line(str(entry), 1_000), ()) for entry in entries)
    return tuple(para for para in paras if para.text)


def _line(entry: dict[str, Any]) -> Para:
    source = one_line(str(entry.get("source") or ""), 600)
    return Para(one_line(str(entry.get("text") or entry.get("code") or ""), 1_000), (source,) if source else ())


def _low(route: dict[str, Any]) -> bool:
    return str(route.get("confidence") or "") == "low"
