"""What rests on data that nobody has signed, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cases.dossier.inert import one_line
from cases.dossier.variant import Variant

UNVERIFIED = "unverified"  # how the note of a fact sentence says so; print has the word of the variant
WEAK = {"low", "unknown", UNVERIFIED}


def is_weak(reason: Mapping[str, Any], route: Mapping[str, Any]) -> bool:
    """Whether a reason of a route rests on data that nobody has signed."""
    return str(reason.get("confidence")) in WEAK or str(reason.get("code")) in route.get("unverified", ())


def is_low(route: Mapping[str, Any]) -> bool:
    """Whether the data on the route as a whole are weak."""
    return str(route.get("confidence") or "") == "low"


def field_name(code: str, variant: Variant) -> str:
    """The name of a field of the reference data, in words."""
    return str(variant.table("unverified").get(code, one_line(code.replace("_", " "), 120)))


def confidence(reason: Mapping[str, Any], variant: Variant) -> str:
    """ "confidence: high"; empty when the data say none."""
    word = one_line(str(reason.get("confidence") or ""), 20)
    return variant.say("source.confidence", word=str(variant.table("confidences").get(word, word))) if word else ""
