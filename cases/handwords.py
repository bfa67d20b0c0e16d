"""In whose hand an account is, in words for readers: on the case, in the reading view, in a dossier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cases import wording
from cases.hands import YES, How, Recorded
from people.models import Person

TELLER, AGREES = "SAF-03", "REP-08"
TELLERS = {  # who tells it, as the team says it
    "self": "the person themselves",
    "family": "a family member",
    "helper": "a helper or organisation",
    "lawyer": "their lawyer",
    "for_detained": "somebody for a person in detention",
    "for_dead": "somebody for a person who died",
    "witness": "a witness; it happened to others",
}
AGREEMENTS = {  # whether the person agrees
    "agrees": "they know and agree",
    "detained": "they are in detention and cannot be asked",
    "missing": "they are missing",
    "dead": "they died; close family tells it",
    "child": "it is the child of whoever tells it",
    "not_asked": "they were not asked yet",
}
HELPERS = frozenset({"family", "helper", "lawyer", "for_detained", "for_dead"})  # who write for another person
NOT_ASKED = "not_asked"


def told(recorded: Recorded | None) -> str:
    """For the desk, with the member's name; "given by the person" when nobody wrote it down for them."""
    if recorded is None:
        return "given by the person"
    person = Person.objects.filter(id=recorded.by).first()
    name = f"{person.name}, {person.get_role_display().lower()}" if person else "a former member"
    return f"{_told(recorded.how)}, written down by {name}{_read_back(recorded.how)}"


def told_to_a_role(recorded: Recorded | None) -> str:
    """For a dossier, which names nobody of the team: "" when the person wrote it."""
    if recorded is None:
        return ""
    return f"{_told(recorded.how)}, written down by a caseworker{_read_back(recorded.how)}"


def helper(teller: Mapping[str, Any] | None, agrees: Mapping[str, Any] | None) -> str:
    """Who tells it instead of the person, and whether the person agrees; "" when it is their own."""
    if not is_helper(teller):
        return ""
    said = AGREEMENTS.get(str((agrees or {}).get("value")), "whether they agree is not said")
    return f"told by {_who(teller)} ({said})"


def helper_role(teller: Mapping[str, Any] | None) -> str:
    """Like helper(), for a lawyer: whether the person agrees is the team's to know."""
    return f"told by {_who(teller)}" if is_helper(teller) else ""


def is_helper(teller: Mapping[str, Any] | None) -> bool:
    """Does somebody else tell it for the person? A witness speaks for nobody."""
    return (teller or {}).get("value") in HELPERS


def _who(teller: Mapping[str, Any] | None) -> str:
    return TELLERS[str((teller or {}).get("value"))]


def _told(how: How) -> str:
    between = ", through an interpreter" if how.has_interpreter else ""
    return f"told {wording.told_way(how.way)} in {wording.language(how.language)}{between}"


def _read_back(how: How) -> str:
    if not how.read_back:
        return ""  # the first answers, which come before
    return ", read back to the person" if how.read_back == YES else ", not read back to the person"
