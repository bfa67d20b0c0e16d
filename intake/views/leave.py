"""The way out: one click, from any page, with nothing left behind (X4, X7)."""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from intake.visit import Visit

Answer = TypeVar("Answer", bound=HttpResponse)


class SeeOther(HttpResponseRedirect):
    """303: the browser fetches the other page with GET, whatever was posted before."""

    status_code = 303


@require_safe
def leave(request: HttpRequest) -> HttpResponseRedirect:
    """Erase the visit, clear what the browser holds of it, and go to a dull page in the language of the last page.

    With a number the draft stays sealed under it; without one the answers are gone with the visit.
    """
    language = request.GET.get("l", settings.LANGUAGE_CODE)
    target = settings.EXIT_URLS.get(language, settings.EXIT_URLS[settings.LANGUAGE_CODE])
    response = forgetting(SeeOther(target))
    try:
        Visit(request).leave()
    except DatabaseError:  # a locked database must not hold anybody back; the cookie goes, and the clock does the rest
        request.session.modified = False
    return response


def forgetting(response: Answer) -> Answer:
    """Tell the browser to drop whatever it holds of this site: copies of pages, the cookie, anything stored."""
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Strict")
    return response
