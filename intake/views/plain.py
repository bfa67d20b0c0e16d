"""Pages that only say something: languages, start, leaving, staying safe, what is kept, Tor, a person, pause, files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.models import Case
from intake import crisis, numbers, ways, wizard
from intake.again import keeps_words
from intake.pages import in_language, show
from intake.views.leave import forgetting
from intake.visit import Visit
from vault.models import today

LIVES_IN = "ELG-02"


@require_safe
def languages(request: HttpRequest) -> HttpResponse:
    """The languages by their own names; nothing is guessed (L1)."""
    return show(request, "languages")


@require_safe
def start(request: HttpRequest, lang: str) -> HttpResponse:
    """Who we are, what we can and cannot do (T9), what we cannot hide."""
    return show(request, "start")


def _page(template: str) -> Any:
    """A page with a way back to the last question, if there was one."""

    @require_safe
    @keeps_words
    def view(request: HttpRequest, lang: str) -> HttpResponse:
        visit = Visit(request)
        place = in_language(visit.place, lang) if visit.place else ""
        context = {
            "place": place,
            "has_case": visit.case_id is not None,
            "has_words": visit.case_id is not None or bool(visit.answers),
            "onion": settings.ONION_ADDRESS,
        }
        return show(request, template, context)

    return view


leaving = _page("leaving")
safe = _page("safe")
kept = _page("kept")
tor = _page("tor")
person = _page("person")
pause = _page("pause")
advice = _page("advice")


@require_safe
@keeps_words
def urgent(request: HttpRequest, lang: str) -> HttpResponse:
    """Numbers to call, for the country of residence when it is known (C1 to C4)."""
    visit = Visit(request)
    place = in_language(visit.place, lang) if visit.place else ""
    found = crisis.help_for(_residence(visit), lang, today(), numbers.current())
    return show(request, "help", {"place": place, "help": found})


@require_safe
@keeps_words
def way(request: HttpRequest, lang: str, number: int) -> HttpResponse:
    """A page for whoever is not the person that the first questions expect."""
    found = ways.at(number)
    if found is None:
        raise Http404
    visit = Visit(request)
    place = in_language(visit.place, lang) if visit.place else ""
    return show(request, "way", {"way": found, "place": _beyond(visit, lang) if place in ("", request.path) else place})


def _beyond(visit: Visit, lang: str) -> str:
    """What comes after a page that stands behind another one: the next question, or the list of sections."""
    if visit.case_id is not None:
        return reverse("intake:parts", args=[lang])
    missing = wizard.missing_page(visit.answers)
    return reverse("intake:first", args=[lang, missing]) if missing else reverse("intake:number", args=[lang])


def _residence(visit: Visit) -> str:
    """The country where this person lives, as a code of the form; "" while nobody said it."""
    if visit.case_id is None:
        return str(visit.answers.get(LIVES_IN, {}).get("value") or "")
    return Case.objects.filter(id=visit.case_id).values_list("residence", flat=True).first() or ""


@require_safe
def closed(request: HttpRequest, lang: str) -> HttpResponse:
    """After closing the own page."""
    return show(request, "closed")


@require_safe
def erased(request: HttpRequest, lang: str) -> HttpResponse:
    """After stopping before anything was sent."""
    return show(request, "erased")


def close(request: HttpRequest, lang: str) -> HttpResponse:
    """Forget the visit; what was saved under the number stays."""
    if request.method == "POST":
        Visit(request).leave()
    return forgetting(redirect("intake:closed", lang))
