"""The note to counsel: everything about the route that the complaint does not argue with. Privileged, never filed.

It is in the English of the house in every variant: counsel reads it, no authority does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.dossier import variant
from cases.dossier.context import Material
from cases.dossier.document import Group, Note, Para
from cases.dossier.inert import one_line
from cases.dossier.marks import UNVERIFIED, confidence, is_weak
from cases.dossier.passages import foreign
from cases.dossier.points import Point, all_in
from cases.dossier.variant import Variant, stopped

INTRO = (
    "Privileged and confidential. For counsel only, not for filing. The reference data behind this note are not legal "
    "advice; each point is to be confirmed by a lawyer admitted in the forum."
)
CHECKLIST = (
    "Consent for this country and body is valid on the day of filing (annex B5).",
    "The complainant has approved this exact text in a language the complainant reads.",
    "Conflict check done; power of attorney signed (annex B4).",
    "Second release by staff recorded.",
    "Translation of annex B1 in annex B2, with the translator’s certificate.",
    "Each sentence of the section “Facts” read against its source.",
    "Every point marked “unverified” confirmed or removed.",
    "Parallel proceedings asked about and stated.",
    "Originals compared with SHA256SUMS after download.",
    "The folder “sealed”, if there is one, taken out and handed over apart.",
)


def counsel_note(material: Material) -> Note:
    """Everything about the route that is not argued in the complaint, and the checklist before filing."""
    route, words = material.data.route, variant.find(variant.DEFAULT)
    against = [_noted(reason, route, words) for reason in route.get("reasons", ()) if reason.get("effect") != "+"]
    groups = (
        Group("Where this route stands", tuple(_standing(route, words))),
        Group("Points against, and conditions", tuple(against)),
        Group("In favour, but without words in this variant", tuple(_unsaid(material, words))),
        Group("Open points: a lawyer clears each by name before the release", _open(material)),
        Group("Cleared", tuple(_cleared(material))),
        Group("Facts that would change the assessment", _plain(route.get("missing", ()))),
        Group("Next steps", _plain(route.get("next_steps", ()))),
        Group("Cautions", _plain(route.get("cautions", ()))),
        Group("Before filing", _plain(CHECKLIST)),
    )
    return Note(INTRO, tuple(group for group in groups if group.paras))


def _unsaid(material: Material, words: Variant) -> Iterator[Para]:
    """Reasons in favour for which the variant has no words, so that the complaint is silent about them."""
    said = {str(reason.get("code")) for reason in material.argued}
    for reason in material.data.route.get("reasons", ()):
        code = str(reason.get("code"))
        if reason.get("effect") == "+" and code not in said and not code.startswith("consent"):
            yield _noted(reason, material.data.route, words)


def _open(material: Material) -> tuple[Para, ...]:
    return tuple(Para(point.why, _said(point, material), "counsel", UNVERIFIED) for point in material.open_points)


def _said(point: Point, material: Material) -> tuple[str, ...]:
    """Text and source of a point, marked where they are in the language of filing."""
    lang = material.variant.language if point.is_filed else "en"
    return tuple(foreign(text, lang, "en") for text in (point.text, point.source) if text)


def _cleared(material: Material) -> Iterator[Para]:
    """What counsel has cleared as it stands now, by name."""
    points = {(p.key, p.digest): p for p in all_in(material.data)}
    for each in material.data.cleared:
        if (each.key, each.digest) in points:
            point, on = points[each.key, each.digest], variant.find(variant.DEFAULT).day(each.on)
            said = f"Cleared by {one_line(each.by, 200)} on {on}, because: {one_line(each.because, 1_000)}"
            yield Para(stopped(said), _said(point, material), "counsel")


def _noted(reason: dict[str, Any], route: dict[str, Any], words: Variant) -> Para:
    """A reason as counsel reads it in the note, with everything behind it."""
    notes = [one_line(str(reason.get(key) or ""), 600) for key in ("provision", "source")]
    text = stopped(one_line(str(reason.get("text") or ""), 1_500))
    mark = UNVERIFIED if is_weak(reason, route) else ""
    return Para(text, tuple(filter(None, [*notes, confidence(reason, words)])), "counsel", mark)


def _standing(route: dict[str, Any], words: Variant) -> list[Para]:
    texts = []
    if route.get("verdict"):
        stages = ", ".join(f"{name}: {verdict}" for name, verdict in (route.get("stages") or {}).items())
        said = f"Verdict of the assessment: {route['verdict']}"
        texts.append(stopped(f"{said} ({stages})" if stages else said))
    deadline = route.get("deadline") or {}
    if deadline.get("date"):
        texts.append(f"Earliest limitation date: {words.day(str(deadline['date']))}.")
    elif deadline.get("kind"):
        texts.append(stopped(f"Limitation: {deadline['kind']}"))
    return [Para(one_line(text, 500), ()) for text in texts]


def _plain(entries: Any) -> tuple[Para, ...]:
    """Lines from strings, or from mappings with text and source as the assessment gives them."""
    paras = (_line(entry) if isinstance(entry, dict) else Para(one_line(str(entry), 1_000), ()) for entry in entries)
    return tuple(para for para in paras if para.text)


def _line(entry: dict[str, Any]) -> Para:
    source = one_line(str(entry.get("source") or ""), 600)
    return Para(one_line(str(entry.get("text") or entry.get("code") or ""), 1_000), (source,) if source else ())
