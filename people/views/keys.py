"""The keys of the organisation: which are in use, what is left to do about old ones, and doing it in slices."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from people import keywork
from people.permissions import Permission, staff
from people.requests import StaffRequest
from people.stepup import SecondFactorForm, confirm
from people.views.members import refuses
from vault import rotation

TOTAL = "keys_total"  # session: how much there was when this run began
GOING = "going"  # query: the run goes on by itself where scripts run
STUCK = gettext_lazy("What is left does not fit, or your keys do not open it. The alarms say which rows it is about.")


@require_safe
@staff(Permission.WORK_ON_KEYS)
def show(request: StaffRequest) -> HttpResponse:
    """What is in use since when, and what is left."""
    return _page(request, SecondFactorForm())


@require_POST
@refuses
@staff(Permission.WORK_ON_KEYS)
def go_on(request: StaffRequest) -> HttpResponseBase:
    """Work for two seconds, then show how far it is."""
    request.session[TOTAL] = max(request.session.get(TOTAL, 0), rotation.remaining().total)
    done = keywork.work_on(by=request.person, ring=request.keyring)
    left = rotation.remaining().total
    if not left:
        messages.success(request, _("Done. Nothing is left."))
    elif not done:
        messages.warning(request, STUCK)
    return redirect(reverse("people:keys") + (f"?{GOING}=1" if left and done else ""))


@require_POST
@sensitive_post_parameters("code")
@refuses
@staff(Permission.WORK_ON_KEYS)
def replace_intake(request: StaffRequest) -> HttpResponseBase:
    """Replace the intake key before its week is over; the second factor is asked for again."""
    form = SecondFactorForm(request.POST)
    if not (form.is_valid() and confirm(request, form)):
        return _page(request, form)
    keywork.replace_intake(by=request.person, ring=request.keyring)
    messages.success(request, _("The intake key is replaced. Press Continue to give it what the old one opens."))
    return redirect("people:keys")


def _page(request: StaffRequest, form: SecondFactorForm) -> HttpResponse:
    work = rotation.remaining()
    total = max(request.session.get(TOTAL, 0), work.total)
    if not work.total:
        request.session.pop(TOTAL, None)
    context: dict[str, Any] = {
        "keys": keywork.in_use(),
        "root": keywork.root_fingerprint(),
        "days": keywork.INTAKE_DAYS,
        "work": work,
        "total": total,
        "done": total - work.total,
        "is_going": bool(work.total) and GOING in request.GET,
        "form": form,
    }
    return render(request, "desk/keys.html", context)
