"""The pages about us. They are public: a search engine may list them, and they ask nothing.

No browser keeps a copy of them all the same: on a telephone that somebody takes away it would tell what was read.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from intake import about as texts
from intake.again import keeps_words
from intake.pages import in_language, show
from intake.visit import Visit
from intake.where import say


@require_safe
@keeps_words
def about(request: HttpRequest, lang: str) -> HttpResponse:
    """The list of the pages."""
    found = texts.contents()
    listed = [(each.slug, each.title[lang]) for each in found.pages]
    context = {"title": found.title[lang], "lede": found.lede[lang], "listed": listed, "where": say("title", lang)}
    return _public(request, lang, "about", context, reverse("intake:start", args=[lang]))


@require_safe
@keeps_words
def about_page(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    """One of them."""
    found = texts.page(slug)
    if found is None:
        raise Http404
    parts = texts.parts(found, lang, _filling(lang))
    context = {"title": found.title[lang], "tab": found.tab[lang], "parts": parts, "where": say("title", lang)}
    return _public(request, lang, "about_page", context, reverse("intake:about", args=[lang]))


def _filling(language: str) -> dict[str, str]:
    """Who is responsible here, and the address to pass on."""
    return {**settings.CONTROLLER, "address_url": f"{settings.SITE_URL}/{language}/"}


def _public(request: HttpRequest, lang: str, template: str, context: dict[str, Any], back: str) -> HttpResponse:
    """Show a page that search engines may list, with a way back to the last question, if there was one."""
    place = Visit(request).place
    response = show(request, template, {**context, "place": in_language(place, lang) if place else ""}, back=back)
    response.is_public = True  # type: ignore[attr-defined]
    return response
