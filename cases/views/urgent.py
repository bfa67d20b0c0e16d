"""The line about cases of P0, for a page that is open already."""

from __future__ import annotations

from dataclasses import asdict

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.urgent import line_for
from people.permissions import Permission, staff
from people.requests import StaffRequest
from people.watching import watching


@watching
@require_safe
@staff(Permission.SEE_URGENT)
def ask(request: StaffRequest) -> JsonResponse:
    """What the line says now; numbers and an hour alone."""
    return JsonResponse(asdict(line_for(request.person, timezone.now())))
