"""Every page of the desk needs a verified, active, unlocked person, unless its view says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django_otp import DEVICE_ID_SESSION_KEY

from people import factors, held, signing_in
from people.models import Person
from people.permissions import may_enter, require
from people.requests import DeskRequest
from people.watching import is_use
from vault.errors import Forged
from vault.keyring import Keyring

DESK = "/desk/"


class StaffMiddleware:
    """Sets request.person (second factor done, maybe locked) and request.keyring (None while locked)."""

    def __init__(self, get_response: Callable[[DeskRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: DeskRequest) -> HttpResponseBase:
        request.person, request.keyring = None, None
        if request.path.startswith(DESK):
            request.person = _verified(request)
            request.keyring = _keyring(request)
        return self.get_response(request)

    def process_view(
        self, request: DeskRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Send whoever may not enter to the sign-in or to the lock page; refuse a page that no rule opens."""
        if not request.path.startswith(DESK) or getattr(view, "open_to_all", False):
            return None
        if request.person is None:
            return _redirect("people:sign-in", request)
        if request.keyring is None:
            held.keep(request)
            return _redirect("people:unlock", request)
        require(may_enter(request.person, view))
        if is_use(request, view):
            signing_in.touch(request)
        return None


class StaffLanguage:
    """Speak the language that the member has chosen, from the right password on; until then the browser's."""

    def __init__(self, get_response: Callable[[DeskRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: DeskRequest) -> HttpResponseBase:
        person = (request.person or get_user(request)) if request.path.startswith(DESK) else None
        chosen = person.language if isinstance(person, Person) else ""
        if chosen not in settings.DESK_LANGUAGES:
            return self.get_response(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response


def _verified(request: DeskRequest) -> Person | None:
    """The person of this session, if active and if a device of the same person was used."""
    person, device = get_user(request), str(request.session.get(DEVICE_ID_SESSION_KEY, ""))
    return person if isinstance(person, Person) and factors.is_own(person, device) else None


def _keyring(request: DeskRequest) -> Keyring | None:
    """The keys of an unlocked session; an idle one is locked here."""
    if request.person is None:
        return None
    if request.session.seed is not None and signing_in.is_idle(request):
        signing_in.lock(request)
    if request.session.seed is None:
        return None
    try:
        return Keyring(request.session.seed, request.person.pair)
    except Forged:  # the person's row was given another key pair
        signing_in.lock(request)
        return None


def _redirect(name: str, request: DeskRequest) -> HttpResponseRedirect:
    """Go to a page that leads back to this one; a page that only takes a POST is no place to come back to."""
    is_place = request.method == "GET" and request.path != DESK
    query = "?" + urlencode({"next": request.get_full_path()}) if is_place else ""
    return HttpResponseRedirect(reverse(name) + query)
