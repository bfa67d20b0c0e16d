"""Codes of the assessment in words, for the chips and marks of pages. A code that nobody knows is shown as it is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jurisdictions.models import JurisdictionBasis

VERDICTS = {
    "open": pgettext_lazy("verdict", "open"),
    "conditional": pgettext_lazy("verdict", "conditional"),
    "unknown": pgettext_lazy("verdict", "unknown"),
    "blocked": pgettext_lazy("verdict", "blocked"),
    "none": pgettext_lazy("verdict", "none"),
    "no file": pgettext_lazy("verdict", "no file"),
}
CONFIDENCE = {
    "high": pgettext_lazy("confidence", "high"),
    "medium": pgettext_lazy("confidence", "medium"),
    "low": pgettext_lazy("confidence", "low"),
}
# Grounds of courts beside those of States.
GROUNDS = {
    **dict(JurisdictionBasis.Kind.choices),
    "territorial": _("acts in a State Party"),
}


def verdict(code: str) -> str:
    """open, conditional, unknown or blocked."""
    return str(VERDICTS.get(code, code))


def confidence(code: str) -> str:
    """high, medium or low."""
    return str(CONFIDENCE.get(code, code))


def ground(code: str) -> str:
    """universal jurisdiction, treaty obligation, ..."""
    return str(GROUNDS.get(code, str(code or "").replace("_", " ")))
