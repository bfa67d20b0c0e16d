"""Stopping what was filed, after the lawyer explained what that can still do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.actions.explaining import stop as stop_filed
from cases.errors import CaseError
from cases.texts.limits import may_stop
from intake.guests import Guest, with_case
from intake.pages import show


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def stop(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """Two equal buttons; looking at the page changes nothing."""
    if not may_stop(guest.case, guest.ring):
        return redirect("intake:page", lang)
    if request.method != "POST":
        guest.visit.be_at(request.path)
        return show(request, "stop", {}, back=reverse("intake:page", args=[lang]))
    if request.POST.get("do") == "stop":
        try:
            stop_filed(case=guest.case, receipt=guest.ring)
        except CaseError:  # it moved on meanwhile: the own page says where it stands
            return redirect("intake:page", lang)
        guest.visit.note("stopped")
    return redirect("intake:page", lang)
