"""Fetching is the access check: a stranger finds nothing (404), a colleague without the right is refused (403)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from cases import broken, hold, queue
from cases.actions.erasing import require_not_erased
from cases.errors import CaseError
from cases.models import Approval, Care, Case, Dossier, HoldRelease, Proposal, SealedRelease
from people.permissions import Permission, may, require
from people.requests import StaffRequest
from vault.errors import NoGrant, NotKept, VaultError

View = Callable[..., HttpResponseBase]
# What an id in an address names, each with the case that it belongs to.
BY_ID: dict[str, type[Any]] = {
    "dossier_id": Dossier, "sealed_id": SealedRelease, "hold_id": HoldRelease, "approval_id": Approval,
    "proposal_id": Proposal, "care_id": Care,
}  # fmt: skip
REASONS = {
    "recorder": _("Only the member who wrote this account down for the person writes more of it down."),
    "over": _("The permission to read was taken back. Nothing more is written down."),
    "sent": _("It was sent meanwhile."),
    hold.CODE: hold.WORDS,
    "filing": _("A dossier for filing is made of this text. Stop the dossier first."),
    "own_request": _("You asked for this yourself; another person decides."),
    "own_release": _("You were the first; another lead is the second."),
    "already_decided": _("Somebody has decided it meanwhile."),
    "already_asked": _("You have asked already, and that request still stands."),
    "already_held": _("The case is in safety hold already."),
    "not_held": _("The case is not in safety hold."),
    "note_waits": _("A note waits for a lead already."),
    "not_p0": _("One lead alone lifts the hold of a P0 case only. For this one it takes two people."),
    "stale": _("The case has moved on since you opened this page. Look at it again; what you wrote was not used."),
    "who": _("This step is not for you."),
    "two": _("This step takes two people."),
    "reason": _("Write a reason first."),
    "expired": _("The time for deciding is over. Whoever asked may ask again."),
    "answered": _("It was answered or ended meanwhile. Look at it again."),
    "named": _("Another lawyer is with the person or works on it. One name at a time."),
    "another_lawyer": _("This is not yours."),
    "no_lawyer": _("There is no record of this lawyer."),
    "why": _("Choose a reason first."),
    "many_names": _("These are too many names at once."),
    "no_withdrawal": _("No permission was taken back."),
    "flag": _("There is no such flag."),
    "flag_open": _("This flag is open already."),
    "flag_closed": _("This flag is not open any more. Look at the list again."),
    "flag_urgent": _("An open flag calls for a higher level. Close it first."),
    "flag_questions": _("An open flag forbids further questions now. Look at what comes first about it."),
    "not_lower": _("Choose a lower level than the one that the case has."),
    "lead": _("Only a lead closes this flag, or asks another one to."),
    "word": _("Write who said that the danger is over, and in what words."),
    "word_waits": _("Whoever was given the case for it must say so first, on their own page."),
    "clinician": _("This is no clinician whom the directory names."),
    "care": _("Another clinician has it. One at a time."),
    "another_clinician": _("This is not yours."),
    "rounds": _("Two rounds of questions were asked. More come from the lawyer, in the interview."),
    "no_question": _("Write one question at least."),
    "hard_day": _("On this day nobody should call or meet the person. Choose another day."),
    "long": _("90 minutes at most, with a break each 30."),
    "past": _("This day is over. Choose another one."),
    "not_now": _("This is not to be done now. It comes with an interview that the person agreed to."),
    "day": _("This day has not come yet."),
    "answer": _("Choose one of the answers."),
    "kind": _("Say what kind of paper it is."),
    "full": _(
        "You work on as many cases as one person should. A lead may give you this one all the same, and says why; "
        "what is P0 you may always take."
    ),
    "asker": _("Whoever asked is no caseworker on this case any more, or has a new key. They must ask again."),
}


def fetch_case(request: StaffRequest, reference: str, permission: Permission = Permission.SEE_CASE) -> Case:
    """A case by its reference. 404 if it is unknown or another team's, 403 without the permission.

    Raises Forged for a case that was erased and whose rows somebody put back.
    """
    require(may(request.person, Permission.SEE_CASE))
    cases = queue.visible(request.person).select_related("receipt").prefetch_related("assignments__person")
    case = get_object_or_404(cases, reference=reference)
    require(may(request.person, permission, case))
    require_not_erased(case)
    return case


def fetch_dossier(request: StaffRequest, dossier_id: UUID) -> Dossier:
    """A dossier for a member of staff, found through its case."""
    dossiers = Dossier.objects.select_related("case", "lawyer", "requested_by", "decided_by")
    return get_object_or_404(dossiers, id=dossier_id, case__in=queue.visible(request.person))


def fetch_own_dossier(request: StaffRequest, dossier_id: UUID) -> Dossier:
    """A dossier for the lawyer it is sealed to; anybody else's is not there."""
    require(may(request.person, Permission.RECEIVE_DOSSIER))
    dossiers = Dossier.objects.select_related("case", "requested_by", "file").filter(lawyer=request.person)
    dossier = dossiers.filter(id=dossier_id, state__in=[Dossier.State.READY, Dossier.State.ACKNOWLEDGED]).first()
    if dossier is None:
        raise Http404
    return dossier


def opens(view: View) -> View:
    """Decorate a view that opens sealed records: a missing key or a broken record becomes a page, not an error."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NoGrant:
            return render(request, "desk/no_key.html", status=403)
        except NotKept:
            raise
        except VaultError as error:
            case = _case_of(kwargs)
            if case is None:
                broken.met_elsewhere(request.person.id, error)
            else:
                broken.met(case, error, request.person.id)
            return render(request, "desk/broken.html", {"case": case}, status=409)

    return guarded


def _case_of(arguments: dict[str, Any]) -> Case | None:
    """The case that an address is about."""
    if "reference" in arguments:
        return Case.objects.filter(reference=arguments["reference"]).first()
    for name in BY_ID.keys() & arguments.keys():
        row = BY_ID[name].objects.select_related("case").filter(id=arguments[name]).first()
        return cast(Case, row.case) if row else None
    return None


def refused(request: StaffRequest, error: CaseError) -> HttpResponseBase:
    """Say in plain words why an action was not taken."""
    return render(request, "desk/refused.html", {"reason": REASONS.get(error.code, error.code)}, status=409)
