"""What rests on data that nobody has signed, and how it is marked in print."""

from __future__ import annotations

from typing import Any

from cases.dossier.inert import one_line
from cases.dossier.variant import Variant

UNVERIFIED = "unverified"  # how a note of a fact sentence says so; print has the word of the variant
WEAK = {"low", "unknown", UNVERIFIED}


def is_weak(reason: dict[str, Any], route: dict[str, Any]) -> bool:
    """Whether a reason of a route rests on data that nobody has signed."""
    return str(reason.get("confidence")) in WEAK or str(reason.get("code")) in route.get("unverified", ())


def unverified_fields(route: dict[str, Any], variant: Variant) -> list[str]:
    """The names of reference data of this route that nobody has signed, in words."""
    words = variant.table("unverified")
    return [
        str(words.get(code, one_line(code.replace("_", " "), 120))) for code in map(str, route.get("unverified", ()))
    ]


def confidence(reason: dict[str, Any], variant: Variant) -> str:
    """ "confidence: high"; empty when the data say none."""
    word = one_line(str(reason.get("confidence") or ""), 20)
    return variant.say("source.confidence", word=str(variant.table("confidences").get(word, word))) if word else ""
