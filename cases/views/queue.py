"""The queue: saved views, filters, and pages of cases."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import queue, saved
from cases.actions.giving import MOST
from cases.actions.reassessing import catch_up
from cases.counting import shown
from cases.forms import QueueFilter
from cases.forms_giving import GiveForm
from cases.load import MOST_CASES
from people.models import Person
from people.permissions import Permission, may, staff
from people.requests import StaffRequest, tell
from people.watching import AGAIN, watching

SECONDS = 60  # until a page without script loads itself anew, for whoever asked for that
LAST_PAGE = 10_000  # a number that the address may name at most; nobody turns so many


@partial(watching, param=AGAIN)
@require_safe
@staff(Permission.SEE_QUEUE)
def show(request: StaffRequest) -> HttpResponse:
    """A page of the cases that the viewer may see, most urgent first, of a saved view and narrowed by the form.

    It is the first page of a session: what became stale by a change of law is assessed again here, a batch at a time.
    """
    person, now = request.person, timezone.now()
    catch_up(person, request.keyring)
    form = QueueFilter(person, request.GET)
    wanted, number = form.wanted, page_number(request.GET.get("page", ""))
    found, has_more = queue.page(saved.listed(person, wanted), number)
    numbers = saved.numbers(person, now)
    tell(request, saved.at_a_glance, numbers)
    view = saved.find(person, wanted.get("view", ""))
    context = {
        "rows": queue.rows(found, person, request.keyring, now),
        "form": form,
        "view": view,
        "tabs": _tabs(person, numbers, view),
        "numbers": {name: shown(count) for name, count in numbers.items()},
        "first": found[0] if found and number == 1 else None,
        "pages": _pages(wanted, number, len(found), has_more=has_more),
        "query": address(wanted),
        "again": address(wanted | {AGAIN: "1"}),
        "is_watching": AGAIN in request.GET,
        "seconds": SECONDS,
        "give_form": GiveForm(person) if may(person, Permission.ASSIGN_CASE) else None,
        "most": MOST,
        "limit": MOST_CASES,
        "total": "" if form.narrows else shown(numbers[view.code]),
    }
    return render(request, "desk/queue.html", context)


def page_number(text: str) -> int:
    """The number of a page in an address; 1 for anything that is none."""
    return max(1, min(int(text), LAST_PAGE)) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def address(wanted: dict[str, str], page: int = 1) -> str:
    """The query of a page of the queue."""
    return "?" + urlencode(wanted | ({"page": str(page)} if page > 1 else {}))


def _tabs(person: Person, numbers: dict[str, int], here: saved.View) -> list[dict[str, Any]]:
    """A saved view begins afresh, without the filters, so that its number is what a press shows."""
    return [
        {
            "words": view.words,
            "address": address({"view": view.code} if view.code else {}),
            "number": shown(numbers[view.code]),
            "is_here": view == here,
        }
        for view in saved.views(person)
    ]


def _pages(wanted: dict[str, str], number: int, count: int, *, has_more: bool) -> dict[str, Any]:
    """What is shown of how much, and the ways to the pages beside this one."""
    start = (number - 1) * queue.PAGE
    return {
        "number": number,
        "from": start + 1,
        "to": start + count,
        "before": address(wanted, number - 1) if number > 1 else "",
        "after": address(wanted, number + 1) if has_more else "",
    }
