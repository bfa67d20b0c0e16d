"""The sections of a recording, and one of them: its cards, its answers, and where it goes on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.opening import FIRST
from cases.handwords import TELLERS
from cases.reading import TYPED
from cases.statement import cards, wording
from cases.statement.asked import known
from cases.statement.catalogue import Question, Section
from intake import numbers, wizard
from intake.crisis import Help, help_for
from intake.recording.places import offered, place_of, title_of
from intake.recording.sheet import Sheet, with_recording
from intake.spots import MOST_CARDS, Place, next_number, sections_of
from intake.views.first import CALM
from intake.wizard import State
from jurisdictions.pages import reader
from people.requests import StaffRequest
from vault.models import today

APART, URGENT = "sealed", "SAF-04"
STATES = {
    State.NONE: gettext_lazy("not started"),
    State.SOME: gettext_lazy("in progress"),
    State.DONE: gettext_lazy("done"),
    State.PERSON: gettext_lazy("they will tell it later"),
}


@require_safe
@with_recording
def show(request: StaffRequest, sheet: Sheet) -> HttpResponseBase:
    """The list of sections with their states."""
    if sheet.row.case is None:
        return redirect("recording:first", sheet.row.id)
    answers = known(sections_of(sheet.asked_of))
    context = {
        "sheet": sheet,
        "rows": [_row(each, sheet) for each in offered(sheet)],
        "in_danger": wizard.is_in_danger(answers),
        "is_frozen": wizard.is_frozen(answers),
        "for_another": TELLERS.get(wizard.speaks_for_another(answers), ""),
        "help": _help(sheet),
    }
    return render(request, "desk/recording/sections.html", context)


def _help(sheet: Sheet) -> Help | None:
    """Numbers to read out when something urgent was ticked; the form promises them."""
    first = sheet.saved(FIRST).answers
    ticks = set(first.get(URGENT, {}).get("value") or [])
    country = str(first.get(wizard.LIVES_IN, {}).get("value") or "")
    return help_for(country, sheet.how.language, today(), numbers.current()) if ticks - CALM else None


def _row(section: Section, sheet: Sheet) -> dict[str, Any]:
    state = wizard.state(section, sections_of(sheet.asked_of))
    return {
        "title": title_of(Place(section, 0, sheet.asked_of)),
        "words": STATES[state],
        "state": state.value,
        "id": section.id,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@with_recording
def part(request: StaffRequest, sheet: Sheet, slug: str) -> HttpResponseBase:
    """What was written down in a section or on a card; a card can be taken out."""
    place = place_of(sheet, slug)
    if request.method == "POST":
        return _take_out(request, sheet, place)
    context = {
        "sheet": sheet,
        "place": place,
        "title": title_of(place),
        "rows": rows_of(place, sheet),
        "on": step_path(sheet, place, wizard.first_open_step(place.pages, place.answers, place.saved.answers)),
        "cards": _cards(place, sheet) if place.section.card and not place.number else None,
    }
    return render(request, "desk/recording/part.html", context)


def step_path(sheet: Sheet, place: Place, step: int) -> str:
    """The address of one page of questions; of the whole section or card when it asks nothing."""
    if not place.pages:
        return reverse("recording:part", args=[sheet.row.id, place.key])
    return reverse("recording:step", args=[sheet.row.id, place.key, step])


def rows_of(place: Place, sheet: Sheet) -> list[dict[str, Any]]:
    """The questions that are asked at a place, with their answers in words."""
    answers = place.answers
    return [
        _answer(question, place, sheet) | {"path": step_path(sheet, place, step)}
        for step, page in enumerate(place.pages, start=1)
        for question in wizard.on_page(page, answers)
    ]


def _answer(question: Question, place: Place, sheet: Sheet) -> dict[str, Any]:
    """One answer in words. What will be sealed for two is not repeated, what is about violence stays folded."""
    answer = place.saved.answers.get(question.id)
    lines = wording.lines(question, answer, reader.language())
    is_apart = question.compartment == APART and bool(lines)
    return {
        "title": question.text[reader.language()], "lines": [] if is_apart else lines, "is_apart": is_apart,
        "is_hard": question.notice is not None, "is_typed": question.type in TYPED, "lang": sheet.language,
    }  # fmt: skip


def _cards(place: Place, sheet: Sheet) -> dict[str, Any]:
    told = sections_of(sheet.asked_of)
    numbers = cards.numbers(place.section.id, told)
    new = next_number(place.section, sheet.asked_of)
    rows = [Place(place.section, number, sheet.asked_of) for number in numbers]
    return {
        "rows": [{"title": title_of(each), "key": each.key} for each in rows],
        "new": cards.key_of(place.section.id, new) if new <= MOST_CARDS else "",
        "add": place.section.card.add[reader.language()] if place.section.card else "",
    }


def _take_out(request: StaffRequest, sheet: Sheet, place: Place) -> HttpResponseBase:
    """Empty a card; its number stays used. What is asked once in a section stays."""
    if place.number and place.saved.answers:
        sheet.write(place.key, {}, place.saved.version)
        messages.success(request, _("It was taken out."))
    return redirect("recording:part", sheet.row.id, place.section.id)
