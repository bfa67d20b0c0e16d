"""The header page of an exhibit, as plain values for the template."""

from __future__ import annotations

from typing import Any

from cases.dossier import dates
from cases.dossier.annexes import TYPES, eights, size
from cases.dossier.inert import one_line
from cases.dossier.inputs import ExhibitInput
from cases.dossier.wording import DRAFT

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
UNKNOWN = "its structure is not supported"
SHORT = "could not be converted; the original is available separately"


def values(exhibit: ExhibitInput, reference: str, built_on: str, notes: tuple[str, ...], copies: int) -> dict[str, Any]:
    """Everything exhibit.html needs but the pictures. copies: number of pages that follow; 0 for a mere sheet."""
    pairs = [
        ("Name as received", one_line(exhibit.name, 160)),
        ("Original", f"{TYPES[exhibit.content_type]}, {size(exhibit.size)}"),
        ("Received", dates.in_words(exhibit.received_on)),
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
    """The page that stands for a file which could not be converted."""
    made = values(exhibit, reference, built_on, (), 0)
    made["slip"]["texts"] = [SHEET.format(reason=REASONS.get(code, UNKNOWN))]
    return made


def _page(exhibit: ExhibitInput, reference: str, number: int, copies: int) -> dict[str, str]:
    stamp = SEPARATOR.join((reference, f"{exhibit.label}/{number}", f"page {number} of {copies}"))
    return {
        "stamp": stamp,
        "image": "",
        "alt": f"Exhibit {exhibit.label}, page {number} of {copies}: copy of the original",
    }
