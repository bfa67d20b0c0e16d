"""In whose hand an account is, in words for readers: on the case, in the reading view, in a dossier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import wording
from cases.hands import YES, How, Recorded
from people.models import Person

TELLER, AGREES = "SAF-03", "REP-08"
TELLERS = {  # who tells it, as the team says it
    "self": gettext_lazy("the person themselves"),
    "family": gettext_lazy("a family member"),
    "helper": gettext_lazy("a helper or organisation"),
    "lawyer": gettext_lazy("their lawyer"),
    "for_detained": gettext_lazy("somebody for a person in detention"),
    "for_dead": gettext_lazy("somebody for a person who died"),
    "witness": gettext_lazy("a witness; it happened to others"),
}
AGREEMENTS = {  # whether the person agrees
    "agrees": gettext_lazy("they know and agree"),
    "detained": gettext_lazy("they are in detention and cannot be asked"),
    "missing": gettext_lazy("they are missing"),
    "dead": gettext_lazy("they died; close family tells it"),
    "child": gettext_lazy("it is the child of whoever tells it"),
    "not_asked": gettext_lazy("they were not asked yet"),
}
HELPERS = frozenset({"family", "helper", "lawyer", "for_detained", "for_dead"})  # who write for another person
NOT_ASKED = "not_asked"


def told(recorded: Recorded | None) -> str:
    """For the desk, with the member's name; "given by the person" when nobody wrote it down for them."""
    if recorded is None:
        return _("given by the person")
    person = Person.objects.filter(id=recorded.by).first()
    name = f"{person.name}, {str(person.get_role_display()).lower()}" if person else _("a former member")
    return ", ".join([*_told(recorded.how), _("written down by %(name)s") % {"name": name}, *_read_back(recorded.how)])


def told_to_a_role(recorded: Recorded | None) -> str:
    """For a dossier, which names nobody of the team: "" when the person wrote it."""
    if recorded is None:
        return ""
    return ", ".join([*_told(recorded.how), _("written down by a caseworker"), *_read_back(recorded.how)])


def helper(teller: Mapping[str, Any] | None, agrees: Mapping[str, Any] | None) -> str:
    """Who tells it instead of the person, and whether the person agrees; "" when it is their own."""
    if not is_helper(teller):
        return ""
    said = AGREEMENTS.get(str((agrees or {}).get("value")), _("whether they agree is not said"))
    return _("told by %(who)s (%(said)s)") % {"who": _who(teller), "said": said}


def helper_role(teller: Mapping[str, Any] | None) -> str:
    """Like helper(), for a lawyer: whether the person agrees is the team's to know."""
    return _("told by %(who)s") % {"who": _who(teller)} if is_helper(teller) else ""


def is_helper(teller: Mapping[str, Any] | None) -> bool:
    """Does somebody else tell it for the person? A witness speaks for nobody."""
    return (teller or {}).get("value") in HELPERS


def _who(teller: Mapping[str, Any] | None) -> str:
    return str(TELLERS[str((teller or {}).get("value"))])


def _told(how: How) -> list[str]:
    words = _("told %(way)s in %(language)s")
    told = words % {"way": wording.told_way(how.way), "language": wording.language(how.language)}
    return [told, _("through an interpreter")] if how.has_interpreter else [told]


def _read_back(how: How) -> list[str]:
    if not how.read_back:
        return []  # the first answers, which come before
    return [_("read back to the person") if how.read_back == YES else _("not read back to the person")]
