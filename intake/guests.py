"""The way into a case by its number, and the pages that need it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cases import broken
from cases.actions.opening import find_case
from cases.models import Case
from intake.again import DISTURBED, MANY_NUMBERS, SIGNED_OUT, WRONG_NUMBER, again, keeps_words
from intake.floods import tries
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


class Tried(Enum):
    """What became of a number that somebody entered."""

    OPEN = "open"
    NOTHING = "nothing"
    LATER = "later"  # not looked at yet


WHY = {None: SIGNED_OUT, Tried.OPEN: SIGNED_OUT, Tried.NOTHING: WRONG_NUMBER, Tried.LATER: MANY_NUMBERS}


def try_number(request: HttpRequest, visit: Visit, code: ReceiptCode) -> Tried:
    """Enter with a code, unless so many wrong ones come in that this form has to pay first."""
    if tries.must_wait(visit, request.POST):
        return Tried.LATER
    if enter(visit, code):
        return Tried.OPEN
    tries.count_wrong()
    return Tried.NOTHING


def with_case(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view a Guest; who is signed out is asked for the number, and posted words are shown again."""

    @wraps(view)
    def signed(request: HttpRequest, lang: str, **kwargs: Any) -> HttpResponse:
        visit = Visit(request)
        had_case = visit.case_id is not None
        found = visit.case_and_ring()
        tried = None if found else _by_number(request, visit)
        found = visit.case_and_ring() if tried is Tried.OPEN else found
        if found is not None:
            return _opened(view, request, lang, Guest(*found, visit), **kwargs)
        if request.method == "POST":
            return again(request, WHY[tried])
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


def _by_number(request: HttpRequest, visit: Visit) -> Tried | None:
    """Signing in again within a form, so that typed words are saved by the same click; None without a number."""
    typed = request.POST.get("number", "")
    if not typed:
        return None
    try:
        code = parse(typed)
    except BadCode:
        return Tried.NOTHING
    return try_number(request, visit, code)
