"""A plan for a talk with the lawyer: day, hours, length, who is there; three equal answers, signed by the number."""

from __future__ import annotations

import re
from datetime import date
from secrets import token_hex
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cases.actions.planning import answer_plan
from cases.errors import Refused
from cases.lawyers.plans import ANOTHER, ANSWERS, NO, YES, read, waits_for_answer
from cases.models import Case, Proposal
from cases.statement.days import day_in_words
from intake.guests import Guest, with_case
from intake.pages import Problem, show

SAID: dict[str, Promise] = {
    YES: gettext_lazy("You said yes to this talk."),
    ANOTHER: gettext_lazy("You asked for another plan."),
    NO: gettext_lazy("You said that you want no talk now."),
}
DAY = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[.]?", re.ASCII)
MOST = 20  # days that one answer may name
LENGTH = 300


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def talk(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """What is planned now, or what was answered; an answer that was given stands."""
    found = planned_for(guest.case)
    if request.method != "POST":
        guest.visit.be_at(request.path)
        return _show(request, lang, guest, found)
    said, act, typed = request.POST.get("answer", ""), request.POST.get("act", ""), request.POST.get("days", "")
    days = days_in(typed[:LENGTH])
    if days is None:
        problem = Problem(_("Please write days as in 12.08, with spaces between them."), "#days")
        return _show(request, lang, guest, found, typed, [problem])
    if found is not None and said in ANSWERS and not guest.visit.is_done(act):
        try:
            answer_plan(proposal=found, receipt=guest.ring, answer=said, hard=days)
        except Refused:  # answered in another tab: the page says what stands
            return redirect("intake:talk", lang)
        guest.visit.mark_done([act])
        guest.visit.note("talk_answered")
    return redirect("intake:talk", lang)


def planned_for(case: Case) -> Proposal | None:
    """The lawyer who has the mandate, whose plan may be with the person."""
    rows = case.proposals.select_related("case__receipt", "lawyer__pair")
    return rows.filter(state=Proposal.State.ENGAGED).first()


def waits(case: Case) -> bool:
    """Is there a plan that the person has not answered yet?"""
    found = planned_for(case)
    return found is not None and waits_for_answer(found)


def days_in(typed: str) -> list[str] | None:
    """Days of a year that were typed as day and month, as mm-dd; None when something is no such day."""
    found = []
    for word in re.split(r"[\s,;]+", typed.strip()):
        match = DAY.fullmatch(word)
        if word and match is None:
            return None
        if match is not None:
            day = _day(int(match[2]), int(match[1]))
            if day is None:
                return None
            found.append(f"{day:%m-%d}")
    return found if len(found) <= MOST else None


def _day(month: int, day: int) -> date | None:
    try:
        return date(2024, month, day)  # a leap year
    except ValueError:
        return None


def _show(
    request: HttpRequest, lang: str, guest: Guest, found: Proposal | None, typed: str = "",
    problems: list[Problem] | None = None,
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {"act": token_hex(8), "typed": typed}
    shown, said = read(found, guest.ring) if found is not None else (None, None)
    if shown is not None:
        context |= {
            "shown": shown, "said": SAID[said.answer] if said else "",
            "day": day_in_words(date.fromisoformat(shown.day), lang),
            "paragraphs": [part for part in shown.text.split("\n\n") if part.strip()],
        }  # fmt: skip
    return show(request, "talk", context, back=reverse("intake:page", args=[lang]), problems=problems or [])
