"""Erasing a case: asking, and deciding as another person, after reading what goes, what stays and who has what."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cases import keeping, queue
from cases.actions.erasing import approve_erasing, delivered, refusal, refuse_erasing, request_erasing
from cases.actions.holding import holds_of
from cases.erasing_forms import AskErasingForm, DecideErasingForm
from cases.errors import CaseError
from cases.models import Case, Dossier, Erasure
from cases.retention import WHYS
from cases.views.fetch import fetch_case, opens, refused
from people.permissions import Permission, may, require, staff
from people.requests import StaffRequest
from people.stepup import confirm
from vault.models import today

NO_DECISION = gettext_lazy("Choose Erase or Keep; the Enter key chooses nothing.")
SAID = {
    "held": gettext_lazy("A legal hold stands. Nothing of this case is erased while it does."),
    "erased": gettext_lazy("The case was erased in the meantime."),
    "already_asked": gettext_lazy("Somebody has asked already; a lead decides."),
    "already_decided": gettext_lazy("This was decided already."),
    "no_clock": gettext_lazy("No period is over for this case."),
    "own_request": gettext_lazy("You asked. Another lead decides."),
    "reference": gettext_lazy("The reference that was typed is another one."),
    "building": gettext_lazy(
        "A worker builds a dossier of this case right now. Decide when it is done or has stopped."
    ),
}


@require_safe
@staff(Permission.SEE_APPROVALS)
def show_all(request: StaffRequest) -> HttpResponseBase:
    """What waits for a lead, and what was erased."""
    viewer = request.person
    context = {"waiting": keeping.waiting(viewer), "asked": keeping.asked_for(viewer)}
    context |= {"erased": keeping.erased()[:50], "whys": WHYS}
    return render(request, "desk/erasings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.REQUEST_ERASING)
@opens
def ask(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Ask a lead to erase this case."""
    case = fetch_case(request, reference, Permission.REQUEST_ERASING)
    due = keeping.due_of(case, today())
    form = AskErasingForm(request.POST or None, is_due=due is not None)
    if request.method == "POST" and form.is_valid():
        return _ask(request, case, form.cleaned_data["why"])
    return render(request, "desk/ask_erasing.html", {"case": case, "form": form, "due": due} | _about(request, case))


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@staff(Permission.SEE_APPROVALS)
@opens
def decide(request: StaffRequest, erasure_id: UUID) -> HttpResponseBase:
    """What goes, what stays and who has what already; then two equal buttons for a lead who did not ask."""
    erasure = _fetch(request, erasure_id)
    if erasure.case is None:
        return render(request, "desk/erased.html", {"erasure": erasure, "why": WHYS.get(erasure.why, erasure.why)})
    form = DecideErasingForm(request.POST or None) if _may_decide(request, erasure, erasure.case) else None
    if form is not None and form.is_valid() and _is_complete(request, form, erasure.case) and confirm(request, form):
        return _decide(request, erasure, form)
    return render(request, "desk/erasing.html", _page(request, erasure, erasure.case, form))


def said(error: CaseError) -> CaseError:
    """The same refusal in plain words."""
    return CaseError(str(SAID.get(error.code, error.code)))


def _ask(request: StaffRequest, case: Case, why: str) -> HttpResponseBase:
    try:
        erasure = request_erasing(case=case, by=request.person, ring=request.keyring, why=why)
    except CaseError as error:
        return refused(request, said(error))
    messages.success(request, _("A lead who is not you decides now."))
    return redirect("cases:erasing", erasure.id)


def _fetch(request: StaffRequest, erasure_id: UUID) -> Erasure:
    """A request of a case that the person works on. What is erased is for all staff: only a reference is left."""
    require(may(request.person, Permission.SEE_APPROVALS))
    rows = Erasure.objects.select_related("case__receipt", "requested_by", "decided_by")
    erasure = get_object_or_404(rows, id=erasure_id)
    if erasure.case is not None:
        get_object_or_404(queue.visible(request.person), id=erasure.case_id)
        require(may(request.person, Permission.REQUEST_ERASING, erasure.case))
    return erasure


def _may_decide(request: StaffRequest, erasure: Erasure, case: Case) -> bool:
    is_other = erasure.requested_by_id != request.person.id
    is_open = erasure.state == Erasure.State.REQUESTED
    return is_open and is_other and may(request.person, Permission.DECIDE_ERASING, case).ok


def _is_complete(request: StaffRequest, form: DecideErasingForm, case: Case) -> bool:
    decision = request.POST.get("decision", "")
    if decision not in ("erase", "keep"):
        form.add_error(None, NO_DECISION)
        return False
    return form.fits(decision, case)


def _decide(request: StaffRequest, erasure: Erasure, form: DecideErasingForm) -> HttpResponseBase:
    is_erasing, wanted = request.POST["decision"] == "erase", form.cleaned_data
    who: dict[str, Any] = {"erasure": erasure, "by": request.person, "ring": request.keyring}
    try:
        if is_erasing:
            approve_erasing(**who, reference=wanted["reference"])
        else:
            refuse_erasing(**who, reason=wanted["reason"])
    except CaseError as error:
        return refused(request, said(error))
    messages.success(
        request,
        _("Case %(reference)s is erased.") % {"reference": erasure.reference} if is_erasing else _("The case is kept."),
    )
    return redirect("cases:erasing", erasure.id)


def _page(request: StaffRequest, erasure: Erasure, case: Case, form: DecideErasingForm | None) -> dict[str, Any]:
    return _about(request, case) | {
        "case": case,
        "erasure": erasure,
        "why": WHYS.get(erasure.why, erasure.why),
        "form": form,
        "is_asker": erasure.requested_by_id == request.person.id,
        "refusal": refusal(erasure, case, request.keyring) if erasure.state == Erasure.State.REFUSED else "",
    }


def _about(request: StaffRequest, case: Case) -> dict[str, Any]:
    """What goes, what a lawyer has, and what stands against it."""
    return {
        "holds": [hold for hold in holds_of(case, request.keyring) if hold.stands],
        "counts": {
            "versions": case.versions.count(),
            "exhibits": case.exhibits.count(),
            "letters": case.messages.count(),
            "dossiers": case.dossiers.count(),
        },
        "delivered": delivered(case),
        "is_told": _is_told(case),
        "ready": case.dossiers.filter(state=Dossier.State.READY, delivered_at=None).count(),
    }


def _is_told(case: Case) -> bool:
    """Was our newest letter read, and is it the newest of all?"""
    newest = case.messages.last()
    return newest is not None and newest.side == newest.Side.TEAM and newest.is_read
