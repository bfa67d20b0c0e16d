"""The interview on the desk: the lawyer's plan and steps, and the team that passes the plan on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions import lawyer_steps, planning
from cases.actions.papers import require_reader
from cases.errors import CaseError, NotConsented, NotReady
from cases.forms_plan import CareForm, PassOnForm, PlanForm, care_lines
from cases.lawyers import offers, plans
from cases.limits import limits_of
from cases.models import Case, Proposal
from cases.views.fetch import REASONS, fetch_case, opens, refused
from cases.views.lawyer_words import NOT_READY
from cases.views.offers import fetch_own
from people.permissions import Permission, staff
from people.requests import StaffRequest
from vault.keyring import Keyring

ENGAGED = [Proposal.State.ENGAGED]


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.READ_BRIEF)
@opens
def own_plan(request: StaffRequest, proposal_id: UUID) -> HttpResponseBase:
    """The lawyer's plan of the interview; each change is a new version, which the person is asked about again."""
    proposal = fetch_own(request, proposal_id, ENGAGED)
    try:
        require_reader(proposal, request.person)
    except CaseError as error:
        return refused(request, error)
    plan = plans.plan_of(proposal, request.keyring)
    form = PlanForm(request.POST or None, initial=PlanForm.initial_of(plan))
    if form.is_valid() and _made(request, proposal, form):
        messages.success(request, _("The plan is sealed. The team passes it on to the person."))
        return redirect("cases:own-brief", proposal.id)
    said = plans.answer_to(proposal, request.keyring, plan)
    return render(request, "desk/own_plan.html", {"proposal": proposal, "form": form, "plan": plan, "said": said})


def _made(request: StaffRequest, proposal: Proposal, form: PlanForm) -> bool:
    try:
        planning.make_plan(proposal=proposal, by=request.person, ring=request.keyring, plan=form.plan)
    except CaseError as error:
        form.add_error("day" if error.code in ("hard_day", "past") else None, _why(error))
        return False
    return True


@require_POST
@staff(Permission.READ_BRIEF)
@opens
def own_step(request: StaffRequest, proposal_id: UUID) -> HttpResponseBase:
    """The lawyer takes the next step of the case."""
    proposal = fetch_own(request, proposal_id, ENGAGED)
    try:
        lawyer_steps.take(
            proposal=proposal, by=request.person, ring=request.keyring, code=request.POST.get("step", ""),
            seen=request.POST.get("seen", ""),
        )  # fmt: skip
    except NotReady as error:
        messages.warning(request, _why(error))
    except CaseError as error:
        return refused(request, error)
    else:
        messages.success(request, _("Done. The team sees where the case stands."))
    return redirect("cases:own-brief", proposal.id)


@require_POST
@staff(Permission.READ_BRIEF)
@opens
def own_care(request: StaffRequest, proposal_id: UUID) -> HttpResponseBase:
    """The lawyer notes what was done before or after the interview."""
    proposal = fetch_own(request, proposal_id, ENGAGED)
    return _noted(request, proposal) or redirect("cases:own-brief", proposal.id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.FIND_LAWYER)
@opens
def plan_of_case(request: StaffRequest, reference: str) -> HttpResponseBase:
    """The team: the lawyer's plan, passing it on, the person's answer, and the care around the interview."""
    case = fetch_case(request, reference, Permission.FIND_LAWYER)
    proposal = _engaged(case)
    if proposal is None:
        return redirect("cases:lawyers", case.reference)
    plan = plans.plan_of(proposal, request.keyring)
    form = PassOnForm(request.POST or None, initial=_initial(case, plan)) if plan else None
    if form is not None and form.is_valid() and _passed(request, proposal, form):
        messages.success(request, _("The person reads the plan on the own page and answers there."))
        return redirect("cases:plan", case.reference)
    return render(request, "desk/case_plan.html", _plan(case, proposal, plan, form, request.keyring))


def _plan(
    case: Case, proposal: Proposal, plan: plans.Plan | None, form: PassOnForm | None, ring: Keyring
) -> dict[str, Any]:  # fmt: skip
    shown, said = plans.read(proposal, ring)
    is_shown = shown is not None and plan is not None and shown.plan == plan.version
    return {
        "case": case, "proposal": proposal, "plan": plan, "form": form, "limits": limits_of(case, ring).lines,
        "shown": shown if is_shown else None, "said": said if is_shown else None,
        "is_copied": said is not None and said in plans.copied(proposal, ring),
        "care": care_lines(proposal, ring),
    }  # fmt: skip


def _initial(case: Case, plan: plans.Plan | None) -> dict[str, Any]:
    if plan is None:
        return {}
    parts = (plan.purpose, plan.topics, plan.left_out, plan.place, plan.present, plan.interpreter, plan.gender)
    more = (plan.stop_sign, plan.support, plan.after_care)
    text = "\n\n".join(each for each in (*parts, *more) if each)
    return {"seen": plan.version, "text": text, "language": case.language}


def _passed(request: StaffRequest, proposal: Proposal, form: PassOnForm) -> bool:
    """Show it to the person, or say in the form why not; what was typed stays there."""
    try:
        planning.pass_on(
            proposal=proposal, by=request.person, ring=request.keyring, text=form.cleaned_data["text"],
            language=form.cleaned_data["language"], seen=form.cleaned_data["seen"],
        )  # fmt: skip
    except CaseError as error:
        form.add_error(None, _why(error))
        return False
    return True


@require_POST
@staff(Permission.FIND_LAWYER)
@opens
def copy_answer(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Copy the person's answer for the lawyer, as the receipt signed it."""
    case = fetch_case(request, reference, Permission.FIND_LAWYER)
    proposal = _engaged(case)
    if proposal is None:
        return redirect("cases:lawyers", case.reference)
    try:
        planning.copy_answer(proposal=proposal, by=request.person, ring=request.keyring)
    except CaseError as error:
        messages.warning(request, _why(error))
    else:
        messages.success(request, _("The lawyer sees the answer now."))
    return redirect("cases:plan", case.reference)


@require_POST
@staff(Permission.FIND_LAWYER)
@opens
def note_care(request: StaffRequest, reference: str) -> HttpResponseBase:
    """A member notes what was done before or after the interview."""
    case = fetch_case(request, reference, Permission.FIND_LAWYER)
    proposal = _engaged(case)
    if proposal is None:
        return redirect("cases:lawyers", case.reference)
    return _noted(request, proposal) or redirect("cases:plan", case.reference)


def _noted(request: StaffRequest, proposal: Proposal) -> HttpResponseBase | None:
    """Note it; None when that is done, or when the form was not filled in, which is said."""
    form = CareForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose the day on which it was done."))
        return None
    try:
        planning.note_care(
            proposal=proposal, by=request.person, ring=request.keyring, kind=form.cleaned_data["kind"],
            on=form.cleaned_data["on"],
        )  # fmt: skip
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("Noted."))
    return None


def _engaged(case: Case) -> Proposal | None:
    proposal = offers.current(case)
    return proposal if proposal is not None and proposal.state == Proposal.State.ENGAGED else None


def _why(error: CaseError) -> str:
    if isinstance(error, NotConsented):
        return _("The person has not agreed to this, or took it back.")
    return str(NOT_READY.get(error.code) or REASONS.get(error.code, error.code))
