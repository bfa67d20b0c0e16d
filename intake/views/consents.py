"""The permissions: what was said and when; taking them back by one button each, and one for all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.ending import has_papers_outside
from cases.actions.withdrawing import withdraw
from cases.asked import Said, asked_of
from cases.permission import READING, WITHDRAWN
from cases.statement.days import day_in_words
from intake.guests import Guest, with_case
from intake.pages import show

OUTCOMES: dict[str, Promise] = {
    "yes": _("Yes"),
    "no": _("No"),
    "later": _("Not decided yet"),
    WITHDRAWN: _("Taken back"),
}
MOST = 30  # lines on one page of the history, so that it stays small
# Each permission under the heading that it stands below. The answer to the first question covers all others, so it has
# the button for everything.
GROUPS: dict[Promise, dict[str, Promise]] = {
    _("Who we may give it to"): {
        "CNS-03": _("Sharing the case with a partner lawyer"),
        "CNS-05": _("Sending it to the International Criminal Court"),
        "CNS-06": _("Sending it to bodies of the United Nations"),
        "CNS-07": _("Giving your name to a government"),
        "CNS-08": _("Sharing it with other groups that document crimes"),
        "CNS-12": _("Passing on names for sanctions"),
    },
    _("How we may use it"): {
        "CNS-02": _("Preparing a criminal complaint"),
        "CNS-15": _("Reading by a translator"),
        "CNS-13": _("Keeping information about your health"),
        "CNS-09": _("Counting your case in statistics"),
        "CNS-10": _("Showing such figures to delegates of states"),
        "CNS-11": _("Use of your story by media"),
    },
    _("Who may contact you"): {"CNS-14": _("Direct contact by police or prosecutors")},
}
LABELS: dict[str, Promise] = {scope: label for labels in GROUPS.values() for scope, label in labels.items()}

ALL_LABELS: dict[str, Promise] = {READING: _("Reading what you write and answering you"), **LABELS}


@dataclass(frozen=True)
class Row:
    """One permission as the page shows it. outcome and day: the newest answer, empty when there is none."""

    scope: str
    label: Promise
    outcome: Promise | str
    day: str
    is_over: bool  # taken back, so there is nothing more to take


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
    newest = {each.scope: each for each in asked_of(guest.case, guest.ring).history()}
    context: dict[str, Any] = {
        "groups": [(title, *_parted(labels, newest, lang)) for title, labels in GROUPS.items()],
        "everything": _row(READING, ALL_LABELS[READING], newest.get(READING), lang),
        "has_papers": has_papers_outside(guest.case),
        "act": token_hex(8),
    }
    return show(request, "permissions", context, back=reverse("intake:page", args=[lang]))


def _parted(labels: dict[str, Promise], newest: dict[str, Said], lang: str) -> tuple[list[Row], list[Row]]:
    """The permissions of a group about which something was said, and the others."""
    rows = [_row(scope, label, newest.get(scope), lang) for scope, label in labels.items()]
    return [row for row in rows if row.day], [row for row in rows if not row.day]


def _row(scope: str, label: Promise, said: Said | None, lang: str) -> Row:
    if said is None:
        return Row(scope, label, "", "", is_over=False)
    return Row(scope, label, OUTCOMES[said.outcome], day_in_words(said.on, lang), said.outcome == WITHDRAWN)


@require_safe
@with_case
def history(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """Everything that was said about permissions, newest first: the day, the wording, and what was taken back."""
    guest.visit.be_at(request.path)
    rows = Paginator(asked_of(guest.case, guest.ring).history()[::-1], MOST).get_page(request.GET.get("from"))
    acts = [list(found) for _version, found in groupby(rows.object_list, key=lambda each: each.version)]
    context = {
        "acts": [_act(act, lang) for act in acts],
        "earlier": rows.next_page_number() if rows.has_next() else None,
        "later": rows.previous_page_number() if rows.has_previous() else None,
    }
    return show(request, "permissions_history", context, back=reverse("intake:permissions", args=[lang]))


def _act(act: list[Said], lang: str) -> dict[str, Any]:
    """What was said at once. A permission is asked in one language; where they differ, each of them is named."""
    names, asked = dict(settings.LANGUAGES), [each for each in act if each.language]
    return {
        "day": day_in_words(act[0].on, lang),
        "languages": ", ".join(dict.fromkeys(str(names.get(each.language, each.language)) for each in asked)),
        "wording": asked[0].catalogue if asked else "",
        "is_draft": any(not each.is_reviewed for each in asked),
        "lines": [(ALL_LABELS[each.scope], OUTCOMES[each.outcome]) for each in act],
    }
