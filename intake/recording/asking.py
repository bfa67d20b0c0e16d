"""One page of questions on the desk: the same questions, lists and skips as in the survivor's form."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from cases.errors import CaseError
from cases.statement import wording
from cases.views.fetch import refused
from intake import drafts, wizard
from intake.asking import Asked, ask, read
from intake.offers import GROUP
from intake.problems import problems_of
from intake.recording.first import WHICH
from intake.recording.overview import step_path
from intake.recording.places import spot_of, title_of
from intake.recording.sheet import Sheet, with_recording
from intake.spots import Spot
from jurisdictions.pages import reader
from people.requests import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
@with_recording
def step(request: StaffRequest, sheet: Sheet, slug: str, number: int) -> HttpResponseBase:
    """Show a page, or save it and go on. Every button saves."""
    if sheet.row.case is None:
        return redirect("recording:first", sheet.row.id)
    spot = spot_of(sheet, slug, number)
    if request.method == "POST":
        return _save(request, sheet, spot)
    if not spot.questions:
        return redirect(_onwards(sheet, spot))
    with override(sheet.language):
        asked = ask(spot, sheet.language, request.GET.get("open", ""))
    return _show(request, sheet, spot, asked)


def _show(
    request: StaffRequest, sheet: Sheet, spot: Spot, asked: Asked, other: drafts.OtherWindow | None = None
) -> HttpResponseBase:
    for form in asked.forms:
        form.is_second = True
    problems = problems_of(asked.forms)
    context = {
        "sheet": sheet,
        "spot": spot,
        "forms": asked.forms,
        "title": title_of(spot.place),
        "hard": spot.hard,
        "notice": spot.hard.notice.title[sheet.language] if spot.hard and spot.hard.notice else "",
        "is_open": bool(problems or other or any(map(wording.is_given, spot.shown_answers.values()))),
        "seen": other.seen if other else request.POST.get("seen") or spot.seen,
        "problems": problems,
        "theirs": _theirs(asked, other) if other else None,
    }
    return render(request, "desk/recording/step.html", context, status=409 if other else 422 if problems else 200)


def _theirs(asked: Asked, other: drafts.OtherWindow) -> list[str]:
    answers = other.theirs
    return [
        line
        for form in asked.forms
        if form.question.id in answers
        for line in wording.lines(form.question, answers[form.question.id], reader.language())
    ]


def _save(request: StaffRequest, sheet: Sheet, spot: Spot) -> HttpResponseBase:
    with override(sheet.language):
        asked, button = read(spot, sheet.language, request.POST), request.POST.get("do", "go")
    if not asked.is_valid:
        return _show(request, sheet, spot, asked)
    try:
        drafts.keep(sheet, spot.place.key, asked.answers(), request.POST.get("seen", ""))
        _mark(sheet, spot, button)
    except drafts.OtherWindow as other:
        return _show(request, sheet, spot, asked, other)
    except CaseError as error:
        return refused(request, error)
    spot.answers.update(asked.answers())
    if button == "go" and asked.asks_which:
        messages.warning(request, WHICH)
        return redirect(step_path(sheet, spot.place, spot.step))
    return redirect(_after(sheet, spot, button))


def _mark(sheet: Sheet, spot: Spot, button: str) -> None:
    """Note that the person tells this section later, or that it goes on after all."""
    tell = spot.place.section.tell
    was_told = bool(tell and sheet.saved(spot.place.section.id).answers.get(tell, {}).get("value"))
    if tell and (button == "later" or was_told):
        mark = "yes" if button == "later" else None
        drafts.keep(sheet, spot.place.section.id, {tell: {"value": mark, "lang": "en"}}, "")


def _after(sheet: Sheet, spot: Spot, button: str) -> str:
    here = step_path(sheet, spot.place, spot.step)
    if button.startswith(GROUP):
        return f"{here}?open={quote(button)}#{spot.questions[0].id}-value"
    if button == "save":
        return here
    if button == "back":
        before = wizard.step_before(spot.place.pages, spot.step, spot.answers)
        return step_path(sheet, spot.place, before) if before else _part(sheet, spot)
    if button == "later":
        return reverse("recording:sections", args=[sheet.row.id])
    return _onwards(sheet, spot)


def _onwards(sheet: Sheet, spot: Spot) -> str:
    following = wizard.step_after(spot.place.pages, spot.step, spot.answers)
    return step_path(sheet, spot.place, following) if following else _part(sheet, spot)


def _part(sheet: Sheet, spot: Spot) -> str:
    return reverse("recording:part", args=[sheet.row.id, spot.place.key])
