"""What moved in the own cases since the law changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases import broken, queue
from cases.actions.reassessing import catch_up, moved, seen, stale
from cases.models import Case
from cases.views.fetch import fetch_case, opens
from jurisdictions import law
from people.permissions import Permission, staff
from people.requests import StaffRequest
from vault.errors import NoGrant, VaultError


@require_safe
@staff(Permission.SEE_QUEUE)
def show(request: StaffRequest) -> HttpResponseBase:
    """Assess stale cases again for a moment, then list the own cases in which routes moved."""
    done = catch_up(request.person, request.keyring)
    wanted = {"person": queue.ME}
    own = queue.ordered(queue.filtered(queue.visible(request.person), wanted, request.person))
    rows = [(case, _moved(request, case)) for case in own.select_related("route_check")]
    context = {
        "done": done,
        "waiting": stale(request.person, law.number()).count(),
        "rows": [(case, found) for case, found in rows if found],
        "total": len(rows),
    }
    return render(request, "desk/law_moved.html", context)


@require_POST
@staff(Permission.SEE_CASE)
@opens
def say_seen(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Say that what moved was looked at; it is no longer shown."""
    case = fetch_case(request, reference, Permission.SEE_CASE)
    seen(case=case, by=request.person, ring=request.keyring)
    messages.success(request, _("Noted. The routes of the case stand as they are now."))
    return redirect("cases:routes", case.reference)


def _moved(request: StaffRequest, case: Case) -> list[dict[str, str]]:
    try:
        return moved(case, request.keyring)
    except NoGrant:
        return []
    except VaultError as error:
        broken.raise_for(case, error, request.person.id)
        return []
