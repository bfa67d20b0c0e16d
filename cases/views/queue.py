"""The queue."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import queue
from cases.actions.reassessing import catch_up
from cases.forms import QueueFilter
from people.permissions import Permission, staff
from people.requests import StaffRequest


@require_safe
@staff(Permission.SEE_QUEUE)
def show(request: StaffRequest) -> HttpResponse:
    """All cases that the viewer may see, most urgent first, narrowed by the form above the table.

    It is the first page of a session: what became stale by a change of law is assessed again here, a batch at a time.
    """
    person, now = request.person, timezone.now()
    catch_up(person, request.keyring)
    form = QueueFilter(person, request.GET)
    cases = queue.ordered(queue.filtered(queue.visible(person), form.wanted, person))
    found = queue.rows(cases, person, request.keyring, now)
    context = {
        "rows": found,
        "form": form,
        "counts": queue.counts(person, now),
        "first": found[0].case if found else None,
        "more": max(cases.count() - len(found), 0),
    }
    return render(request, "desk/queue.html", context)
