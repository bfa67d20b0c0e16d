"""Searching the cases that a member may open. What is looked for stands in the form alone, never in an address."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cases import queue
from cases.models import Case
from cases.search.forms import CarriedForm, SearchForm
from cases.search.slices import Slice, step
from cases.views.fetch import opens
from people.permissions import Permission, staff
from people.requests import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@staff(Permission.READ_ACCOUNT)
@opens
def search(request: StaffRequest) -> HttpResponseBase:
    """The form; after it was sent, what one slice has found, and a button to go on."""
    if request.method != "POST":
        return render(request, "desk/search.html", {"form": SearchForm(), "total": _total(request)})
    form, carried = SearchForm(request.POST), CarriedForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/search.html", {"form": form, "total": _total(request)})
    found = step(form.scope, by=request.person, ring=request.keyring, after=carried.last)
    return render(request, "desk/search.html", {"form": form, **_results(request, carried, found)})


def _total(request: StaffRequest) -> int:
    return queue.readable(request.person).count()


def _results(request: StaffRequest, carried: CarriedForm, found: Slice) -> dict[str, Any]:
    """What the page shows of a slice, and what it carries on to the next one."""
    before, missed = carried.references("found"), carried.references("missed")
    now = [each.case.reference for each in found.found]
    troubled = [case.reference for case in (*found.without_key, *found.broken)]
    return {
        "found": found,
        "total": found.total,
        "before": _own(request, before),
        "missed": _own(request, [*missed, *troubled]),
        "carries": {"after": found.last, "found": " ".join([*before, *now]), "missed": " ".join([*missed, *troubled])},
        "is_nothing": found.is_over and not now and not before,
        "goes_on": not found.is_over and not now,
    }


def _own(request: StaffRequest, references: list[str]) -> list[Case]:
    """The cases of these references, if the member may open them: the form could have been changed."""
    return list(queue.readable(request.person).filter(reference__in=references).order_by("reference"))
