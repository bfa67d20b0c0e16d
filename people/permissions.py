"""Who may do what. Everything is refused unless a rule here says yes, and a key must still open what is sealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from people.models import Person, Role
from people.requests import DeskRequest

View = Callable[..., HttpResponseBase]


class Permission(Enum):
    # of everybody who signs in
    OWN_ACCOUNT = "own_account"
    SEE_NEWS = "see_news"
    SEE_STATES = "see_states"
    # the law
    PROPOSE_LAW = "propose_law"
    SIGN_LAW = "sign_law"  # what somebody else proposed
    # cases
    SEE_QUEUE = "see_queue"
    SEE_CASE = "see_case"
    TAKE_CASE = "take_case"
    ASSIGN_CASE = "assign_case"
    RECORD_ACCOUNT = "record_account"  # write an account down for a person
    READ_ACCOUNT = "read_account"
    WRITE_LETTER = "write_letter"
    WRITE_NOTES = "write_notes"  # notes and tasks of the team on a case
    SEE_TASKS = "see_tasks"  # what is due for oneself, over all cases
    CONFIRM_FACTS = "confirm_facts"
    KEEP_FLAGS = "keep_flags"  # raise risk flags, note what was done, close them
    SEE_CONSENTS = "see_consents"  # the ledger of permissions, who holds a copy, letters after a withdrawal
    GIVE_CARE = "give_care"  # answers about health to a clinician
    REQUEST_DOSSIER = "request_dossier"
    REQUEST_SEALED = "request_sealed"
    REQUEST_ERASING = "request_erasing"
    FIND_LAWYER = "find_lawyer"  # name one, offer the case, hand the brief over
    MOVE_CASE = "move_case"  # from one status to the next, where one person may
    REQUEST_STEP = "request_step"  # what a lead must agree to
    SEE_APPROVALS = "see_approvals"
    DECIDE_DOSSIER = "decide_dossier"
    DECIDE_SEALED = "decide_sealed"
    DECIDE_ERASING = "decide_erasing"
    DECIDE_STEP = "decide_step"
    HOLD_CASE = "hold_case"  # legal hold: nothing of the case is erased
    RELEASE_HOLD = "release_hold"  # break-glass, for a safety hold only
    REVIEW_RELEASE = "review_release"
    RECEIVE_DOSSIER = "receive_dossier"
    ANSWER_OFFER = "answer_offer"
    READ_BRIEF = "read_brief"
    KEEP_OFFICE = "keep_office"  # where the own office is, as a lawyer
    READ_CARE = "read_care"  # what a clinician was given
    # lawyers
    SEE_LAWYERS = "see_lawyers"
    KEEP_LAWYERS = "keep_lawyers"  # their records, and the look into the register of the bar
    # people and keys
    SEE_PEOPLE = "see_people"
    INVITE = "invite"
    SUSPEND = "suspend"
    ADMIT = "admit"
    REMOVE = "remove"
    NAME_DEPUTY = "name_deputy"
    WORK_ON_KEYS = "work_on_keys"
    MAKE_RECOVERY_KIT = "make_recovery_kit"
    REHEARSE_RECOVERY = "rehearse_recovery"
    # watching
    SEE_ALARMS = "see_alarms"
    SEE_URGENT = "see_urgent"  # on every page, how many people in danger nobody has answered
    SEE_TRAIL = "see_trail"  # of a case or a person; reading it is recorded
    EXPORT_HEAD = "export_head"
    SEE_RETENTION = "see_retention"
    # the admin: rows that no key opens
    SEE_ADMIN = "see_admin"
    SEE_ACCOUNTS = "see_accounts"
    SEE_REFERENCE = "see_reference"  # States and lists, as the reference data has them
    KEEP_TEXTS = "keep_texts"  # texts of letters, and numbers that survivors may call


P = Permission
EVERYBODY = {P.OWN_ACCOUNT, P.SEE_NEWS, P.SEE_STATES}
LAW = {P.PROPOSE_LAW, P.SIGN_LAW}  # no key opens these: the law is public, and no change takes effect by one person
STAFF = {P.SEE_QUEUE, P.SEE_APPROVALS, P.TAKE_CASE, P.RECORD_ACCOUNT, P.SEE_PEOPLE, P.SEE_TASKS, P.SEE_LAWYERS}
# Only for the people assigned to a case, and for leads; everybody else sees its line in the queue.
ON_THE_CASE = {
    P.SEE_CASE, P.READ_ACCOUNT, P.WRITE_LETTER, P.CONFIRM_FACTS, P.REQUEST_DOSSIER, P.REQUEST_SEALED, P.REQUEST_ERASING,
    P.MOVE_CASE, P.REQUEST_STEP, P.WRITE_NOTES, P.FIND_LAWYER,
    P.KEEP_FLAGS, P.SEE_CONSENTS, P.GIVE_CARE,
}  # fmt: skip
LEADING = {
    P.ASSIGN_CASE, P.DECIDE_DOSSIER, P.DECIDE_SEALED, P.DECIDE_ERASING, P.DECIDE_STEP, P.HOLD_CASE, P.RELEASE_HOLD,
    P.REVIEW_RELEASE, P.KEEP_LAWYERS,
    P.INVITE, P.SUSPEND, P.ADMIT, P.REMOVE, P.NAME_DEPUTY, P.WORK_ON_KEYS, P.MAKE_RECOVERY_KIT, P.REHEARSE_RECOVERY,
    P.SEE_ALARMS, P.SEE_URGENT, P.SEE_TRAIL, P.EXPORT_HEAD, P.SEE_RETENTION, *LAW,
    P.SEE_ADMIN, P.SEE_ACCOUNTS, P.SEE_REFERENCE, P.KEEP_TEXTS,
}  # fmt: skip
# Of a lead alone: who belongs here and who holds which key. Nobody gives these on by standing in.
PEOPLE_AND_KEYS = {
    P.INVITE, P.SUSPEND, P.ADMIT, P.REMOVE, P.NAME_DEPUTY, P.WORK_ON_KEYS, P.MAKE_RECOVERY_KIT, P.REHEARSE_RECOVERY,
    P.EXPORT_HEAD, P.SEE_ACCOUNTS,
}  # fmt: skip
# Whoever stands in for the leads works and decides as one. What would be sealed to the own key, and so outlast the
# deputyship, is left out: taking a case, recording one, asking for a dossier.
LASTING = {P.TAKE_CASE, P.RECORD_ACCOUNT, P.REQUEST_DOSSIER, P.REQUEST_SEALED, P.REQUEST_ERASING}
DEPUTY = (STAFF | ON_THE_CASE | LEADING) - PEOPLE_AND_KEYS - LASTING
ROLES: dict[str, set[Permission]] = {
    Role.CASEWORKER: EVERYBODY | STAFF | ON_THE_CASE,
    # A lead holds share B of every sealed part, so a lead never asks for share A.
    Role.LEAD: EVERYBODY | STAFF | (ON_THE_CASE - {P.REQUEST_SEALED}) | LEADING,
    Role.LAWYER: EVERYBODY | LAW | {P.RECEIVE_DOSSIER, P.ANSWER_OFFER, P.READ_BRIEF, P.KEEP_OFFICE},
    Role.TRANSLATOR: EVERYBODY,
    Role.CLINICIAN: EVERYBODY | {P.READ_CARE},
    Role.ANALYST: EVERYBODY,
    Role.DATA_PROTECTION: EVERYBODY | {P.SEE_PEOPLE, P.SEE_TRAIL, P.EXPORT_HEAD, P.SEE_RETENTION},
    Role.EDITOR: EVERYBODY | {P.PROPOSE_LAW, P.SEE_ADMIN, P.SEE_REFERENCE},
    Role.ADMINISTRATOR: EVERYBODY | {P.SEE_PEOPLE, P.INVITE, P.SUSPEND, P.SEE_ADMIN, P.SEE_ACCOUNTS},
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
        return Decision(ok=False, reason=_("Sign in first."))
    if permission not in permissions_of(person):
        return Decision(ok=False, reason=_("Not for a %(role)s.") % {"role": person.get_role_display()})
    if case is not None and case.team not in ("", person.team):
        return Decision(ok=False, reason=_("Another team works on this."))
    if case is not None and permission in ON_THE_CASE and not _works_on(person, case):
        return Decision(ok=False, reason=_("Only for the people assigned to this case, and for leads."))
    return Decision(ok=True)


def permissions_of(person: Person) -> set[Permission]:
    """What the own role allows, and what standing in for the leads adds in its days."""
    own = ROLES.get(person.role, set())
    return own | DEPUTY if person.acting_role != person.role else own


def staff(permission: Permission) -> Callable[[View], View]:
    """Decorate a view: whoever is signed in but lacks the permission gets 403.

    The mark on the view is what people.middleware looks for; a view of the desk without one lets nobody in.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(may(request.person, permission))
            return view(request, *args, **kwargs)

        guarded.permission = permission.value  # type: ignore[attr-defined]
        return guarded

    return decorate


def may_enter(person: Person | None, view: object) -> Decision:
    """Decide about a page of the desk by the mark on its view; one without a mark is for nobody."""
    mark = getattr(view, "permission", None)
    return Decision(ok=False, reason=_("No rule opens this page.")) if mark is None else may(person, Permission(mark))


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
