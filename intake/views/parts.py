"""The longer account: the list of its sections, and the questions of a section, one page each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.drafting import DraftContent
from cases.statement import catalogue, wording
from cases.statement.catalogue import Question, Section
from cases.statement.days import day_in_words
from intake import drafts, wizard
from intake.buttons import QUIET_PAGES, Pressed, pressed
from intake.forms import QuestionForm, form_for
from intake.guests import Guest, with_case
from intake.pages import Problem, show
from intake.problems import is_too_long, problems_of
from intake.wizard import State

STATES = {
    State.NONE: _("not started"),
    State.SOME: _("in progress"),
    State.DONE: _("done"),
    State.PERSON: _("I will tell a person"),
}


@dataclass(frozen=True)
class Spot:
    """One question page of a section."""

    section: Section
    step: int
    question: Question
    answers: dict[str, dict[str, Any]]
    version: int

    def path(self, lang: str, step: int | None = None) -> str:
        """The path of this step, or of another of the section."""
        return reverse("intake:step", args=[lang, self.section.id, step or self.step])

    @property
    def seen(self) -> str:
        """What this page shows of the draft."""
        return drafts.seen_mark(self.version, self.answers.get(self.question.id))


@require_safe
@with_case
def parts(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """The list of sections with their states (O4)."""
    guest.visit.forget_code()
    guest.visit.be_at(request.path)
    content = drafts.load(guest)
    rows = [_row(catalogue.section(slug), content, lang) for slug in wizard.TOLD_HERE]
    return show(request, "parts", {"rows": rows, "until": day_in_words(content.expires_on, lang)})


def _row(section: Section, content: DraftContent, lang: str) -> dict[str, Any]:
    answers = drafts.section_of(content, section).answers
    state = wizard.state(section, answers)
    if section.id == "files" and state is State.NONE and content.exhibits:
        state = State.DONE
    path = reverse("intake:section", args=[lang, section.id])
    return {"title": section.title[lang], "state": state.value, "words": STATES[state], "path": path}


@require_safe
@with_case
def section(request: HttpRequest, lang: str, guest: Guest, slug: str) -> HttpResponse:
    """Go on in a section where it was left."""
    found = _section(slug)
    answers = drafts.section_of(drafts.load(guest), found).answers
    return redirect("intake:step", lang, slug, wizard.first_open_step(found, answers))


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def step(request: HttpRequest, lang: str, guest: Guest, slug: str, number: int) -> HttpResponse:
    """One question of a section."""
    spot = _spot(guest, slug, number)
    if not wizard.is_asked(spot.question, spot.answers):
        return redirect(_next(spot, lang))
    if request.method == "POST":
        return _post(request, lang, guest, spot)
    guest.visit.be_at(request.path)
    if spot.question.notice and spot.question.id not in spot.answers and not guest.visit.was_shown(spot.question.id):
        return _notice(request, lang, spot)
    return _show(request, lang, spot, form_for(spot.question, lang, spot.answers.get(spot.question.id)))


def _section(slug: str) -> Section:
    if slug not in wizard.TOLD_HERE:
        raise Http404
    return catalogue.section(slug)


def _spot(guest: Guest, slug: str, number: int) -> Spot:
    found = _section(slug)
    if not 1 <= number <= len(found.pages) or found.pages[number - 1].type == "file":
        raise Http404
    saved = drafts.section_of(drafts.load(guest), found)
    return Spot(found, number, found.pages[number - 1], dict(saved.answers), saved.version)


def _notice(request: HttpRequest, lang: str, spot: Spot) -> HttpResponse:
    notice = spot.question.notice
    lines = [line[lang] for line in notice.lines] if notice else []
    context = {"title": notice.title[lang] if notice else "", "lines": lines, "seen": spot.seen}
    return show(request, "notice", context, has_form=True, back="form")


def _show(
    request: HttpRequest, lang: str, spot: Spot, form: QuestionForm, problems: list[Problem] | None = None
) -> HttpResponse:
    form.caption = spot.section.title[lang]
    context = {
        "forms": [form],
        "seen": request.POST.get("seen") or spot.seen,
        "intro": spot.section.intro[lang] if spot.section.intro and spot.step == 1 else "",
        "is_long": spot.question.type == "long",
    }
    return show(request, "question", context, has_form=True, back="form", problems=problems or [])


def _post(request: HttpRequest, lang: str, guest: Guest, spot: Spot) -> HttpResponse:
    button = pressed(request)
    if f"{spot.question.id}-shown" not in request.POST:
        return _leave_notice(lang, guest, spot, button)
    form = form_for(spot.question, lang, spot.answers.get(spot.question.id), request.POST)
    if not form.is_valid():
        return _show(request, lang, spot, form, [*problems_of([form]), *_ways_round(form, lang)])
    try:
        _keep(guest, spot, form.answer(), button, request.POST.get("seen", ""))
    except drafts.OtherWindow as other:
        return _conflict(request, lang, spot, form, other)
    if form.taken_out:
        guest.visit.note("taken_out")
        return redirect(spot.path(button.language or lang))
    return redirect(_after(lang, guest, spot, button, form.answer()))


def _leave_notice(lang: str, guest: Guest, spot: Spot, button: Pressed) -> HttpResponse:
    """The notice before a hard page: open it, skip it, or leave it for a person."""
    if button.do == "open":
        guest.visit.show_once(spot.question.id)
        return redirect(spot.path(lang))
    if button.do in ("skip", "person"):
        _keep(guest, spot, {"value": None, "lang": lang}, button, "")
    return redirect(_after(lang, guest, spot, button, {}))


def _keep(guest: Guest, spot: Spot, answer: dict[str, Any], button: Pressed, seen: str) -> None:
    """Save the answer; "both" joins it with the other window's, "person" marks the section too."""
    theirs = spot.answers.get(spot.question.id)
    if button.do == "theirs":
        return
    if button.do == "both" and theirs is not None:
        answer = drafts.joined(spot.question, theirs, answer)
    answers = {spot.question.id: answer}
    if spot.section.tell:
        mark = "yes" if button.do == "person" else None
        if mark or spot.answers.get(spot.section.tell):
            answers[spot.section.tell] = {"value": mark, "lang": answer["lang"]}
    drafts.save(guest, spot.section, answers, seen)


