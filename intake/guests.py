"""The way into a case by its number, and the pages that need it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cases import broken
from cases.actions.opening import find_case
from cases.models import Case
from intake.again import DISTURBED, SIGNED_OUT, WRONG_NUMBER, again, keeps_words
from intake.visit import Visit
from vault.envelope.errors import BadCode
from vault.envelope.receipt import ReceiptCode, derive, parse
from vault.errors import Forged
from vault.keyring import Keyring


@dataclass(frozen=True)
class Guest:
    """A survivor whose number has opened a case."""

    case: Case
    ring: Keyring
    visit: Visit


def enter(visit: Visit, code: ReceiptCode) -> bool:
    """Open the case of a code for this visit; False, after the same work, when there is none."""
    keys = derive(code, settings.DEPLOYMENT_SALT)
    case = find_case(keys)
    if case is None:
        return False
    visit.session.cycle_key()
    visit.sign_in(case, keys)
    visit.forget_code()
    return True


def with_case(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view a Guest; who is signed out is asked for the number, and posted words are shown again."""

    @wraps(view)
    def signed(request: HttpRequest, lang: str, **kwargs: Any) -> HttpResponse:
        visit = Visit(request)
        had_case = visit.case_id is not None
        found = visit.case_and_ring() or _by_number(request, visit)
        if found is not None:
            return _opened(view, request, lang, Guest(*found, visit), **kwargs)
        if request.method == "POST":
            return again(request, WRONG_NUMBER if request.POST.get("number") else SIGNED_OUT)
        if had_case:
            visit.note("signed_out")
        return redirect("intake:back", lang)

    return keeps_words(signed)


def _opened(
    view: Callable[..., HttpResponse], request: HttpRequest, lang: str, guest: Guest, **kwargs: Any
) -> HttpResponse:
    """The page of a case; when a record of it does not fit, nothing is shown and the leads get an alarm."""
    try:
        return view(request, lang, guest, **kwargs)
    except Forged as error:
        broken.met(guest.case, error)
        return again(request, DISTURBED)


def _by_number(request: HttpRequest, visit: Visit) -> tuple[Case, Keyring] | None:
    """Signing in again within a form, so that typed words are saved by the same click."""
    typed = request.POST.get("number", "")
    if not typed:
        return None
    try:
        code = parse(typed)
    except BadCode:
        return None
    return visit.case_and_ring() if enter(visit, code) else None
