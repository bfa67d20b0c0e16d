"""The number (receipt code): shown, checked if the person likes, and sent together with the five answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases import urgency
from cases.actions.opening import open_case
from cases.models import Case
from cases.statement.days import day_in_words
from intake import wizard
from intake.again import ENDED, again, keeps_words
from intake.buttons import QUIET_PAGES, pressed
from intake.floods import passes, turns
from intake.guests import Guest, with_case
from intake.pages import Problem, show
from intake.visit import Visit
from vault.envelope.receipt import derive
from vault.models import today

LAST_DIGITS = 6
SENDING = {"send": "intake:sent", "more": "intake:parts"}  # the Enter key only compares, it does not send


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_words
def number(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the number, the same at each reload, and send with it."""
    visit = Visit(request)
    if visit.case_id is not None:
        return redirect("intake:sent", lang)
    if visit.is_outdated:
        visit.erase()
        return again(request, ENDED) if request.method == "POST" else redirect("intake:start", lang)
    missing = wizard.missing_page(visit.answers)
    if missing is not None:
        return redirect("intake:first", lang, missing)
    visit.be_at(request.path)
    return _post(request, lang, visit) if request.method == "POST" else _show(request, lang, visit)


def _show(request: HttpRequest, lang: str, visit: Visit, typed: str = "", wrong: str = "") -> HttpResponse:
    context = {
        "pass": passes.give(visit),
        "code": visit.code(),
        "typed": typed,
        "wrong": wrong,
        "reply_day": day_in_words(reply_day(), lang),
    }
    problems = [Problem(wrong, "#last"), Problem(_("Or leave that field empty: it is only for you."), "#last")]
    return show(request, "number", context, has_form=True, problems=problems if wrong else [])


def _post(request: HttpRequest, lang: str, visit: Visit) -> HttpResponse:
    button = pressed(request)
    if button.language:
        return redirect("intake:number", button.language)
    if button.do in QUIET_PAGES:
        return redirect(QUIET_PAGES[button.do], lang)
    typed = request.POST.get("last", "")
    if typed.strip() and not _is_last(typed, visit.code().digits):
        return _show(request, lang, visit, typed, _("These are not the last six digits. Please compare once more."))
    if button.do not in SENDING:
        if typed.strip():
            visit.note("same_digits")
        return redirect("intake:number", lang)
    if turns.is_held(visit, request.POST, button.do):
        return redirect("intake:turn", lang)
    _send(visit, lang)
    return redirect(SENDING[button.do], lang)


def _is_last(typed: str, digits: str) -> bool:
    """Compare what was typed, in digits of any script, with the end of the number."""
    plain = "".join(str(int(sign)) for sign in typed if sign.isdecimal())
    return plain == digits[-LAST_DIGITS:]


def _send(visit: Visit, lang: str) -> None:
    """Open the case. The same number opens one case, however often it is sent."""
    keys = derive(visit.code(), settings.DEPLOYMENT_SALT)
    answers = wizard.asked_only(visit.answers)
    case = open_case(keys=keys, answers=answers, language=lang)
    visit.sign_in(case, keys)


@require_safe
@with_case
def sent(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """Confirm the day and say what happens next; the number is there once more, folded."""
    context: dict[str, Any] = {
        "day": day_in_words(guest.case.received_on, lang),
        "reply_day": day_in_words(promised_day(guest.case), lang),
        "code": guest.visit.shown_code(),
    }
    return show(request, "sent", context)


def reply_day() -> date:
    """The day by which a first answer is promised to somebody who sends today."""
    return urgency.working_day(today(), urgency.FIRST_REPLY_DAYS)


def promised_day(case: Case) -> date:
    """The day by which a first answer was promised for a case."""
    return case.answer_day or urgency.working_day(case.received_on, urgency.FIRST_REPLY_DAYS)
