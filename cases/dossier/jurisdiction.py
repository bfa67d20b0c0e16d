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
    paras += [reason_para(reason, route) for reason in route.get("reasons", ()) if reason.get("effect") == "+"]
    if fields := unverified_fields(route):
        text = f"Still to be confirmed by counsel before filing: {listed(fields)}."
        paras.append(Para(text, ("counsel", "reference data"), "counsel", UNVERIFIED))
    return Section("Jurisdiction", (Group("", tuple(paras)),))


def _basis(material: Material) -> Para:
    route = material.data.route
    basis = wording.BASES.get(str(route.get("basis")), "")
    text = sentence(f"Counsel relies on {material.provision}", f"({basis})" if basis else "", f"for {material.crime}")
    return Para(text, ("counsel", material.provision), "counsel", UNVERIFIED if _low(route) else "")


def reason_para(reason: dict[str, Any], route: dict[str, Any]) -> Para:
    """One reason with provision, source and confidence in the margin; marked when it rests on unverified data."""
    notes = [one_line(str(reason.get(key) or ""), 300) for key in ("provision", "source")]
    confidence = str(reason.get("confidence") or "")
    source = ("counsel", *(note for note in notes if note), *([f"confidence: {confidence}"] if confidence else []))
    weak = confidence in {"low", "unknown", UNVERIFIED} or str(reason.get("code")) in route.get("unverified", ())
    return Para(sentence(one_line(str(reason.get("text") or ""), 1_500)), source, "counsel", UNVERIFIED if weak else "")


def unverified_fields(route: dict[str, Any]) -> list[str]:
    """The names of reference data of this route that nobody has signed, in words."""
    codes = [str(code) for code in route.get("unverified", ())]
    return [wording.UNVERIFIED_FIELDS.get(code, one_line(code.replace("_", " "), 120)) for code in codes]


def counsel_note(material: Material) -> Note:
    """Everything about the route that is not argued in the complaint, and the checklist before filing."""
    route = material.data.route
    against = [reason_para(reason, route) for reason in route.get("reasons", ()) if reason.get("effect") != "+"]
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
    texts = [one_line(_entry(entry), 1_000) for entry in entries]
    return tuple(Para(text, ()) for text in texts if text)


def _entry(entry: Any) -> str:
    """A line of text from a string, or from a mapping as an assessment may give it."""
    if isinstance(entry, dict):
        return str(entry.get("text") or entry.get("code") or "")
    return str(entry)


def _low(route: dict[str, Any]) -> bool:
    return str(route.get("confidence") or "") == "low"
