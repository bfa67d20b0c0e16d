"""Second factors of the own account: authenticator app, recovery codes, passkeys; and a passkey asked for again."""

from __future__ import annotations

import time

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp import login as otp_login

from people import factors, passkeys, setup
from people.account_forms import AuthenticatorForm, NewPasskeyForm
from people.forms import NameForm, PasskeyForm
from people.models import Passkey
from people.permissions import Permission, staff
from people.requests import StaffRequest
from people.signing_in import FRESH_AT
from people.stepup import SecondFactorForm, confirm

PLACE = "authenticator"  # of the offer in the session
NAMED = "passkey_named"  # session: name and second of the confirmed wish for a passkey
MAKE_SECONDS = 300
NOT_MADE = gettext_lazy("No passkey was made. Try again, or go back to your account.")
NOT_USED = gettext_lazy("That did not work. Try again, or use a code.")
LAST = gettext_lazy("This is your only second factor. Set up another one first.")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code", "new_code")
@staff(Permission.OWN_ACCOUNT)
def authenticator(request: StaffRequest) -> HttpResponse:
    """Show a new secret, take a code of it and the second factor; the app before it ends."""
    offer = setup.offer(request.session, PLACE, request.person.login)
    form = AuthenticatorForm(offer.secret, request.POST or None)
    if form.is_valid() and confirm(request, form):
        person = request.person
        device = factors.change_authenticator(person=person, by=person, seed=_seed(request), secret=offer.secret)
        setup.forget(request.session)
        otp_login(request, device)
        messages.success(request, _("The new app counts from now on. The one before makes no valid codes any more."))
        return redirect("people:account")
    return render(request, "desk/own_authenticator.html", {"form": form, "offer": offer})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@staff(Permission.OWN_ACCOUNT)
def recovery_codes(request: StaffRequest) -> HttpResponse:
    """Make ten codes and show them once, as the answer to the form: nothing of them can be loaded again."""
    form, person = SecondFactorForm(request.POST or None), request.person
    if form.is_valid() and confirm(request, form):
        codes = factors.make_recovery_codes(person=person, by=person, seed=_seed(request))
        return render(request, "desk/own_codes.html", {"codes": codes})
    return render(request, "desk/own_codes_ask.html", {"form": form, "factors": factors.of(person)})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@staff(Permission.OWN_ACCOUNT)
def add_passkey(request: StaffRequest) -> HttpResponse:
    """Take a name and the second factor; the next page asks the device."""
    form = NewPasskeyForm(request.POST or None)
    if form.is_valid() and confirm(request, form):
        request.session[NAMED] = {"name": form.cleaned_data["name"], "at": time.time()}
        return redirect("people:make-passkey")
    return render(request, "desk/own_passkey_add.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("passkey")
@staff(Permission.OWN_ACCOUNT)
def make_passkey(request: StaffRequest) -> HttpResponse:
    """Hand the offer to the browser and keep what the device made."""
    named, person = request.session.get(NAMED, {}), request.person
    if time.time() - named.get("at", 0) > MAKE_SECONDS:
        return redirect("people:add-passkey")
    form = PasskeyForm(request.POST or None)
    if form.is_valid():
        answer, name = form.cleaned_data["passkey"], named["name"]
        if factors.add_passkey(request=request, person=person, answer=answer, seed=_seed(request), name=name):
            del request.session[NAMED]
            messages.success(request, _("The passkey can be used from now on."))
            return redirect("people:account")
        form.add_error(None, NOT_MADE)
    page = {"form": form, "question": passkeys.offer(request, person), "name": named["name"]}
    return render(request, "desk/own_passkey_make.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@staff(Permission.OWN_ACCOUNT)
def passkey(request: StaffRequest, number: int) -> HttpResponse:
    """Rename a passkey of one's own, or remove it after the second factor."""
    found = get_object_or_404(Passkey, id=number, user=request.person)
    is_removing = request.POST.get("do") == "remove"
    naming = NameForm(None if is_removing else request.POST or None, initial={"name": found.name})
    removing = SecondFactorForm(request.POST if is_removing else None)
    if naming.is_valid():
        Passkey.objects.filter(id=found.id).update(name=naming.cleaned_data["name"])
        return redirect("people:account")
    if removing.is_valid() and confirm(request, removing) and _removes(request, found, removing):
        messages.success(request, _("The passkey is removed."))
        return redirect("people:account")
    return render(request, "desk/own_passkey.html", {"naming": naming, "removing": removing, "passkey": found})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("passkey")
@staff(Permission.OWN_ACCOUNT)
def use_passkey(request: StaffRequest) -> HttpResponse:
    """Ask for a passkey again; for five minutes it stands for a code."""
    form, person = PasskeyForm(request.POST or None), request.person
    is_done = False
    if form.is_valid():
        is_done = passkeys.check(request, person, form.cleaned_data["passkey"], _seed(request)) is not None
        if is_done:
            request.session[FRESH_AT] = int(time.time())
        else:
            form.add_error(None, NOT_USED)
    question = "" if is_done else passkeys.question(request, person)
    return render(request, "desk/passkey.html", {"form": form, "question": question, "is_done": is_done})


def _removes(request: StaffRequest, found: Passkey, form: SecondFactorForm) -> bool:
    try:
        factors.remove_passkey(passkey=found, by=request.person)
    except factors.LastFactor:
        form.add_error(None, LAST)
        return False
    return True


def _seed(request: StaffRequest) -> bytes:
    seed = request.session.seed
    assert seed is not None, "StaffMiddleware lets nobody through without it"
    return seed
