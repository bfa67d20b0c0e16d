"""The list of States and one briefing page for each."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from jurisdictions.models import State
from jurisdictions.pages.briefing import brief
from jurisdictions.pages.overview import overview

SEARCH_LIMIT = 80  # characters of a search
View = Callable[..., HttpResponse]


def for_readers(view: View) -> View:
    """Mark a view with the permission that people.middleware asks for; this room stands alone and knows no people."""
    view.permission = "see_states"  # type: ignore[attr-defined]
    return view


@require_safe
@for_readers
def states(request: HttpRequest) -> HttpResponse:
    """All States, or those whose name or code fits the search."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:SEARCH_LIMIT]
    return render(request, "desk/states.html", {"asked": asked, "overview": overview(asked)})


@require_safe
@for_readers
def state(request: HttpRequest, iso2: str) -> HttpResponse:
    """One State as a briefing paper; a code that nobody knows is 404."""
    found = get_object_or_404(State, iso2=iso2.upper())
    return render(request, "desk/state.html", {"brief": brief(found, timezone.now().date())})
