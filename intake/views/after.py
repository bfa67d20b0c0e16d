"""After sending: how are you now? Asked once the account has arrived, never as the last word about violence (T11)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.actions.after import tell_after
from cases.statement import catalogue
from intake import wizard
from intake.asking import Asked
from intake.buttons import QUIET_PAGES, pressed
from intake.forms import form_for
from intake.guests import Guest, with_case
from intake.pages import show
from intake.problems import problems_of

UNSENT = "after"  # in the visit: what was chosen before another language was


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def after(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """One page with what is asked after sending; every answer may stay empty."""
    kept = dict(guest.visit.session.get(UNSENT, {}))
    if request.method != "POST":
        guest.visit.be_at(request.path)
        return _show(request, _asked(lang, kept))
    asked, button = _asked(lang, kept, request.POST), pressed(request)
    if not asked.is_valid:
        return _show(request, asked)
    if not button.goes_on:
        guest.visit.session[UNSENT] = asked.answers()
        return redirect(QUIET_PAGES.get(button.do, "intake:after"), button.language or lang)
    return _send(lang, guest, asked)


def _asked(lang: str, kept: dict[str, Any], data: Any = None) -> Asked:
    """The questions that exist in this language."""
    questions = [each for page in catalogue.section(wizard.AFTER).pages for each in page if lang in each.text]
    forms = [form_for(each, lang, kept.get(each.id), data) for each in questions]
    for form in forms[1:]:
        form.is_second = True
    return Asked(forms)


def _show(request: HttpRequest, asked: Asked) -> HttpResponse:
    problems = problems_of(asked.forms) if request.method == "POST" else []
    return show(request, "after", {"forms": asked.forms}, has_form=True, problems=problems)


def _send(lang: str, guest: Guest, asked: Asked) -> HttpResponse:
    """Send what was answered; help comes first for whoever is not well."""
    version = tell_after(case=guest.case, receipt=guest.ring, answers=asked.answers(), language=lang)
    guest.visit.session.pop(UNSENT, None)
    if version is not None:
        guest.visit.note("after_told")
        guest.visit.remember_answers(asked.replies())
    if asked.calls_for_help:
        guest.visit.be_at(reverse("intake:page", args=[lang]))
        return redirect("intake:help", lang)
    return redirect("intake:page", lang)
