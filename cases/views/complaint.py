"""Writing the facts of a complaint: the draft with the account beside it, the same page for team and lawyer.

Every button of the page belongs to its one form, so that whatever is pressed, what was typed comes back.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cases import access
from cases.actions import briefing, composing
from cases.actions.facts import current_facts
from cases.asked import asked_of
from cases.complaint import checked, rooms, words
from cases.complaint.draft import variants
from cases.complaint.grounds import Grounds
from cases.complaint.page import Page
from cases.errors import CaseError, NotReady
from cases.limits import limits_of
from cases.models import Case, Proposal
from cases.views import purposes
from cases.views.complaint_desk import Desk
from cases.views.fetch import fetch_case, opens
from cases.views.offers import fetch_own
from people.permissions import Permission, staff
from people.requests import StaffRequest

PURPOSE = "dossier"  # what the account is opened for here; this page is for nothing else
ENGAGED = [Proposal.State.ENGAGED]


@require_safe
@staff(Permission.CONFIRM_FACTS)
def first(request: StaffRequest, reference: str) -> HttpResponseBase:
    """The draft that was begun, or the first that could be."""
    case = fetch_case(request, reference, Permission.CONFIRM_FACTS)
    begun = [*rooms.drafted(case), *variants()]
    return redirect("cases:complaint", case.reference, begun[0].lower())


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.CONFIRM_FACTS)
@opens
def show(request: StaffRequest, reference: str, variant: str) -> HttpResponseBase:
    """The team's page of one draft."""
    case, code = fetch_case(request, reference, Permission.CONFIRM_FACTS), known(variant)
    purpose = purposes.purpose_of(request, case)
    if purpose is None:
        purposes.allow(request, case, purpose := PURPOSE)
    try:
        page = _team_page(request, case, code, purpose)
    except NotReady as error:
        return _not_here(request, error, case=case)
    desk = Desk(request, case, page, f"/desk/cases/{case.reference}/sentences/{variant}/")
    more = {"limits": limits_of(case, request.keyring).lines, "purpose": access.PURPOSES[purpose]}
    return desk.answer(more)


@require_safe
@staff(Permission.READ_BRIEF)
def own_first(request: StaffRequest, proposal_id: UUID) -> HttpResponseBase:
    """The lawyer's draft that was begun, or the first that could be."""
    proposal = fetch_own(request, proposal_id, ENGAGED)
    begun = [*rooms.drafted(proposal.case), *variants()]
    return redirect("cases:own-complaint", proposal.id, begun[0].lower())


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.READ_BRIEF)
@opens
def own(request: StaffRequest, proposal_id: UUID, variant: str) -> HttpResponseBase:
    """The lawyer's page of one draft. Whoever lost the mandate while typing gets the text back, and nothing else."""
    code = known(variant)
    if request.method == "POST" and _is_over(request, proposal_id):
        return render(request, "desk/complaint_over.html", {"typed": request.POST.get("text", "")}, status=409)
    proposal = fetch_own(request, proposal_id, ENGAGED)
    try:
        page = _own_page(request, proposal, code)
    except NotReady as error:
        return _not_here(request, error, proposal=proposal)
    desk = Desk(request, proposal.case, page, f"/desk/briefs/{proposal.id}/sentences/{variant}/", proposal)
    return desk.answer({})


def known(variant: str) -> str:
    """The code of a variant in an address. Raises Http404."""
    code = variant.upper()
    if code not in variants():
        raise Http404
    return code


def _team_page(request: StaffRequest, case: Case, code: str, purpose: str) -> Page:
    """The newest draft with the account, opened and recorded; a draft left in a brief is carried over first."""
    ring = request.keyring
    found = rooms.read(case, ring, code)
    if found.draft.version and _home_id(found.proposal) != _home_id(rooms.home(case)):
        composing.settle(case=case, ring=ring)
        found = rooms.read(case, ring, code)
    is_shown = request.method != "POST"  # what was sent is looked at first; the desk records it if the page comes back
    account = (
        access.open_account(case, by=request.person, ring=ring, purpose=purpose)
        if is_shown
        else access.checked_by_machine(case, ring)
    )
    facts, corrections = current_facts(case, ring), asked_of(case, ring).corrections
    grounds = Grounds.of(account, corrections, facts)
    return Page(found.draft, grounds, account, corrections, purposes.unfolded(request, case), facts)


def _own_page(request: StaffRequest, proposal: Proposal, code: str) -> Page:
    brief = briefing.open_brief(proposal=proposal, by=request.person, ring=request.keyring)
    draft = rooms.read_own(proposal, request.keyring, code)
    return Page(draft, checked.own_grounds(brief), brief.account, brief.corrections, facts=brief.facts)


def _home_id(proposal: Proposal | None) -> UUID | None:
    return proposal.id if proposal else None


def _is_over(request: StaffRequest, proposal_id: UUID) -> bool:
    """Was this lawyer's own mandate ended?"""
    own_one = Proposal.objects.filter(id=proposal_id, lawyer=request.person, state=Proposal.State.ENDED)
    return own_one.exists()


def _not_here(request: StaffRequest, error: CaseError, **where: object) -> HttpResponseBase:
    """Say why there is no draft to show now, with what was typed."""
    context = {"why": words.NOT_READY.get(error.code, error.code), "typed": request.POST.get("text", ""), **where}
    return render(request, "desk/complaint_over.html", context, status=409)
