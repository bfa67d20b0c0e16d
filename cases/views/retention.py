"""What is due: from readable columns alone, so that a data protection officer sees it without any key."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases import keeping
from cases.retention import WHYS, clocks
from people.permissions import Permission, may, staff
from people.requests import StaffRequest
from vault.models import today


@require_safe
@staff(Permission.SEE_RETENTION)
def show(request: StaffRequest) -> HttpResponse:
    """Cases whose clock ran out, cases that are held, what waits for a lead, what was erased, and the clocks."""
    person = request.person
    context = {
        "proposed": keeping.proposed(person, today()),
        "held": keeping.held(person),
        "waiting": keeping.waiting(person),
        "erased": keeping.erased()[:50],
        "clocks": clocks().values(),
        "whys": WHYS,
        "opens_cases": bool(may(person, Permission.SEE_CASE)),
    }
    return render(request, "desk/retention.html", context)
