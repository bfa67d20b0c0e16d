"""The recovery kit: made by leads, printed by custodians, rehearsed, and used when nobody can sign in any more."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from people import opening, recovered, recovery, setup
from people.models import RecoveryShare
from people.permissions import Permission, open_to_all, staff
from people.recovery_forms import KitForm, ProofForm, RecoverForm, RehearsalForm
from people.requests import DeskRequest, StaffRequest
from people.shares import BadSet
from people.stepup import SecondFactorForm, confirm
from people.views.first_run import grouped, lead_of
from vault.directory import known_root

BOTH = ["GET", "HEAD", "POST"]
BAD_KIT = {
    "number": ("custodians", gettext_lazy("Choose two to seven people.")),
    "needed": ("needed", gettext_lazy("No more than there are custodians.")),
    "custodian": ("custodians", gettext_lazy("One of them is not active any more.")),
    "leads": ("custodians", gettext_lazy("At least one must be somebody who is not a lead.")),
}


@staff(Permission.MAKE_RECOVERY_KIT)
@require_http_methods(BOTH)
@sensitive_post_parameters("code")
def kit(request: StaffRequest) -> HttpResponse:
    """What is still missing before the first account, the kit as it stands, and a form for a new one."""
    form = KitForm(request.POST or None)
    if form.is_valid() and _makes_kit(request, form):
        messages.success(request, _("The kit is made. Each custodian now signs in and prints the own share."))
        return redirect("people:recovery")
    return render(request, "desk/recovery.html", _overview(form))


@staff(Permission.OWN_ACCOUNT)
@require_http_methods(BOTH)
@sensitive_post_parameters()
@sensitive_variables()
def share(request: StaffRequest) -> HttpResponse:
    """The own share: opened once with the second factor to be printed, then proved to be on paper."""
    found = recovery.share_of(request.person)
    if found is None:
        raise Http404
    if found.printed_on is not None:
        return render(request, "desk/share.html", {"share": found})
    proof = ProofForm(request.POST if request.POST.get("do") == "prove" else None)
    if proof.is_valid() and _is_proved(request, found, proof):
        messages.success(request, _("Your share is on paper. This portal has forgotten its words."))
        return redirect("people:recovery-share")
    form = SecondFactorForm(request.POST if request.POST.get("do") == "open" else None)
    if form.is_valid() and confirm(request, form):
        return _printable(request, found)
    return render(request, "desk/share.html", {"share": found, "form": form, "proof": proof})


@staff(Permission.REHEARSE_RECOVERY)
@require_http_methods(BOTH)
@sensitive_post_parameters()
@sensitive_variables()
def rehearsal(request: StaffRequest) -> HttpResponse:
    """Prove shares on a test that opens nothing else."""
    shares = opening.kit_shares()
    if not shares:
        return render(request, "desk/rehearsal.html", {"form": None})
    form, proved = RehearsalForm(shares[0].needed, request.POST or None), []
    if form.is_valid() and confirm(request, form):
        try:
            proved = recovered.rehearse(typed=form.shares, by=request.person)
        except BadSet as bad:
            form.refuse(bad)
    return render(request, "desk/rehearsal.html", {"form": form, "proved": proved, "total": len(shares)})


@open_to_all
@require_http_methods(BOTH)
@sensitive_post_parameters()
@sensitive_variables()
def use(request: DeskRequest) -> HttpResponseBase:
    """Enough shares make a new lead, when nobody can sign in any more. Each refusal is recorded and an alarm."""
    shares = opening.kit_shares()
    if not shares:
        return render(request, "desk/recovery_use.html", {"form": None})
    offer = setup.offer(request.session, "recovery", "lead")
    form = RecoverForm(shares[0].needed, offer.secret, request.POST or None)
    if form.is_valid() and _recovers(form):
        setup.forget(request.session)
        return render(request, "desk/recovery_used.html", {"login": form.cleaned_data["login"]})
    if form.share_problem:
        recovered.refused(form.share_problem)
    return render(request, "desk/recovery_use.html", {"form": form, "offer": offer})


def _makes_kit(request: StaffRequest, form: KitForm) -> bool:
    typed = form.cleaned_data
    try:
        recovery.require_sense(typed["custodians"], typed["needed"])
    except recovery.BadKit as bad:
        form.add_error(*BAD_KIT[str(bad)])
        return False
    if not confirm(request, form):
        return False
    recovery.make_kit(
        custodians=list(typed["custodians"]), needed=typed["needed"], by=request.person, ring=request.keyring
    )
    return True


def _is_proved(request: StaffRequest, share: RecoveryShare, form: ProofForm) -> bool:
    try:
        recovery.prove_printed(share=share, typed=form.typed, by=request.person, ring=request.keyring)
    except recovery.NotPrinted as wrong:
        form.refuse(wrong.positions)
        return False
    return True


def _recovers(form: RecoverForm) -> bool:
    try:
        recovered.recover(
            typed=form.shares, lead=lead_of(form), password=form.cleaned_data["password"], secret=form.secret
        )
    except BadSet as bad:
        form.refuse(bad)
        return False
    return True


def _printable(request: StaffRequest, share: RecoveryShare) -> HttpResponse:
    """The kit as it is printed. It is the answer to a form, so that no address leads back to it."""
    words = recovery.open_share(share=share, by=request.person, ring=request.keyring)
    context = {
        "share": share,
        "words": words,
        "proof": ProofForm(),
        "deployment": settings.DEPLOYMENT,
        "salt": grouped(settings.DEPLOYMENT_SALT),
        "root": grouped(known_root() or b""),
        "address": request.get_host(),
    }
    return render(request, "desk/kit.html", context)


def _overview(form: KitForm) -> dict[str, Any]:
    held = recovered.rehearsals()
    proved = {number for event in held for number in event.detail.get("shares", [])}
    shares = [(share, share.number in proved) for share in opening.kit_shares()]
    return {
        "form": form,
        "steps": opening.steps(),
        "is_open": opening.is_open(),
        "kit": opening.kit(),
        "shares": shares,
        "rehearsed": held[0] if held else None,
        "is_spent": recovered.is_spent(),
    }
