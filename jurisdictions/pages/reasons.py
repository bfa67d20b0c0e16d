"""In which language a reader sees the reasons of routes."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language

from jurisdictions.assess import STAFF_LANGUAGES


def chosen(wanted: str) -> str:
    """The language that was asked for; English when it is none of ours."""
    return wanted if wanted in STAFF_LANGUAGES else STAFF_LANGUAGES[0]


def asked(wanted: str) -> str:
    """The language that a page was asked for; else that of its reader."""
    return wanted if wanted in STAFF_LANGUAGES else chosen(get_language() or "")


def choices(language: str) -> list[tuple[str, str, bool]]:
    """Code, own name, whether it is the one shown."""
    own = dict(settings.LANGUAGES)
    return [(code, str(own[code]), code == language) for code in STAFF_LANGUAGES]
