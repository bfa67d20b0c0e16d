"""Taking permissions back: one button each, and one for all. Looking at the page changes nothing."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cases.actions.ending import has_papers_outside
from cases.actions.withdrawing import withdraw
from cases.asked import asked_of
from cases.permission import READING
from cases.statement.days import day_in_words
from intake.guests import Guest, with_case
from intake.pages import show

# The answer to the first question covers all others, so it has the button for everything.
LABELS: dict[str, Promise] = {
    "CNS-02": _("Preparing a criminal complaint"),
    "CNS-03": _("Sharing the case with a partner lawyer"),
    "CNS-05": _("Sending it to the International Criminal Court"),
    "CNS-06": _("Sending it to bodies of the United Nations"),
    "CNS-07": _("Giving your name to a government"),
    "CNS-08": _("Sharing it with other groups that document crimes"),
    "CNS-09": _("Counting your case in statistics"),
    "CNS-10": _("Showing such figures to delegates of states"),
    "CNS-11": _("Use of your story by media"),
    "CNS-12": _("Passing on names for sanctions"),
    "CNS-13": _("Keeping information about your health"),
    "CNS-14": _("Direct contact by police or prosecutors"),
    "CNS-15": _("Reading by a translator"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def permissions(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """Every permission with its button; the same form sent twice takes back once."""
    if request.method != "POST":
        guest.visit.be_at(request.path)
        return _show(request, lang, guest)
    scope, act = request.POST.get("scope", ""), request.POST.get("act", "")
    if scope in (*LABELS, READING) and not guest.visit.is_done(act):
        withdraw(case=guest.case, receipt=guest.ring, scopes=[scope], language=lang)
        guest.visit.mark_done([act])
        guest.visit.note("taken_back")
    return redirect("intake:permissions", lang)


def _show(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    days = asked_of(guest.case, guest.ring).days()
    said = {scope: day_in_words(day, lang) for scope, day in days.items()}
    context: dict[str, Any] = {
        "rows": [(scope, label, said.get(scope, "")) for scope, label in LABELS.items()],
        "everything": READING,
        "everything_on": said.get(READING, ""),
        "has_papers": has_papers_outside(guest.case),
        "act": token_hex(8),
    }
    return show(request, "permissions", context, back=reverse("intake:page", args=[lang]))
