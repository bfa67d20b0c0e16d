"""The page of a case, and taking or giving it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cases import events, queue
from cases.actions.assigning import assign
from cases.actions.facts import current_facts, routes
from cases.actions.letters import read_letters
from cases.due import due
from cases.errors import CaseError
from cases.flags import flags_of
from cases.forms import AssignForm, PurposeForm
from cases.limits import limits_of
from cases.models import Case
from cases.steps import next_step
from cases.views.fetch import fetch_case, opens, refused
from people.permissions import Permission, may
from people.requests import StaffRequest

LETTERS, ROUTES = 3, 4  # shown here; the rest has pages of its own


@require_safe
@opens
def show(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Everything about a case but the account, which opens on a page of its own."""
    case = fetch_case(request, reference)
    return render(request, "desk/case.html", _columns(request, case) | _sealed(request, case))


@require_POST
@opens
def take(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Assign the case to oneself."""
    case = fetch_case(request, reference, Permission.TAKE_CASE)
    try:
        assign(case=case, person=request.person, by=request.person, ring=request.keyring)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, "You have taken this case. It is sealed to your own key now.")
    return redirect("cases:case", case.reference)


@require_POST
@opens
def assign_to(request: StaffRequest, reference: str) -> HttpResponseBase:
    """A lead gives the case to a member."""
    case = fetch_case(request, reference, Permission.ASSIGN_CASE)
    form = AssignForm(case, request.person, request.POST)
    if not form.is_valid():
        messages.warning(request, "Choose somebody first.")
        return redirect("cases:case", case.reference)
    person = form.cleaned_data["person"]
    try:
        assign(case=case, person=person, by=request.person, ring=request.keyring)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, f"{person.name} has this case now.")
    return redirect("cases:case", case.reference)


def _columns(request: StaffRequest, case: Case) -> dict[str, Any]:
    """What is readable without a key to the case."""
    viewer = request.person
    entries, total = events.of_case(case)
    return {
        "case": case,
        "step": next_step(case, viewer),
        "due": due(case, timezone.now()),
        "people": queue.assignees(case),
        "newest_version": case.versions.last(),
        "dossiers": case.dossiers.select_related("lawyer"),
        "events": entries,
        "events_total": total,
        "is_mine": case.assignments.filter(person=viewer, ended_on=None).exists(),
        "assign_form": AssignForm(case, viewer) if may(viewer, Permission.ASSIGN_CASE, case) else None,
    }


def _sealed(request: StaffRequest, case: Case) -> dict[str, Any]:
    """What opens with the viewer's keys: limits, flags, letters, facts and routes; empty for the unassigned."""
    ring = request.keyring
    flags = flags_of(case, ring)
    if not may(request.person, Permission.READ_ACCOUNT, case):
        return {"flags": flags, "works_on": False}
    letters = read_letters(case, ring)
    found = routes(case, ring, timezone.now().date())
    return {
        "flags": flags,
        "works_on": True,
        "limits": limits_of(case, ring).lines,
        "letters": letters[-LETTERS:],
        "letters_total": len(letters),
        "facts": current_facts(case, ring),
        "routes": found[:ROUTES],
        "routes_total": len(found),
        "purpose_form": PurposeForm(),
    }
