"""Signing in to the desk, locking and unlocking it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST
from django_otp.models import Device

from people import held, passkeys, signing_in
from people.forms import CodeForm, DeskForm, SignInForm, UnlockForm
from people.models import Person, RecoverySheet
from people.permissions import Permission, may, open_to_all
from people.requests import DeskRequest

NO = _("That did not work. Check what you typed. After several wrong tries every answer is no, for up to five minutes.")


@open_to_all
@sensitive_post_parameters("password")
def sign_in(request: DeskRequest) -> HttpResponse:
    """Ask for login and password; a right one leads to the code."""
    if request.person is not None:
        return _after(request)
    form = SignInForm(request.POST or None)
    if form.is_valid():
        found = signing_in.check(form.cleaned_data["login"], form.cleaned_data["password"])
        if found is not None:
            signing_in.begin(request, *found)
            return _go("people:code", request)
        form.add_error(None, NO)
    return _page(request, "sign_in", form)


@open_to_all
@sensitive_post_parameters("code", "passkey")
def enter_code(request: DeskRequest) -> HttpResponse:
    """Ask for the code of the person whose password was right a moment ago."""
    if request.person is not None:
        return _after(request)
    person, seed = get_user(request), request.session.seed
    if not isinstance(person, Person) or seed is None or not signing_in.may_enter_code(request):
        return _go("people:sign-in", request)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        device = signing_in.check_factor(request, person, form.cleaned_data, seed)
        if device is not None:
            signing_in.finish(request, person, device, seed, "person.signed_in")
            _say_what_is_left(request, device)
            return _after(request)
        form.add_error(None, NO)
    return _page(request, "code", form, passkeys.question(request, person))


@open_to_all
@sensitive_post_parameters("password", "code", "passkey")
@sensitive_variables("found")
def unlock(request: DeskRequest) -> HttpResponse:
    """Ask for password and code again, give back what was sent meanwhile, return to the place."""
    person = request.person
    if person is None:
        return _go("people:sign-in", request)
    if request.keyring is not None:
        return _after(request)
    form = UnlockForm(request.POST or None)
    if form.is_valid() and _unlocks(request, person, form):
        return _give_back(request, held.take(request))
    return _page(request, "unlock", form, passkeys.question(request, person))


@open_to_all
@require_POST
def lock(request: DeskRequest) -> HttpResponse:
    """Lock the screen now."""
    signing_in.lock(request)
    return _go("people:unlock", request)


@open_to_all
@require_POST
def sign_out(request: DeskRequest) -> HttpResponse:
    """End the session."""
    signing_in.sign_out(request, request.person)
    return redirect("people:sign-in")


def _give_back(request: DeskRequest, kept: held.Held | None) -> HttpResponse:
    if kept is None:
        return _after(request)
    return render(request, "desk/held.html", {"kept": kept, "home": _home(request)})


def _unlocks(request: DeskRequest, person: Person, form: UnlockForm) -> bool:
    found = signing_in.check(person.login, form.cleaned_data["password"])
    device = signing_in.check_factor(request, found[0], form.cleaned_data, found[1]) if found else None
    if found is None or device is None:
        form.add_error(None, NO)
        return False
    signing_in.finish(request, found[0], device, found[1], "person.unlocked")
    _say_what_is_left(request, device)
    return True


def _say_what_is_left(request: DeskRequest, device: Device) -> None:
    """After a recovery code, lead to the page where lost things are replaced."""
    if isinstance(device, RecoverySheet):
        left = device.codes.count()
        words = ngettext(
            "A recovery code was used; %(count)s is left. If a device is lost, replace it under Your account.",
            "A recovery code was used; %(count)s are left. If a device is lost, replace it under Your account.",
            left,
        )
        messages.warning(request, words % {"count": left})


def _next(request: DeskRequest) -> str:
    return signing_in.safe_next(request.POST.get("next") or request.GET.get("next"))


def _go(name: str, request: DeskRequest) -> HttpResponseRedirect:
    target = _next(request)
    return redirect(reverse(name) + ("?" + urlencode({"next": target}) if target else ""))


def _after(request: DeskRequest) -> HttpResponseRedirect:
    return redirect(_next(request) or _home(request))


def _home(request: DeskRequest) -> str:
    """Where a signed-in person starts: the queue, what a lawyer or a clinician was given, or else the own account."""
    person = request.person or get_user(request)
    if not isinstance(person, Person):
        return reverse("people:sign-in")
    places = {
        Permission.SEE_QUEUE: "cases:queue",
        Permission.RECEIVE_DOSSIER: "cases:dossiers",
        Permission.READ_CARE: "cases:cares",
    }
    return reverse(next((place for permission, place in places.items() if may(person, permission)), "people:account"))


def _page(request: DeskRequest, name: str, form: DeskForm, question: str = "") -> HttpResponse:
    context = {"form": form, "next": _next(request), "minutes": settings.IDLE_SECONDS // 60, "question": question}
    return render(request, f"desk/{name}.html", context)
