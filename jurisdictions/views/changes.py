"""What changed between two days, for one State or for all; without days, in the last year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from jurisdictions.history import differences, entries
from jurisdictions.review_forms import DaysForm
from jurisdictions.views.readers import for_readers

YEAR = timedelta(days=365)
PAGE = 60  # entries of the history on one page


@require_safe
@for_readers
def changes(request: HttpRequest) -> HttpResponse:
    """The law then and now, and each entry of the history between the two days."""
    form = DaysForm(_days(request))
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        context |= _compared(form.cleaned_data, request)
    return render(request, "desk/law_changes.html", context)


def _days(request: HttpRequest) -> dict[str, str]:
    """What the address asks; the last year when it names no day."""
    today = timezone.now().date()
    last_year = {"first": (today - YEAR).isoformat(), "then": today.isoformat()}
    given = {name: request.GET.get(name, "") for name in ("first", "then", "state")}
    return {**last_year, **{name: text for name, text in given.items() if text}}


def _compared(days: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    first, then, iso2 = days["first"], days["then"], days["state"]
    found = Paginator(entries(_end(first), _end(then), iso2), PAGE).get_page(request.GET.get("page"))
    return {
        "first": first,
        "then": then,
        "iso2": iso2,
        "differences": differences(first, then, iso2),
        "entries": found,
        "asked": urlencode(_days(request)),
    }


def _end(day: date) -> datetime:
    """The last moment of a day, in UTC."""
    return datetime.combine(day, time.max, tzinfo=UTC)
