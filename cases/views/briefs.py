"""The brief as the team sees it: what the lawyer holds, the talk, handing it over, ending the mandate."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions import briefing
from cases.errors import CaseError
from cases.forms_lawyers import TalkForm
from cases.lawyers import offers, plans
from cases.limits import limits_of
from cases.models import Proposal
from cases.professionals import words_of
from cases.views.fetch import fetch_case, opens, refused
from cases.views.lawyers import current_lines, why_not
from cases.wording import FLAGS
from people.permissions import Permission, may, staff
from people.requests import StaffRequest

State = Proposal.State


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.FIND_LAWYER)
@opens
def brief(request: StaffRequest, reference: str) -> HttpResponseBase:
    """What the lawyer holds, and the talk with the lawyer."""
    case = fetch_case(request, reference, Permission.FIND_LAWYER)
    proposal = offers.current(case)
    if proposal is None or proposal.state != State.ENGAGED:
        return redirect("cases:lawyers", case.reference)
    form = TalkForm(request.POST or None)
    if form.is_valid():
        try:
            text = form.cleaned_data["text"]
            briefing.say(proposal=proposal, by=request.person, ring=request.keyring, text=text)
        except CaseError as error:
            return refused(request, error)
        return redirect("cases:brief", case.reference)
    Proposal.objects.filter(id=proposal.id, has_news=True).update(has_news=False)
    context = {
        "case": case, "form": form, "current": current_lines(proposal, request),
        "talk": briefing.talk(proposal, request.keyring), "limits": limits_of(case, request.keyring).lines,
        "words": [(FLAGS.get(word.flag, word.flag), word) for word in words_of(proposal, request.keyring)],
        "may_end": may(request.person, Permission.ASSIGN_CASE, case).ok,
        "is_older": proposal.briefed_on is not None and case.heard_on > proposal.briefed_on,
        **plans.waiting(proposal, request.keyring),
    }  # fmt: skip
    return render(request, "desk/case_brief.html", context)


@require_POST
@staff(Permission.FIND_LAWYER)
@opens
def hand_over(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Copy the account into the brief, or copy it again as it stands now."""
    case = fetch_case(request, reference, Permission.FIND_LAWYER)
    proposal = offers.current(case)
    if proposal is None:
        return redirect("cases:lawyers", case.reference)
    try:
        briefing.hand_over(proposal=proposal, by=request.person, ring=request.keyring)
    except CaseError as error:
        messages.warning(request, why_not(error))
        return redirect("cases:brief", case.reference)
    messages.success(request, _("The brief is sealed to the lawyer."))
    return redirect("cases:brief", case.reference)


@require_POST
@staff(Permission.ASSIGN_CASE)
@opens
def end(request: StaffRequest, reference: str) -> HttpResponseBase:
    """A lead ends the mandate; the brief is lost to that key."""
    case = fetch_case(request, reference, Permission.ASSIGN_CASE)
    proposal = offers.current(case)
    if proposal is None:
        return redirect("cases:lawyers", case.reference)
    try:
        briefing.end_mandate(proposal=proposal, by=request.person, ring=request.keyring)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("The mandate is over. A lead may look at the case again."))
    return redirect("cases:case", case.reference)
