"""Who opened the account: days, roles and reasons, in plain words. That somebody asks is kept nowhere."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cases import opened_by
from cases.opened_by import Opening
from cases.statement.days import day_in_words
from intake.guests import Guest, with_case
from intake.pages import show

Day = tuple[date, list[Opening]]
MOST = 36  # lines and reasons on one page, so that it stays small
ROLES: dict[str, Promise] = {
    "caseworker": _("A caseworker"),
    "lead": _("A person who leads the team"),
    "lawyer": _("A lawyer"),
    "clinician": _("A doctor or psychologist"),
    opened_by.TEAM: _("A person of the team"),
}
THINGS: dict[str, Promise] = {
    opened_by.ACCOUNT: _("Your account"),
    opened_by.SEARCHED: _("Your account, to look for words in it"),
    opened_by.EXHIBIT: _("A file that you sent"),
    opened_by.SEALED: _("The part that opens for two people only"),
    opened_by.HEALTH: _("Your answers about health"),
    opened_by.PAPERS: _("The papers made from your account"),
    opened_by.BROUGHT: _("A paper of the work with the lawyer"),
}
REASONS: dict[str, Promise] = {
    "first_reading": _("to read it for the first time"),
    "assessment": _("to see which ways are open to you"),
    "reply": _("to answer you"),
    "dossier": _("to prepare papers for a lawyer"),
    "safety": _("because of a question of safety"),
    "lawyer": _("to find or inform a lawyer for you"),
    "": _("to work on it for you"),
}


@require_safe
@with_case
def opened(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """The days on which somebody opened the account, newest first."""
    guest.visit.be_at(request.path)
    found = Paginator(split(opened_by.days(guest.case)), 1).get_page(request.GET.get("from"))
    shown = found.object_list[0] if found.object_list else []
    context = {
        "days": [(day_in_words(on, lang), [_said(each) for each in openings]) for on, openings in shown],
        "earlier": found.next_page_number() if found.has_next() else None,
        "later": found.previous_page_number() if found.has_previous() else None,
    }
    return show(request, "opened", context, back=reverse("intake:page", args=[lang]))


def split(days: list[Day]) -> list[list[Day]]:
    """Whole days for each page, as many as keep it small; one day at least."""
    pages: list[list[Day]] = []
    room = 0
    for day in days:
        size = sum(1 + len(opening.purposes) for opening in day[1])
        if not pages or size > room:
            pages.append([])
            room = MOST
        pages[-1].append(day)
        room -= size
    return pages


def _said(opening: Opening) -> tuple[Promise, Promise, list[Promise]]:
    reasons = [REASONS.get(purpose, REASONS[""]) for purpose in opening.purposes]
    return ROLES[opening.role], THINGS[opening.what], reasons
