"""Who works on a case: taking it, giving it, accepting, declining and ending."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from cases import load
from cases.actions import assigning
from cases.errors import CaseError
from cases.forms_giving import AssignForm, BeyondForm
from cases.models import Assignment, Case
from cases.views.fetch import fetch_case, opens, refused
from people.models import Person
from people.permissions import Permission, may, require, staff
from people.requests import StaffRequest
from people.stepup import SecondFactorForm, confirm


@require_POST
@staff(Permission.TAKE_CASE)
@opens
def take(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Assign the case to oneself."""
    case = fetch_case(request, reference, Permission.TAKE_CASE)
    try:
        assigning.assign(case=case, person=request.person, by=request.person, ring=request.keyring)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("You have taken this case. It is sealed to your own key now."))
    return redirect("cases:case", case.reference)


@require_POST
@staff(Permission.ASSIGN_CASE)
@opens
def assign_to(request: StaffRequest, reference: str) -> HttpResponseBase:
    """A lead gives the case to a member, who then accepts or declines."""
    case = fetch_case(request, reference, Permission.ASSIGN_CASE)
    form = AssignForm(case, request.person, request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose somebody first."))
        return redirect("cases:case", case.reference)
    return _give(request, case, form.cleaned_data["person"])


def _give(request: StaffRequest, case: Case, person: Person) -> HttpResponseBase:
    """Give the case; beyond the limits of cases.load a page asks for a reason first."""
    found, reason = load.load_of(person), ""
    if found.is_full:
        form = BeyondForm(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            cases, back = [(case.reference, case.reference)], reverse("cases:case", args=[case.reference])
            context = {"form": form, "person": person, "load": found, "cases": cases, "back": back}
            return render(request, "desk/give_beyond.html", context)
        reason = form.cleaned_data["reason"]
    try:
        assigning.assign(case=case, person=person, by=request.person, ring=request.keyring, reason=reason)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("%(name)s was asked to take this case.") % {"name": person.name})
    return redirect("cases:case", case.reference)


@require_POST
@staff(Permission.TAKE_CASE)
@opens
def accept(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Accept a case that a lead gave."""
    case = fetch_case(request, reference)
    try:
        assigning.accept(case=case, by=request.person, ring=request.keyring)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("You have accepted this case. Other caseworkers cannot open it any more."))
    return redirect("cases:case", case.reference)


@require_POST
@staff(Permission.TAKE_CASE)
@opens
def decline(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Decline a case that a lead gave."""
    case = fetch_case(request, reference)
    try:
        assigning.decline(case=case, by=request.person, ring=request.keyring)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("You have declined this case. What was given to your key is deleted."))
    return redirect("cases:queue")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@staff(Permission.SEE_QUEUE)
@opens
def end(request: StaffRequest, reference: str, person_id: UUID) -> HttpResponseBase:
    """End the work of one person on a case. Ending somebody else's asks for the second factor again."""
    case = fetch_case(request, reference)
    is_own = person_id == request.person.id
    if not is_own:
        require(may(request.person, Permission.ASSIGN_CASE, case))
    row = get_object_or_404(Assignment.objects.select_related("person"), case=case, person=person_id, ended_on=None)
    form = None if is_own else SecondFactorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (form is None or (form.is_valid() and confirm(request, form))):
        return _end(request, row)
    return render(request, "desk/case_end.html", {"case": case, "row": row, "form": form, "is_own": is_own})


def _end(request: StaffRequest, row: Assignment) -> HttpResponseBase:
    who, ring = request.person, request.keyring
    try:
        assigning.end_assignment(case=row.case, person=row.person, by=who, ring=ring)
    except CaseError as error:
        return refused(request, error)
    told = {"name": row.person.name, "reference": row.case.reference}
    if row.person == who:
        words = _("You do not work on case %(reference)s any more. It has new keys.") % told
    else:
        words = _("%(name)s does not work on case %(reference)s any more. It has new keys.") % told
    messages.success(request, words)
    return redirect("cases:queue")
