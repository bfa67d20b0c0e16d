"""The list of States and one briefing page for each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from jurisdictions.models import State
from jurisdictions.pages.briefing import brief
from jurisdictions.pages.filters import Filters
from jurisdictions.pages.overview import overview
from jurisdictions.views.readers import for_readers

LEDE = (
    "{it.total} States and entities, {it.with_law} with national law. "
    "Not legal advice: an admitted lawyer confirms before use."
)


@require_safe
@for_readers
def states(request: HttpRequest) -> HttpResponse:
    """All States, or those that fit the search and the filters of the address."""
    filters = Filters(request.GET)
    found = overview(filters.chosen(), timezone.now().date())
    context = {"filters": filters, "overview": found, "lede": LEDE.format(it=found)}
    return render(request, "desk/states.html", context)


@require_safe
@for_readers
def state(request: HttpRequest, iso2: str) -> HttpResponse:
    """One State as a briefing paper; a code that nobody knows is 404."""
    found = get_object_or_404(State, iso2=iso2.upper())
    return render(request, "desk/state.html", {"iso2": found.iso2, "brief": brief(found, timezone.now().date())})
