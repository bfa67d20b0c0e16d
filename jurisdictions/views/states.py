"""The list of States and one briefing page for each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from jurisdictions.models import State
from jurisdictions.pages.briefing import brief
from jurisdictions.pages.filters import Filters
from jurisdictions.pages.overview import Overview, overview
from jurisdictions.views.readers import for_readers


@require_safe
@for_readers
def states(request: HttpRequest) -> HttpResponse:
    """All States, or those that fit the search and the filters of the address."""
    filters = Filters(request.GET)
    found = overview(filters.chosen(), timezone.now().date())
    context = {"filters": filters, "overview": found, "lede": _lede(found)}
    return render(request, "desk/states.html", context)


def _lede(found: Overview) -> str:
    words = ngettext(
        "%(total)s State or entity, %(with_law)s with national law. Not legal advice: an admitted lawyer confirms "
        "before use.",
        "%(total)s States and entities, %(with_law)s with national law. Not legal advice: an admitted lawyer confirms "
        "before use.",
        found.total,
    )
    return words % {"total": found.total, "with_law": found.with_law}


@require_safe
@for_readers
def state(request: HttpRequest, iso2: str) -> HttpResponse:
    """One State as a briefing paper; a code that nobody knows is 404."""
    found = get_object_or_404(State, iso2=iso2.upper())
    return render(request, "desk/state.html", {"iso2": found.iso2, "brief": brief(found, timezone.now().date())})
