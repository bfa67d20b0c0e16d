"""The cards of a section (episodes, people, witnesses, papers), and the answers of one section or card for checking."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cases.statement import cards as numbering
from cases.statement import wording
from cases.statement.catalogue import Question
from intake import drafts, wizard
from intake.forms import sentences
from intake.guests import Guest, with_case
from intake.pages import show
from intake.spots import MOST_CARDS, Place, next_number, place_of, sections_of
from intake.views.parts import STATES

EXCERPT = 280  # characters of a long text that are repeated for checking
APART = "sealed"


@require_safe
@with_case
def cards(request: HttpRequest, lang: str, guest: Guest, slug: str) -> HttpResponse:
    """The cards of a section, and a way to one more."""
    place = place_of(drafts.load(guest), slug)
    if place.section.card is None or place.number:
        raise Http404
    if place.is_closed:
        return redirect("intake:parts", lang)
    guest.visit.be_at(request.path)
    numbers = numbering.numbers(place.section.id, sections_of(place.content))
    new = next_number(place.section, place.content)
    context = {
        "title": place.section.title[lang],
        "rows": [_card(place, number, lang) for number in numbers],
        "add": place.section.card.add[lang] if numbers else place.section.title[lang],
        "new": reverse("intake:section", args=[lang, numbering.key_of(place.section.id, new)]),
        "may_add": new <= MOST_CARDS,
        "check": place.path("parted", lang) if place.pages else "",
        "said_before": guest.visit.take_answers(lang),
    }
    return show(request, "cards", context, back=reverse("intake:parts", args=[lang]))


def _card(place: Place, number: int, lang: str) -> dict[str, Any]:
    card = Place(place.section, number, place.content)
    state = wizard.card_state(place.section, number, sections_of(place.content))
    return {"title": card.title(lang), "state": state.value, "words": STATES[state], "path": card.path("section", lang)}


@require_safe
@with_case
def parted(request: HttpRequest, lang: str, guest: Guest, slug: str) -> HttpResponse:
    """Every answer of a section or a card, with a way to change each; what was not given is one folded line (O5)."""
    place = place_of(drafts.load(guest), slug)
    guest.visit.be_at(request.path)
    rows = rows_of(place, lang)
    context = {
        "title": place.title(lang),
        "rows": [row for row in rows if row["lines"] or row["is_apart"]],
        "blank": [row for row in rows if not row["lines"] and not row["is_apart"]],
        "is_card": place.number > 0,
        "key": place.key,
        "on": back_of(place, lang),
        "said_before": guest.visit.take_answers(lang),
    }
    return show(request, "parted", context, back=back_of(place, lang))


def back_of(place: Place, lang: str) -> str:
    """Where the answers of a place belong: the cards of its section, the files, or the list of sections."""
    if place.section.id == wizard.FILES:
        return reverse("intake:files", args=[lang])
    if place.section.card:
        return reverse("intake:cards", args=[lang, place.section.id])
    return reverse("intake:parts", args=[lang])


def rows_of(place: Place, lang: str) -> list[dict[str, Any]]:
    """The questions that are asked at a place, with their answers in words and the paths to change them."""
    answers = place.answers
    return [
        _row(place, step, question, lang)
        for step, page in enumerate(place.pages, start=1)
        for question in wizard.on_page(page, answers)
    ]


def _row(place: Place, step: int, question: Question, lang: str) -> dict[str, Any]:
    answer = place.saved.answers.get(question.id)
    is_apart = question.compartment == APART and wording.is_given(answer)
    lines = [] if is_apart else wording.lines(question, answer, lang)
    if question.type == "long":
        lines = [line if len(line) <= EXCERPT else f"{line[:EXCERPT].rstrip()} …" for line in lines]
    return {
        "title": sentences(question.text[lang])[0],
        "lines": lines,
        "is_apart": is_apart,
        "path": place.step_path(lang, step),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def remove(request: HttpRequest, lang: str, guest: Guest, slug: str) -> HttpResponse:
    """Take a card out of the draft; asked once before."""
    place = place_of(drafts.load(guest), slug)
    if not place.number or place.section.card is None:
        raise Http404
    if request.method == "POST":
        drafts.clear(guest, place.key)
        guest.visit.note("card_removed")
        return redirect("intake:cards", lang, place.section.id)
    context = {"title": place.title(lang), "on": place.path("parted", lang)}
    return show(request, "remove", context, back=place.path("parted", lang))
