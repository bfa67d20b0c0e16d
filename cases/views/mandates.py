"""What a lawyer says of a mandate: a word about a danger, and giving it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions import mandates
from cases.errors import CaseError
from cases.forms_lawyers import BackForm, DangerForm
from cases.models import Proposal
from cases.professionals import words_of
from cases.views.fetch import opens, refused
from cases.views.offers import fetch_own
from cases.wording import FLAGS
from people.permissions import Permission, staff
from people.requests import StaffRequest

ENGAGED = (Proposal.State.ENGAGED,)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.READ_BRIEF)
@opens
def danger(request: StaffRequest, proposal_id: UUID) -> HttpResponseBase:
    """The lawyer's word about a danger, also while a safety hold keeps the account shut; what was said before."""
    proposal = fetch_own(request, proposal_id, ENGAGED)
    form = DangerForm(request.POST or None)
    if form.is_valid():
        try:
            mandates.say_word(proposal=proposal, by=request.person, ring=request.keyring, **form.cleaned_data)
        except CaseError as error:
            return refused(request, error)
        messages.success(request, _("Sealed. The team reads it with the case."))
        return redirect("cases:own-danger", proposal.id)
    said = [(FLAGS.get(word.flag, word.flag), word) for word in reversed(words_of(proposal, request.keyring))]
    return render(request, "desk/own_danger.html", {"proposal": proposal, "form": form, "said": said})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.READ_BRIEF)
@opens
def back(request: StaffRequest, proposal_id: UUID) -> HttpResponseBase:
    """What giving the mandate back does, the reason, and then it is done."""
    proposal = fetch_own(request, proposal_id, ENGAGED)
    form = BackForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            mandates.give_back(proposal=proposal, by=request.person, ring=request.keyring, reason=reason)
        except CaseError as error:
            return refused(request, error)
        messages.success(request, _("Given back. It opens with your key no more."))
        return redirect("cases:dossiers")
    return render(request, "desk/own_back.html", {"proposal": proposal, "form": form})
