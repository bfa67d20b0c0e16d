"""The lawyer's own pages: offers, the conflict check, the mandate; the brief and the talk with the team."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases import hold, reading
from cases.actions import briefing, lawyer_steps, offering
from cases.complaint import checked
from cases.complaint.words import counted
from cases.custody import custody
from cases.errors import CaseError, NotReady
from cases.exhibit_types import TYPES
from cases.forms_lawyers import CheckForm, DeclineForm, TalkForm
from cases.forms_plan import care_lines
from cases.lawyers import offers, plans
from cases.lawyers.conflicts import QUESTIONS, ROLES
from cases.models import Proposal
from cases.views.account import streamed
from cases.views.fetch import opens, refused
from cases.views.lawyer_words import NOT_READY
from cases.wording import country
from people.permissions import Permission, require, staff
from people.permissions import may as may_do
from people.requests import StaffRequest

State = Proposal.State
ANSWERABLE = (State.OFFERED, State.CONFLICT)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("names")
@staff(Permission.ANSWER_OFFER)
@opens
def offer(request: StaffRequest, proposal_id: UUID) -> HttpResponseBase:
    """What is offered, the conflict check, then two equal answers. Typed names go into no other request."""
    proposal = fetch_own(request, proposal_id, ANSWERABLE)
    if hold.is_held(proposal.case_id):
        return refused(request, NotReady(hold.CODE))
    form = CheckForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            met = _check(request, proposal, form)
        except CaseError as error:
            return refused(request, error)
        is_free = not met and not form.cleaned_data["ticked"]
        messages.success(
            request, _("Checked: no conflict.") if is_free else _("Checked. The team sees what you found.")
        )
        return redirect("cases:own-offer", proposal.id)
    return render(request, "desk/own_offer.html", _offer(request, proposal, form, DeclineForm()))


def _check(request: StaffRequest, proposal: Proposal, form: CheckForm) -> list[str]:
    return offering.check(
        proposal=proposal, by=request.person, ring=request.keyring, names=form.cleaned_data["names"],
        ticked=form.cleaned_data["ticked"], words=form.cleaned_data["words"],
    )  # fmt: skip


def _offer(request: StaffRequest, proposal: Proposal, form: CheckForm, decline: DeclineForm) -> dict[str, Any]:
    ring = request.keyring
    found, check = offers.offer_of(proposal, ring), offers.check_of(proposal, ring)
    return {
        "proposal": proposal, "offer": found, "place": country(found["country"]), "form": form, "decline": decline,
        "check": check, "is_clean": offers.is_clean(proposal, ring), "waiver": offers.waiver_of(proposal, ring),
        "ticked": [QUESTIONS[each] for each in check.get("ticked", ())],
        "met": [ROLES[each] for each in check.get("met", ())],
        "key": bytes(request.person.pair.fingerprint).hex().upper()[:8],
    }  # fmt: skip


@require_POST
@staff(Permission.ANSWER_OFFER)
@opens
def accept(request: StaffRequest, proposal_id: UUID) -> HttpResponseBase:
    """Take the mandate."""
    proposal = fetch_own(request, proposal_id, ANSWERABLE)
    try:
        offering.accept(proposal=proposal, by=request.person, ring=request.keyring)
    except NotReady as error:
        messages.warning(request, str(NOT_READY.get(error.code, error.code)))
        return redirect("cases:own-offer", proposal.id)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("You have the mandate. The team hands the brief over next."))
    return redirect("cases:dossiers")


@require_POST
@staff(Permission.ANSWER_OFFER)
@opens
def decline(request: StaffRequest, proposal_id: UUID) -> HttpResponseBase:
    """Say that it cannot be taken."""
    proposal = fetch_own(request, proposal_id, ANSWERABLE)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/own_offer.html", _offer(request, proposal, CheckForm(), form))
    try:
        offering.decline(
            proposal=proposal, by=request.person, ring=request.keyring, why=form.cleaned_data["why"],
            words=form.cleaned_data["words"],
        )  # fmt: skip
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("Thank you for the plain answer. What was sealed to you is gone."))
    return redirect("cases:dossiers")


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.READ_BRIEF)
@opens
def brief(request: StaffRequest, proposal_id: UUID) -> HttpResponseBase:
    """The client's conditions first, then the account, the files, and the talk with the team."""
    proposal = fetch_own(request, proposal_id, [State.ENGAGED])
    form = TalkForm(request.POST or None)
    if form.is_valid():
        try:
            text = form.cleaned_data["text"]
            briefing.say(proposal=proposal, by=request.person, ring=request.keyring, text=text)
        except CaseError as error:
            return refused(request, error)
        messages.success(request, _("Your message is sealed with the brief. The team reads it there."))
        return redirect("cases:own-brief", proposal.id)
    return render(request, "desk/own_brief.html", _brief(request, proposal, form))


def _brief(request: StaffRequest, proposal: Proposal, form: TalkForm) -> dict[str, Any]:
    context: dict[str, Any] = {
        "proposal": proposal, "form": form, "talk": briefing.talk(proposal, request.keyring),
        "place": country(offers.offer_of(proposal, request.keyring)["country"]),
    }  # fmt: skip
    try:
        found = briefing.open_brief(proposal=proposal, by=request.person, ring=request.keyring)
    except NotReady as error:
        return context | {"why_not": NOT_READY.get(error.code, error.code)}
    steps, ring = custody(found.account.exhibits), request.keyring
    plan = plans.plan_of(proposal, ring)
    return context | {
        "ways": lawyer_steps.ways(proposal, ring), "plan": plan, "said": plans.answer_to(proposal, ring, plan),
        "care": care_lines(proposal, ring), **counted(lambda: checked.own_counts(proposal, ring)),
        "brief": found, "sheets": reading.sheets(found.account, found.corrections),
        "exhibits": [(record, steps[record.id]) for record in found.account.exhibits],
    }  # fmt: skip


@require_safe
@staff(Permission.READ_BRIEF)
@opens
def download(request: StaffRequest, proposal_id: UUID, exhibit_id: UUID) -> HttpResponseBase:
    """One original, decrypted while it streams."""
    proposal = fetch_own(request, proposal_id, [State.ENGAGED])
    try:
        record, opener = briefing.open_file(
            proposal=proposal, exhibit_id=exhibit_id, by=request.person, ring=request.keyring
        )  # fmt: skip
    except NotReady as error:
        return refused(request, error)
    except CaseError as error:
        raise Http404 from error
    found = TYPES.get(record.content_type)
    suffix = found.suffix if found else "bin"
    return streamed(opener, record.size, f"{proposal.case.reference}-{record.label}.{suffix}")


def fetch_own(request: StaffRequest, proposal_id: UUID, states: Any) -> Proposal:
    """A proposal for the lawyer whom it names; anybody else's is not there."""
    require(may_do(request.person, Permission.ANSWER_OFFER))
    rows = Proposal.objects.select_related("case__receipt", "lawyer__pair")
    found = rows.filter(id=proposal_id, lawyer=request.person, state__in=states).first()
    if found is None:
        raise Http404
    return found
