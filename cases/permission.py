"""What a survivor may take back, and whether a complaint may still be prepared and handed over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from vault.models import AuditEvent

WITHDRAWN = "withdrawn"  # a code of the list "said"
READING, COUNTRIES, LAWYERS, COURT, HEALTH = "CNS-01", "CNS-02", "CNS-03", "CNS-05", "CNS-13"
# Each permission in words for the team, in the order in which it is asked.
SCOPES = {
    READING: _("reading and answering"),
    HEALTH: _("keeping health information"),
    COUNTRIES: _("preparing a criminal complaint"),
    LAWYERS: _("sharing with a partner lawyer"),
    COURT: _("the International Criminal Court"),
    "CNS-06": _("bodies of the United Nations"),
    "CNS-07": _("giving the name to a government"),
    "CNS-08": _("other groups that document crimes"),
    "CNS-09": _("counting in statistics"),
    "CNS-10": _("figures for delegates of states"),
    "CNS-11": _("use by media"),
    "CNS-12": _("names for bodies that decide on sanctions"),
    "CNS-14": _("direct contact by police or prosecutors"),
    "CNS-15": _("reading by a translator"),
}
STOPS_DOSSIERS = frozenset({READING, COUNTRIES, LAWYERS})
STOPS_CARE = frozenset({READING, HEALTH})
# CNS-14 asks about direct contact: only through a lawyer is not directly.
OUTCOMES = {"yes": "yes", "direct": "yes", "via_lawyer": "no", "no": "no", "never": "no"}
STOPPED, CANCELLED, RECALLED = "dossier.taken_back", "dossier.cancelled", "dossier.recalled"


def outcome(question_id: str, answer: Mapping[str, Any] | None) -> str:
    """What an answer means for a permission: "yes", "no", "later", or "" for none. Which countries is not said."""
    said, value = (answer or {}).get("said"), (answer or {}).get("value")
    if said or not value:
        return "later" if said and said != WITHDRAWN else ""
    if question_id == COUNTRIES:
        return "yes" if any(len(code) == 2 for code in value) else "later"
    return OUTCOMES.get(str(value), "later")


def is_withdrawn(answer: Mapping[str, Any] | None) -> bool:
    """Was this permission taken back?"""
    return (answer or {}).get("said") == WITHDRAWN


def is_stopped(dossier_id: UUID) -> bool:
    """Was a dossier stopped or recalled, because a permission or a yes was taken back, or by the team?

    The audit trail says so, whatever row was put back.
    """
    return bool(why_stopped(dossier_id))


def why_stopped(dossier_id: UUID) -> str:
    """The code of what stopped a dossier: "taken_back" by the survivor, "cancelled" by the team, or ""."""
    events = AuditEvent.objects.filter(action__in=[STOPPED, RECALLED, CANCELLED], subject=dossier_id)
    found = set(events.values_list("action", flat=True))
    return "taken_back" if found & {STOPPED, RECALLED} else "cancelled" if found else ""
