"""The longer account in a language that has none yet: a calm page that names those that have it, and other ways."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cases.statement import catalogue
from intake.guests import Guest, with_case
from intake.pages import in_language, show

View = Callable[..., HttpResponse]


def told_in_some(view: View) -> View:
    """Guard a page of the longer account: in any other language the calm page stands in its place."""

    @wraps(view)
    def guarded(request: HttpRequest, lang: str, **kwargs: Any) -> HttpResponse:
        if lang in catalogue.LANGUAGES:
            return view(request, lang, **kwargs)
        return elsewhere(request, lang)

    return guarded


@with_case
def elsewhere(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """Which languages these questions have, with the way to the same page; a letter and a talk need none of them."""
    guest.visit.forget_code()
    guest.visit.be_at(request.path)
    names = dict(settings.LANGUAGES)
    there = [(code, names[code], in_language(request.path, code)) for code in catalogue.LANGUAGES]
    return show(request, "elsewhere", {"there": there})
