"""What a person ends: erasing everything, what the number opens; and the draft, which is kept on with one click."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions.ending import ask_for_erasing, close_access, has_papers_outside
from cases.actions.opening import find_case
from cases.asked import ERASING_MONTHS, asked_of
from cases.retention import months_later
from cases.statement.days import day_in_words
from intake import drafts
from intake.guests import Guest, with_case
from intake.pages import Problem, show
from intake.views.leave import forgetting
from vault.envelope.errors import BadCode
from vault.envelope.receipt import derive, parse
from vault.models import today


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def erase(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """What erasing means and by when; one button asks for it. It is asked once, however often that is sent."""
    if request.method == "POST":
        ask_for_erasing(case=guest.case, receipt=guest.ring)
        guest.visit.note("erasing")
        return redirect("intake:erase", lang)
    guest.visit.be_at(request.path)
    asked = asked_of(guest.case, guest.ring)
    context = {
        "asked_on": day_in_words(asked.erasing_on, lang) if asked.erasing_on else "",
        "by": day_in_words(asked.erasing_by or months_later(today(), ERASING_MONTHS), lang),
        "has_papers": has_papers_outside(guest.case),
    }
    return show(request, "erase", context, back=reverse("intake:page", args=[lang]))


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def end(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """Close what the number opens, after the whole number was typed once more."""
    if request.method != "POST":
        guest.visit.be_at(request.path)
        return _show_end(request, lang)
    if not _is_own(request.POST.get("number", ""), guest):
        return _show_end(request, lang, _("This is not the number of this page. Nothing was closed."))
    close_access(case=guest.case, receipt=guest.ring)
    guest.visit.leave()
    return forgetting(redirect("intake:ended", lang))


@require_safe
def ended(request: HttpRequest, lang: str) -> HttpResponse:
    """After the number was closed."""
    return show(request, "ended")


@require_POST
@with_case
def extend(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """Begin the days of the draft anew; one whose days are over is erased, and that is said."""
    drafts.load(guest)
    guest.visit.note("extended")
    return redirect("intake:page", lang)


def _show_end(request: HttpRequest, lang: str, wrong: str = "") -> HttpResponse:
    """The number that was typed is not shown again."""
    context: dict[str, Any] = {"wrong": wrong}
    problems = [Problem(wrong, "#number")] if wrong else []
    back = reverse("intake:page", args=[lang])
    return show(request, "end", context, back=back, problems=problems, status=400 if wrong else 200)


def _is_own(typed: str, guest: Guest) -> bool:
    try:
        code = parse(typed)
    except BadCode:
        return False
    found = find_case(derive(code, settings.DEPLOYMENT_SALT))
    return found is not None and found.id == guest.case.id
