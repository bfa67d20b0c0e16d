"""Placing and lifting a legal hold."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cases.actions.holding import Hold, holds_of, lift_hold, place_hold
from cases.erasing_forms import HoldForm
from cases.errors import CaseError
from cases.models import Case
from cases.views.fetch import fetch_case, opens, refused
from people.permissions import Permission, staff
from people.requests import StaffRequest

SAID = {
    "held": gettext_lazy("A legal hold stands already."),
    "erased": gettext_lazy("The case was erased in the meantime."),
    "own_hold": gettext_lazy("You placed this hold. Another lead lifts it."),
    "lifted": gettext_lazy("This hold was lifted already."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.HOLD_CASE)
@opens
def hold(request: StaffRequest, reference: str) -> HttpResponseBase:
    """The holds of a case; place one, or lift one that another lead placed."""
    case = fetch_case(request, reference, Permission.HOLD_CASE)
    holds = holds_of(case, request.keyring)
    standing = next((each for each in holds if each.stands), None)
    is_own = standing is not None and standing.row.placed_by_id == request.person.id
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _act(request, case, standing, form.cleaned_data["reason"])
    context = {"case": case, "holds": holds, "standing": standing, "is_own": is_own, "form": form}
    return render(request, "desk/legal_hold.html", context)


def _act(request: StaffRequest, case: Case, standing: Hold | None, reason: str) -> HttpResponseBase:
    """One form, two acts: which one it is stands in the button, so that two leads at once do not undo each other."""
    is_lifting = request.POST.get("act") == "lift"
    try:
        if is_lifting and standing is not None:
            lift_hold(hold=standing.row, by=request.person, ring=request.keyring, reason=reason)
        elif is_lifting:
            raise CaseError("lifted")
        else:
            place_hold(case=case, by=request.person, ring=request.keyring, reason=reason)
    except CaseError as error:
        return refused(request, CaseError(str(SAID.get(error.code, error.code))))
    messages.success(
        request, _("The hold is lifted.") if is_lifting else _("Nothing of this case is erased from now on.")
    )
    return redirect("cases:case", case.reference)
