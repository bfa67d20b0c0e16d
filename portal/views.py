"""Calm pages for what went wrong, in the language of the path or of the desk; never an echo of what was sent."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.again import lost_form
from portal.paths import is_desk, spoken_to


@dataclass(frozen=True)
class Problem:
    """What one error page says."""

    status: int
    heading: str | Promise
    text: str | Promise


BAD_REQUEST = Problem(
    400, _("We could not read what was sent"), _("Nothing was saved by this step. Go back and try once more.")
)
TOO_LARGE = Problem(
    413,
    _("This is too large"),
    _("One file may have up to 25 MB, and all text on one page up to 8 MB. Nothing was saved by this step."),
)
TOO_MANY = Problem(
    413,
    _("This is too much at once"),
    _("One page takes up to 2000 entries. Choose fewer, and send the rest afterwards. Nothing was done by this step."),
)
TOO_SLOW = Problem(
    408,
    _("The file did not arrive"),
    _(
        "The line broke, or the file came so slowly that we had to stop. It was not kept; what was received before is "
        "safe. Go back and send it once more, on another line if you can, or a smaller file."
    ),
)
FORBIDDEN = Problem(403, _("This page is not open to you"), _("Nothing was changed."))
STALE_FORM = Problem(
    403,
    _("This page was open for too long"),
    _("Nothing was saved by this step. Go back: your words may still be in the form. Copy them, then open it anew."),
)
NOT_FOUND = Problem(
    404, _("There is no such page"), _("The address may be mistyped, or the page may have been open for too long.")
)
SERVER_ERROR = Problem(
    500, _("Something went wrong on our side"), _("What you sent before is kept. Please try again in a few minutes.")
)
CROSS_SITE = "cross-site"  # what portal.middleware.TokenCsrf says of a form that came from elsewhere
BARE_ERROR = '<!doctype html><html lang="en"><title>Error</title><p>Something went wrong on our side.'


def bad_request(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """Answer what cannot be read: 413 when it is too much, 400 else."""
    if isinstance(exception, TooManyFieldsSent):
        return problem(request, TOO_MANY)
    is_large = isinstance(exception, RequestDataTooBig | TooManyFilesSent)
    return problem(request, TOO_LARGE if is_large else BAD_REQUEST)


def too_slow(request: HttpRequest) -> HttpResponse:
    """Answer a form with files whose body broke off."""
    return problem(request, TOO_SLOW)


def forbidden(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """Answer 403."""
    return problem(request, FORBIDDEN)


def forbidden_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without a valid token: mostly one that outlived its session.

    A survivor sees the typed words again, unless the browser says that another site sent the form.
    """
    match = request.resolver_match
    if match is None or match.app_name != "intake" or reason == CROSS_SITE:
        return problem(request, STALE_FORM)
    return lost_form(request)


def not_found(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """Answer 404, the same for what never was and what is not for these eyes."""
    return problem(request, NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; the log has the class and the place of the error. A page comes even when rendering is what fails."""
    try:
        return problem(request, SERVER_ERROR)
    except Exception:  # noqa: BLE001 - this is the last page; whatever fails here must not hide the first failure
        return HttpResponse(BARE_ERROR, status=500)


def problem(request: HttpRequest, what: Problem) -> HttpResponse:
    """Render an error page; works before any middleware has run. On the desk StaffLanguage may have chosen already."""
    of_desk = is_desk(request.path_info)
    language = getattr(request, "LANGUAGE_CODE", "") or spoken_to(request)
    template = "errors/desk.html" if of_desk else "errors/survivor.html"
    with translation.override(language):
        return render(None, template, page(request, what, language), status=what.status)


def page(request: HttpRequest, what: Problem, language: str) -> dict[str, Any]:
    """Gather what the templates show; they get no request, so that they can touch no session and no database."""
    return {"problem": what, "language": language, "site_name": settings.SITE_NAME, "home": f"/{language}/"}


def no_icon(request: HttpRequest) -> HttpResponse:
    """Answer the browsers' unasked request for a tab icon: there is none, on purpose (ux.md X8)."""
    return HttpResponse(status=204)


def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers that the pages about us may be read and nothing else; no address of the desk is named here."""
    allowed = [f"Allow: /{language}/about/" for language in settings.SURVIVOR_LANGUAGES]
    return HttpResponse("\n".join(["User-agent: *", *allowed, "Disallow: /", ""]), content_type="text/plain")
