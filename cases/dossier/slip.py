"""The header page of an exhibit, as plain values for the template."""

from __future__ import annotations

from typing import Any

from cases.dossier import dates
from cases.dossier.annexes import eights, size
from cases.dossier.inert import one_line
from cases.dossier.inputs import ExhibitInput
from cases.dossier.wording import DRAFT
from cases.exhibit_types import TYPES

SEPARATOR = "\u2003"  # an em space between the parts of a stamp
COPY = (
    "The pages that follow are a copy, rebuilt from what is visible and scaled to fit. Nothing is printed over it: the "
    "stamp stands in the top margin. Data that do not show on the page, such as place and device of a photograph, are "
    "in the original only."
)
SHEET = (
    "This file could not be converted into a printable copy ({reason}). The original is available separately, byte for "
    "byte as received, with the hash above."
)
REASONS = {
    "unreadable": "it could not be read",
    "encrypted": "it is protected by a password",
    "empty": "it has no pages",
    "pages": "it has too many pages",
    "pixels": "the picture is too large",
    "depth": "its structure is too deep",
    "memory": "it needs too much memory",
    "cpu": "it takes too long",
    "timeout": "it takes too long",
}
APART = (
    "{reason} This sheet stands for it. The original is in the package as {name}, byte for byte as received, with the "
    "hash above. Open it only on a computer that holds nothing else."
)
NOT_PRINTED = "kind"  # the code of kinds that are never printed
BESIDE = "not printed; the original is in the package"
CUSTODY = 12  # lines on a sheet; annex B6 has all
UNKNOWN = "its structure is not supported"
SHORT = "could not be converted; the original is available separately"


def values(exhibit: ExhibitInput, reference: str, built_on: str, notes: tuple[str, ...], copies: int) -> dict[str, Any]:
    """Everything exhibit.html needs but the pictures. copies: number of pages that follow; 0 for a mere sheet."""
    pairs = [
        ("Name as received", one_line(exhibit.name, 160)),
        ("Original", f"{TYPES[exhibit.content_type].words}, {size(exhibit.size)}"),
        ("Received", dates.in_words(exhibit.received_on)),
        ("Scan", one_line(exhibit.scan, 200)),
        ("Filed copy", "; ".join(notes) if copies else "none; this sheet stands for it"),
    ]
    return {
        "reference": reference,
        "built_on": built_on,
        "foot": DRAFT,
        "slip": {
            "label": exhibit.label,
            "stamp": SEPARATOR.join((reference, exhibit.label, "slip")),
            "pairs": [{"label": label, "text": text} for label, text in pairs],
            "digest": list(eights(exhibit.sha256)),
            "texts": [COPY] if copies else [],
        },
        "pages": [_page(exhibit, reference, number, copies) for number in range(1, copies + 1)],
    }


def sheet(exhibit: ExhibitInput, reference: str, built_on: str, code: str) -> dict[str, Any]:
    """The page that stands for a file which could not be converted, or is of a kind that is not printed."""
    made = values(exhibit, reference, built_on, (), 0)
    text = SHEET.format(reason=REASONS.get(code, UNKNOWN))
    if code == NOT_PRINTED:
        text = APART.format(reason=TYPES[exhibit.content_type].apart, name=exhibit.original)
    made["slip"]["texts"] = [text]
    made["slip"]["pairs"] += _custody(exhibit)
    return made


def _custody(exhibit: ExhibitInput) -> list[dict[str, str]]:
    lines = [f"{dates.in_words(each.on)}: {each.event}, by {each.by}" for each in exhibit.custody[:CUSTODY]]
    return [{"label": "Custody" if not place else "", "text": one_line(line, 200)} for place, line in enumerate(lines)]


def _page(exhibit: ExhibitInput, reference: str, number: int, copies: int) -> dict[str, str]:
    stamp = SEPARATOR.join((reference, f"{exhibit.label}/{number}", f"page {number} of {copies}"))
    return {
        "stamp": stamp,
        "image": "",
        "text": "",
        "alt": f"Exhibit {exhibit.label}, page {number} of {copies}: copy of the original",
    }
