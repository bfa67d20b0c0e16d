"""What if: a set of facts that somebody makes up, the routes for it, and what moves when one of them changes.

The facts may be those of a person: they travel in the body of a request only, and nothing of them is kept.
"""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from jurisdictions.pages import reasons
from jurisdictions.pages.supposed_form import SupposedFacts
from jurisdictions.pages.what_if import carried, supposed
from jurisdictions.views.readers import for_readers


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def what_if(request: HttpRequest) -> HttpResponse:
    """The form; sent, it comes back with the routes. "move" compares with the facts that came along as `before`."""
    languages = {"reason_languages": reasons.choices(reasons.asked(request.POST.get("reasons", "")))}
    if request.method != "POST":
        return render(request, "desk/what_if.html", {"parts": SupposedFacts({}), **languages})
    before = carried(request.POST.get("before", "")) if request.POST.get("do") == "move" else None
    found = supposed(request.POST, before, timezone.now().date())
    carry = before if before is not None else found.get("facts")
    context = {"carry": "" if carry is None else json.dumps(carry), **languages, **found}
    return render(request, "desk/what_if.html", context)
