"""Two to four States side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from jurisdictions.models import State
from jurisdictions.pages import reader
from jurisdictions.pages.comparison import MOST, compared
from jurisdictions.views.readers import for_readers


@require_safe
@for_readers
def compare(request: HttpRequest) -> HttpResponse:
    """The States of the address (`s`, repeated) side by side; with `only` just the lines in which they differ."""
    asked = list(dict.fromkeys(code.upper()[:2] for code in request.GET.getlist("s") if code))
    known = State.objects.in_bulk(asked[:MOST])
    chosen = [known[code] for code in asked[:MOST] if code in known]
    context = {
        "states": sorted(State.objects.all(), key=lambda state: reader.in_order(reader.state_name(state))),
        "slots": [*(state.iso2 for state in chosen), *[""] * (MOST - len(chosen))],
        "too_many": len(asked) > MOST,
        "only": bool(request.GET.get("only")),
        "comparison": compared(chosen, timezone.now().date()) if len(chosen) > 1 else None,
    }
    return render(request, "desk/states_compare.html", context)
