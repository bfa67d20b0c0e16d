"""The own account: name, key, password and sessions. Second factors are in people.views.factors."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import account, factors, mailing, sessions, setup, signing_in, spoken
from people.account_forms import DigestForm, PasswordForm
from people.permissions import Permission, staff
from people.requests import StaffRequest
from people.stepup import confirm

PLACE = "password"  # of the offer in the session


@require_safe
@staff(Permission.OWN_ACCOUNT)
def show(request: StaffRequest) -> HttpResponse:
    """Who one is here, with which key, how one signs in, and where one is signed in."""
    person = request.person
    context = {
        "fingerprint": bytes(person.pair.fingerprint).hex(),
        "words": spoken.words_of(person.pair),
        "factors": factors.of(person),
        "is_mail_on": mailing.is_on(),
        "sessions": sessions.mine(person, request.session.session_key),
    }
    return render(request, "desk/own_account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password", "again", "code")
@staff(Permission.OWN_ACCOUNT)
def password(request: StaffRequest) -> HttpResponse:
    """Offer six words, take them or other words twice, seal the same seed under them."""
    form = PasswordForm(request.POST or None)
    if form.is_valid() and confirm(request, form):
        _change_password(request, form.cleaned_data["password"])
        messages.success(request, _("Your password is changed. Other sessions of yours have ended."))
        return redirect("people:account")
    return render(request, "desk/own_password.html", {"form": form, "offer": _offer(request)})


@require_POST
@staff(Permission.OWN_ACCOUNT)
def end_session(request: StaffRequest, session: str) -> HttpResponseRedirect:
    """End one of the own sessions; the page says the same when it had ended already."""
    account.end_session(person=request.person, by=request.person, session=session)
    messages.success(request, _("That session has ended."))
    return redirect("people:account")


@require_POST
@staff(Permission.OWN_ACCOUNT)
def end_others(request: StaffRequest) -> HttpResponseRedirect:
    """End every own session but this one."""
    account.end_other_sessions(person=request.person, by=request.person, keep=request.session.session_key)
    messages.success(request, _("All other sessions have ended."))
    return redirect("people:account")


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.OWN_ACCOUNT)
def digest(request: StaffRequest) -> HttpResponse:
    """Where a mail a day goes that says a number and nothing else; an empty field ends it."""
    form = DigestForm(request.POST or None, initial={"address": request.person.digest_address})
    if mailing.is_on() and request.method == "POST" and form.is_valid():
        account.choose_digest(person=request.person, by=request.person, address=form.cleaned_data["address"])
        words = (
            _("A mail a day comes from tomorrow on.") if form.cleaned_data["address"] else _("No mail comes any more.")
        )
        messages.success(request, words)
        return redirect("people:account")
    return render(request, "desk/own_digest.html", {"form": form, "is_on": mailing.is_on()})


@require_POST
@staff(Permission.OWN_ACCOUNT)
def choose_language(request: StaffRequest) -> HttpResponseRedirect:
    """Take another language for the desk and go back to the page where it was asked for."""
    language = request.POST.get("language", "")
    if language in settings.DESK_LANGUAGES:
        account.choose_language(person=request.person, by=request.person, language=language)
    else:
        messages.warning(request, _("The desk does not speak that language. Choose one of the list."))
    return redirect(signing_in.safe_next(request.POST.get("next")) or reverse("people:account"))


@require_POST
@staff(Permission.OWN_ACCOUNT)
def choose_keys(request: StaffRequest) -> HttpResponseRedirect:
    """Turn the letters that move in lists on or off and go back to the list."""
    has_keys = request.POST.get("keys") == "on"
    account.choose_keys(by=request.person, has_keys=has_keys)
    messages.success(request, _("Letters move in lists again.") if has_keys else _("Letters do not move in lists now."))
    return redirect(signing_in.safe_next(request.POST.get("next")) or reverse("people:account"))


def _change_password(request: StaffRequest, words: str) -> None:
    seed, person = request.session.seed, request.person
    assert seed is not None, "StaffMiddleware lets nobody through without it"
    setup.forget(request.session)
    account.change_password(person=person, by=person, seed=seed, password=words, keep=request.session.session_key)
    signing_in.renew_session(request, person, seed)


def _offer(request: StaffRequest) -> setup.Offer:
    return setup.offer(request.session, PLACE, request.person.login)
