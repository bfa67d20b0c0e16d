"""The first-run lock: until the organisation is ready, every page of a survivor says "not open yet" and nothing else.

The answer has status 200. It is a page for people: 503 would make proxies in between try again, show a page of their
own or count the site as broken. No cache keeps it, like every page of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext, override

from people import opening

APP, EXIT = "intake", "exit"  # whoever wants to leave may always leave


class FirstRunLock:
    """Answers for every page of a survivor while the organisation is not open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Wrap the rest of the application."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; what the address leads to decides."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Look whether it is open; once it was, nothing is looked up any more."""
        found = request.resolver_match
        if found is None or found.app_name != APP or found.url_name == EXIT or opening.is_open():
            return None
        return not_open(request)


def not_open(request: HttpRequest) -> HttpResponse:
    """A calm page in the language of the path; on the first page, which has none, in each language."""
    first = request.path_info.lstrip("/").split("/", 1)[0]
    languages = [first] if first in settings.SURVIVOR_LANGUAGES else settings.SURVIVOR_LANGUAGES
    with override(languages[0]):
        context = {
            "texts": [_texts(each) for each in languages],
            "language": languages[0],
            "site_name": str(settings.SITE_NAME),
        }
        return render(None, "intake/not_open.html", context)


def _texts(language: str) -> tuple[str, str, str]:
    with override(language):
        heading = gettext("This page is not open yet")
        text = gettext("It is being prepared. Please come back later. Nothing about your visit is kept here.")
        return language, heading, text
