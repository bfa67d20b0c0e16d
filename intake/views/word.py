"""The second word: what it is good for, setting it, changing it, removing it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.second_word import SHORTEST, is_long_enough, remove_word, set_word, try_word, word_of
from cases.errors import Refused
from cases.models import Draft
from cases.statement.days import day_in_words
from intake import words
from intake.guests import Guest, with_case
from intake.pages import Problem, show
from vault.keyring import Keyring

ALL_TRIES = 429


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def word(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """What a second word protects, and the forms. Looking at the page changes nothing."""
    if request.method != "POST":
        guest.visit.be_at(request.path)
        return _show(request, lang, guest)
    if request.POST.get("do") == "remove":
        remove_word(case=guest.case, receipt=guest.ring)
        guest.visit.forget_second()
        guest.visit.note("word_removed")
        return redirect("intake:word", lang)
    return _set(request, lang, guest)


def _set(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """Set the typed word; with the one before, which opens what was readable already."""
    typed = request.POST.get("word", "")
    if not is_long_enough(typed):
        return _show(request, lang, guest, ("word", too_short()))
    former = None
    if word_of(guest.case, guest.ring) is not None:
        try:
            former = try_word(case=guest.case, receipt=guest.ring, word=request.POST.get("former", ""))
        except Refused:
            return _show(request, lang, guest, ("former", no_more_tries()), status=ALL_TRIES)
        if former is None:
            return _show(request, lang, guest, ("former", wrong_word()))
    return _keep(lang, guest, typed, former)


def _keep(lang: str, guest: Guest, typed: str, former: Keyring | None) -> HttpResponse:
    set_word(case=guest.case, receipt=guest.ring, word=typed, former=former)
    guest.visit.forget_second()
    guest.visit.note("word_set")
    return redirect("intake:word", lang)


def _show(
    request: HttpRequest, lang: str, guest: Guest, wrong: tuple[str, str] | None = None, *, status: int = 400
) -> HttpResponse:
    """The page; what was typed as a word is not shown again."""
    second = word_of(guest.case, guest.ring)
    context: dict[str, Any] = {
        "since": day_in_words(second.since, lang) if second else "",
        "is_set": second is not None,
        "offer": words.offer(lang),
        "wrong": dict([wrong]) if wrong else {},
        "has_draft": Draft.objects.filter(case=guest.case).exists(),
    }
    problems = [Problem(wrong[1], f"#{wrong[0]}")] if wrong else []
    back = reverse("intake:page", args=[lang])
    return show(request, "word", context, back=back, problems=problems, status=status if wrong else 200)


def too_short() -> str:
    """What is said about a word that is too easy to guess."""
    return _("This is too short. Please take %(count)s letters or more, best of all several words.") % {
        "count": SHORTEST
    }


def wrong_word() -> str:
    """What is said about any wrong word."""
    return _("This word opens nothing. Please compare it with your note.")


def no_more_tries() -> str:
    """What is said when too many words were tried on one day."""
    return _("Too many wrong words today. Please come back tomorrow. Nothing is lost.")
