"""The header page of an exhibit, as plain values for the template."""

from __future__ import annotations

from typing import Any

from cases.dossier.annexes import by_whom, eights, happened, kind
from cases.dossier.inert import one_line
from cases.dossier.inputs import ExhibitInput
from cases.dossier.variant import Variant
from cases.exhibit_types import TYPES

SEPARATOR = "\u2003"  # an em space between the parts of a stamp
NOT_PRINTED, WITHHELD = "kind", "withheld"  # codes: of kinds that are never printed, of a rendering without originals
CUSTODY = 12  # lines on a sheet; annex B6 has all


def values(
    exhibit: ExhibitInput, reference: str, built_on: str, notes: tuple[str, ...], copies: int, words: Variant
) -> dict[str, Any]:
    """Everything exhibit.html needs but the pictures.

    notes: codes of what the copy differs in, each with its numbers. copies: pages that follow; 0 for a mere sheet.
    """
    filed = "; ".join(_said(note, words) for note in notes) if copies else words.say("slip.no_copy")
    pairs = [
        ("name", one_line(exhibit.name, 160) or words.say("pseudonymised.withheld")),
        ("original", f"{kind(exhibit, words)}, {words.size(exhibit.size)}"),
        ("received", words.day(exhibit.received_on)),
        ("scan", happened(exhibit.scan, words)),
        ("filed", filed),
    ]
    return {
        "lang": words.language,
        "words": words.labels(),
        "reference": reference,
        "built_on": built_on,
        "foot": words.say("draft"),
        "slip": {
            "label": exhibit.label,
            "stamp": _stamp(words, reference, exhibit.label, words.say("slip.stamp")),
            "pairs": [{"label": words.say(f"slip.labels.{key}"), "text": text} for key, text in pairs],
            "digest": list(eights(exhibit.sha256)) or [words.say("pseudonymised.withheld")],
            "texts": [words.say("slip.notice"), words.say("slip.copy")] if copies else [],
        },
        "pages": [_page(exhibit, reference, number, copies, words) for number in range(1, copies + 1)],
    }


def sheet(exhibit: ExhibitInput, reference: str, built_on: str, code: str, words: Variant) -> dict[str, Any]:
    """The page that stands for a file which could not be converted, or is of a kind that is not printed."""
    made = values(exhibit, reference, built_on, (), 0, words)
    reasons = words.table("slip.reasons")
    text = words.say("slip.sheet", reason=str(reasons.get(code, reasons["other"])))
    if code == NOT_PRINTED:
        why = words.table("apart").get(exhibit.content_type, TYPES[exhibit.content_type].apart)
        text = words.say("slip.apart", reason=str(why), name=exhibit.original)
    made["slip"]["texts"] = [text]
    made["slip"]["pairs"] += _custody(exhibit, words)
    return made


def _stamp(words: Variant, *parts: str) -> str:
    return SEPARATOR.join(filter(None, (*parts, words.rendering)))


def short(code: str, words: Variant) -> str:
    """Why there is only a sheet, in a few words for the index."""
    return words.say("slip.beside" if code == NOT_PRINTED else "slip.short")


def _said(note: str, words: Variant) -> str:
    """A note in words: "picture 800 600", "text 3", "reduced"."""
    code, *numbers = note.split()
    if numbers == ["1"] and f"{code}_one" in words.table("slip.notes"):
        return words.say(f"slip.notes.{code}_one")
    return words.say(f"slip.notes.{code}").format(*numbers)


def _custody(exhibit: ExhibitInput, words: Variant) -> list[dict[str, str]]:
    lines = [
        words.say(
            "slip.custody_line", day=words.day(each.on), event=happened(each.event, words), by=by_whom(each.by, words)
        )
        for each in exhibit.custody[:CUSTODY]
    ]
    label = words.say("slip.labels.custody")
    return [{"label": label if not place else "", "text": line} for place, line in enumerate(lines)]


def _page(exhibit: ExhibitInput, reference: str, number: int, copies: int, words: Variant) -> dict[str, str]:
    places = {"number": str(number), "count": str(copies)}
    stamp = _stamp(words, reference, f"{exhibit.label}/{number}", words.say("slip.page", **places))
    return {"stamp": stamp, "image": "", "text": "", "alt": words.say("slip.alt", label=exhibit.label, **places)}