def _ways_round(form: QuestionForm, lang: str) -> list[Problem]:
    if not is_too_long(form):
        return []
    files = reverse("intake:files", args=[lang])
    return [Problem(_("You can shorten it here, or send the whole text as a PDF file."), files)]


def _conflict(
    request: HttpRequest, lang: str, spot: Spot, form: QuestionForm, other: drafts.OtherWindow
) -> HttpResponse:
    """Two windows, two answers: both are shown, and the person chooses (R5)."""
    context = {
        "ours": wording.lines(spot.question, form.answer(), lang),
        "theirs": wording.lines(spot.question, other.theirs, lang),
        "can_join": drafts.can_join(spot.question),
        "heading": form.text,
        "seen": other.seen,
        "carried": [
            (name, value)
            for name, values in request.POST.lists()
            if name.startswith(f"{spot.question.id}-")
            for value in values
        ],
    }
    return show(request, "conflict", context, has_form=True, status=409)


def _next(spot: Spot, lang: str) -> str:
    following = wizard.step_after(spot.section, spot.step, spot.answers)
    return spot.path(lang, following) if following else reverse("intake:parts", args=[lang])


def _after(lang: str, guest: Guest, spot: Spot, button: Pressed, answer: dict[str, Any]) -> str:
    """Where a button leads after its page was saved."""
    if button.language:
        return spot.path(button.language)
    if button.do in ("save", "both"):
        guest.visit.note("saved")
        return spot.path(lang)
    if button.do == "back":
        before = wizard.step_before(spot.section, spot.step, spot.answers)
        return spot.path(lang, before) if before else reverse("intake:parts", args=[lang])
    if button.do == "person":
        guest.visit.note("told_later")
        return reverse("intake:parts", args=[lang])
    if button.do in QUIET_PAGES:
        return reverse(QUIET_PAGES[button.do], args=[lang])
    spot.answers[spot.question.id] = answer
    target = _next(spot, lang)
    if target == reverse("intake:parts", args=[lang]):
        guest.visit.note("thanks")
    return target
