"""Dates with lawyers: a page for the lawyer and one for the team, and a file for a calendar of one's own."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cases import dates
from cases.actions.briefing import deadline_of
from cases.dates import Date
from cases.hold import is_held
from cases.lawyers import offers
from cases.models import Proposal
from cases.views.fetch import fetch_case, opens
from people.permissions import Permission, staff
from people.requests import StaffRequest
from vault.keyring import Keyring


@require_safe
@staff(Permission.READ_BRIEF)
@opens
def own(request: StaffRequest) -> HttpResponseBase:
    """The lawyer's dates over all briefs."""
    return render(request, "desk/own_dates.html", {"dates": _own(request)})


@require_safe
@staff(Permission.READ_BRIEF)
@opens
def own_file(request: StaffRequest) -> HttpResponseBase:
    """The same, for a calendar."""
    return _file(_own(request))


@require_safe
@staff(Permission.FIND_LAWYER)
@opens
def of_case(request: StaffRequest, reference: str) -> HttpResponseBase:
    """The dates of a case, for the team."""
    case = fetch_case(request, reference, Permission.FIND_LAWYER)
    proposal = offers.current(case)
    if proposal is None or proposal.state != Proposal.State.ENGAGED:
        return redirect("cases:lawyers", case.reference)
    context: dict[str, Any] = {"case": case, "dates": _of(proposal, request.keyring)}
    return render(request, "desk/case_dates.html", context)


@require_safe
@staff(Permission.FIND_LAWYER)
@opens
def case_file(request: StaffRequest, reference: str) -> HttpResponseBase:
    """The same, for a calendar."""
    case = fetch_case(request, reference, Permission.FIND_LAWYER)
    proposal = offers.current(case)
    if proposal is None or proposal.state != Proposal.State.ENGAGED:
        return redirect("cases:lawyers", case.reference)
    return _file(_of(proposal, request.keyring))


def _own(request: StaffRequest) -> list[Date]:
    """Of every brief that no safety hold stops, by day."""
    rows = Proposal.objects.select_related("case__receipt", "lawyer__pair")
    mine = rows.filter(lawyer=request.person, state=Proposal.State.ENGAGED).exclude(briefed_on=None)
    found = [date for each in mine if not is_held(each.case_id) for date in _of(each, request.keyring)]
    return sorted(found, key=lambda date: (date.day, date.at))


def _of(proposal: Proposal, ring: Keyring) -> list[Date]:
    return dates.of_brief(proposal, ring, deadline_of(proposal, ring))


def _file(found: list[Date]) -> HttpResponse:
    answer = HttpResponse(dates.calendar(found), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="dates.ics"'
    return answer
