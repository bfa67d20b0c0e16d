"""Who may do what. Everything is refused unless a rule here says yes, and a key must still open what is sealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase

from people.models import Person, Role
from people.requests import DeskRequest

View = Callable[..., HttpResponseBase]


class Permission(Enum):
    SEE_QUEUE = "see_queue"
    SEE_CASE = "see_case"  # its readable columns
    TAKE_CASE = "take_case"
    ASSIGN_CASE = "assign_case"
    READ_ACCOUNT = "read_account"
    WRITE_LETTER = "write_letter"
    CONFIRM_FACTS = "confirm_facts"
    REQUEST_DOSSIER = "request_dossier"
    SEE_APPROVALS = "see_approvals"
    DECIDE_DOSSIER = "decide_dossier"
    RECEIVE_DOSSIER = "receive_dossier"


STAFF = {Permission.SEE_QUEUE, Permission.SEE_CASE, Permission.SEE_APPROVALS}
ON_THE_CASE = {
    Permission.READ_ACCOUNT, Permission.WRITE_LETTER, Permission.CONFIRM_FACTS, Permission.REQUEST_DOSSIER,
}  # fmt: skip
ROLES: dict[str, set[Permission]] = {
    Role.CASEWORKER: STAFF | ON_THE_CASE | {Permission.TAKE_CASE},
    Role.LEAD: STAFF | ON_THE_CASE | {Permission.TAKE_CASE, Permission.ASSIGN_CASE, Permission.DECIDE_DOSSIER},
    Role.LAWYER: {Permission.RECEIVE_DOSSIER},
}


class HasAssignments(Protocol):
    """The part of a case that a decision needs."""

    team: str
    assignments: Any


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, with a reason that may be shown."""

    ok: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.ok


def may(person: Person | None, permission: Permission, case: HasAssignments | None = None) -> Decision:
    """Decide. With a case, the team must fit, and reading or changing it is for assignees and leads."""
    if person is None or not person.is_active:
        return Decision(ok=False, reason="Sign in first.")
    if permission not in ROLES.get(person.role, set()):
        return Decision(ok=False, reason=f"Not for a {person.get_role_display()}.")
    if case is not None and case.team not in ("", person.team):
        return Decision(ok=False, reason="Another team works on this.")
    if case is not None and permission in ON_THE_CASE and not _works_on(person, case):
        return Decision(ok=False, reason="Only for the people assigned to this case, and for leads.")
    return Decision(ok=True)


def staff(permission: Permission) -> Callable[[View], View]:
    """Decorate a view: whoever is signed in but lacks the permission gets 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(may(request.person, permission))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def require(decision: Decision) -> None:
    """Raise PermissionDenied with the reason unless the decision is yes."""
    if not decision.ok:
        raise PermissionDenied(decision.reason)


def open_to_all(view: View) -> View:
    """Mark a desk view that works without being signed in."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def _works_on(person: Person, case: HasAssignments) -> bool:
    return person.is_lead or case.assignments.filter(person=person, ended_on=None).exists()
