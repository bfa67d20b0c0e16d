"""The map: tiles that say the same as the table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jurisdictions.pages.world import SHOWN, world
from jurisdictions.views.readers import for_readers

FIRST = next(iter(SHOWN))


@require_safe
@for_readers
def map_of_states(request: HttpRequest) -> HttpResponse:
    """One thing of SHOWN for every State; `show` in the address chooses, anything unknown is the first."""
    asked = request.GET.get("show", FIRST)
    show = asked if asked in SHOWN else FIRST
    context = {
        "choices": [(code, it.words) for code, it in SHOWN.items()],
        "show": show,
        "shown": SHOWN[show],
        "drawing": world(show),
    }
    return render(request, "desk/states_map.html", context)
