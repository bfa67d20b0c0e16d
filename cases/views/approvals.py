"""Four eyes: what waits for a second person, and the page on which that person decides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cases import releasable, requests, work
from cases.actions import releasing
from cases.actions.dossiers import approve, reference, refuse, request_record
from cases.dossier.inputs import FULL
from cases.dossier_request import rendering_of
from cases.errors import CaseError, NotConsented, NotReady
from cases.forms import DecisionForm, ResidualForm
from cases.limits import limits_of
from cases.models import Dossier
from cases.pseudonyms.words import counted
from cases.routing import forum_name
from cases.views.dossiers import NOT_CONSENTED, NOT_READY
from cases.views.fetch import fetch_dossier, opens, refused
from cases.waking import wake
from people.permissions import Permission, may, require, staff
from people.requests import StaffRequest
from people.stepup import confirm

ACTS = {
    "approve": (approve, _("Approved. The worker has both shares now.")),
    "refuse": (refuse, _("Refused. What was copied for it is erased.")),
}
NO_DECISION = _("Choose Approve or Refuse; the Enter key chooses nothing.")


@require_safe
@staff(Permission.SEE_APPROVALS)
@opens
def show(request: StaffRequest) -> HttpResponseBase:
    """What waits, and what was decided lately. A lead's visit also closes what was lent and is over."""
    releasing.renew(by=request.person, ring=request.keyring)
    context = {"waiting": requests.waiting(request.person), "decided": requests.decided(request.person)}
    return render(request, "desk/approvals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@staff(Permission.SEE_APPROVALS)
@opens
def decide(request: StaffRequest, dossier_id: UUID) -> HttpResponseBase:
    """Reason first, then effects, then checks, then two equal buttons for whoever may decide."""
    dossier = fetch_dossier(request, dossier_id)
    require(may(request.person, Permission.SEE_CASE, dossier.case))
    may_decide = _may_decide(request, dossier)
    form = _form(request, dossier) if may_decide else None
    if form is not None and form.is_valid() and _has_decision(request, form) and confirm(request, form):
        return _decide(request, dossier, form)
    return render(request, "desk/approval.html", _page(request, dossier, form))


def _form(request: StaffRequest, dossier: Dossier) -> DecisionForm:
    is_full = rendering_of(request_record(dossier, request.keyring)) == FULL
    return (DecisionForm if is_full else ResidualForm)(request.POST or None)


def _may_decide(request: StaffRequest, dossier: Dossier) -> bool:
    is_other = dossier.requested_by_id != request.person.id
    is_open = dossier.state == Dossier.State.REQUESTED
    return is_open and is_other and may(request.person, Permission.DECIDE_DOSSIER, dossier.case).ok


def _is_open(dossier: Dossier) -> bool:
    """Are the conditions of a filing looked at now?"""
    return dossier.is_for_filing and dossier.state == Dossier.State.REQUESTED


def _has_decision(request: StaffRequest, form: DecisionForm) -> bool:
    if request.POST.get("decision") in ACTS:
        return True
    form.add_error(None, NO_DECISION)
    return False


def _decide(request: StaffRequest, dossier: Dossier, form: DecisionForm) -> HttpResponseBase:
    act, done = ACTS[request.POST["decision"]]
    more = {"residual": form.words} if act is approve and isinstance(form, ResidualForm) else {}
    try:
        act(dossier=dossier, by=request.person, ring=request.keyring, reason=form.cleaned_data["reason"], **more)
    except NotReady as error:
        form.add_error(None, NOT_READY.get(error.code, error.code))
        return render(request, "desk/approval.html", _page(request, dossier, form))
    except NotConsented as error:
        page = _page(request, dossier, form)
        form.add_error(None, NOT_CONSENTED[error.code].format(place=page["place"]))
        return render(request, "desk/approval.html", page)
    except CaseError as error:
        return refused(request, error)
    if act is approve:
        wake(dossier.id)
    messages.success(request, done)
    return redirect("cases:approvals")


def _page(request: StaffRequest, dossier: Dossier, form: DecisionForm | None) -> dict[str, Any]:
    ring, case = request.keyring, dossier.case
    written = request_record(dossier, ring)
    route = written.get("route", {})
    forum, limits = str(route.get("forum", "")), limits_of(case, ring)
    return {
        "case": case,
        "dossier": dossier,
        "name": reference(dossier),
        "reason": written.get("reason", ""),
        "with_names": bool(written.get("with_names")),
        "replaced": written.get("replaced"),
        "counts": counted(written.get("replaced", {}).get("counts", {})),
        "route": route,
        "place": forum_name(route),
        "has_country": limits.allows(forum),
        "has_lawyer": limits.shares_with_lawyers,
        "is_held": case.status == case.Status.SAFETY_HOLD,
        "form": form,
        "is_asker": dossier.requested_by_id == request.person.id,
        "decision": work.read(case, ring, "dossier", "decision", dossier.id),
        "conditions": list(releasable.lines(dossier, ring, written, request.person)) if _is_open(dossier) else [],
    }
