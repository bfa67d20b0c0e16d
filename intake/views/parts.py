"""The longer account: the list of its sections, and the questions of a section or card, page by page."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.drafted import DraftContent
from cases.statement.asked import known
from cases.statement.catalogue import Section
from cases.statement.days import day_in_words
from intake import drafts, ways, wizard
from intake.asking import Asked, ask, conflict, read, ways_round
from intake.buttons import QUIET_PAGES, Pressed, pressed
from intake.guests import Guest, with_case
from intake.offers import GROUP
from intake.pages import Problem, show
from intake.problems import problems_of
from intake.spots import Place, Spot, place_of, sections_of, spot_of
from intake.wizard import State

STORY, ALONE = "story", "alone"  # the part about what happened, and the mark of the page before it
STATES = {
    State.NONE: _("not started"),
    State.SOME: _("in progress"),
    State.DONE: _("done"),
    State.PERSON: _("I will tell a person"),
}

NOT_ASKED_OF_HELPERS = _("You do not have to describe violence against another person. That person decides about it.")
# For whoever writes for somebody else: what "you" means in the questions.
FOR_ANOTHER = {
    "family": _("You write for somebody in your family. In the questions, “you” means that person."),
    "helper": _("You write for a person whom you help. In the questions, “you” means that person."),
    "lawyer": _("You write for your client. In the questions, “you” means that person."),
    "for_detained": _("You write for a person in detention. In the questions, “you” means that person."),
    "for_dead": _("You write about a person who died. In the questions, “you” means that person."),
    "witness": _("You write what you saw or heard. In the questions, “you” means the person to whom it happened."),
}


@require_safe
@with_case
def parts(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """The list of sections with their states (O4)."""
    guest.visit.forget_code()
    guest.visit.be_at(request.path)
    content = drafts.load(guest)
    answers = known(sections_of(content))
    in_danger, is_frozen = wizard.is_in_danger(answers), wizard.is_frozen(answers)
    only_safety = wizard.asks_safety_alone(answers)
    offered = [each for each in wizard.told_here() if not only_safety or each.id == wizard.SAFETY]
    rows = [_row(each, content, lang) for each in offered if wizard.is_open(each, answers)]
    context = {
        "rows": rows,
        "in_danger": in_danger,
        "is_frozen": is_frozen,
        "for_another": FOR_ANOTHER.get(wizard.speaks_for_another(answers), ""),
        "until": day_in_words(content.expires_on, lang),
    }
    return show(request, "parts", context)


def _row(section: Section, content: DraftContent, lang: str) -> dict[str, Any]:
    state = wizard.state(section, sections_of(content))
    if section.id == wizard.FILES and state is State.NONE and content.exhibits:
        state = State.SOME
    files = section.id == wizard.FILES
    path = reverse("intake:files", args=[lang]) if files else reverse("intake:section", args=[lang, section.id])
    return {"title": section.title[lang], "state": state.value, "words": STATES[state], "path": path}


@require_safe
@with_case
def section(request: HttpRequest, lang: str, guest: Guest, slug: str) -> HttpResponse:
    """Go on in a section or card where it was left; what was seen whole is shown for checking."""
    place = place_of(drafts.load(guest), slug)
    state = wizard.state(place.section, sections_of(place.content)) if not place.number else State.NONE
    own = place.saved.answers
    step = wizard.first_open_step(place.pages, place.answers, own) if place.pages else 0
    if not step or state is State.DONE or _is_seen(place, step):
        return redirect(_overview(place, lang))
    return redirect(place.step_path(lang, step))


def _is_seen(place: Place, step: int) -> bool:
    """Were all pages shown, so that the first one stands here again?"""
    return any(each.id in place.saved.answers for each in place.pages[step - 1])


def _overview(place: Place, lang: str) -> str:
    """Where a place is shown as a whole: the cards of a section, or its answers."""
    name = "cards" if place.section.card and not place.number else "parted"
    return place.path(name, lang)


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def step(request: HttpRequest, lang: str, guest: Guest, slug: str, number: int) -> HttpResponse:
    """One page of questions."""
    spot = spot_of(drafts.load(guest), slug, number, writes=request.method == "POST")
    if request.method == "POST":
        return _post(request, lang, guest, spot)
    if spot.place.is_closed:
        return redirect("intake:parts", lang)
    if not spot.questions:
        return redirect(_next(spot, lang))
    guest.visit.be_at(request.path)
    if _begins_alone(spot) and guest.visit.show_once(ALONE):
        return redirect(ways.path_of(ways.CHILD, lang))
    if spot.hard and spot.hard.id not in spot.shown_answers and not guest.visit.was_shown(_mark_of(spot)):
        return _notice(request, lang, guest, spot)
    return _show(request, lang, guest, spot, ask(spot, lang, request.GET.get("open", "")))


def _begins_alone(spot: Spot) -> bool:
    """Does somebody under 18 open the part about what happened? Nobody of that age begins it alone."""
    return spot.place.section.id == STORY and ways.CHILD in ways.of_answers(_plain(spot))


def _plain(spot: Spot) -> dict[str, dict[str, Any]]:
    return {each: dict(answer) for each, answer in spot.answers.items()}


def _mark_of(spot: Spot) -> str:
    return f"{spot.place.key}.{spot.step}"


def _notice(request: HttpRequest, lang: str, guest: Guest, spot: Spot) -> HttpResponse:
    notice = spot.hard.notice if spot.hard else None
    if notice is None:
        raise Http404
    lines = [line[lang] for line in notice.lines]
    if wizard.speaks_for_another(spot.answers):
        lines.append(str(NOT_ASKED_OF_HELPERS))
    said_before = guest.visit.take_answers(lang)
    context = {"title": notice.title[lang], "lines": lines, "seen": spot.seen, "said_before": said_before}
    return show(request, "notice", context, has_form=True, back="form")


def _show(
    request: HttpRequest, lang: str, guest: Guest, spot: Spot, asked: Asked, problems: list[Problem] | None = None
) -> HttpResponse:
    asked.forms[0].caption = spot.place.title(lang)
    section = spot.place.section
    context = {
        "forms": asked.forms,
        "seen": request.POST.get("seen") or spot.seen,
        "intro": section.intro[lang] if section.intro and spot.step == 1 and _is_first(spot.place) else "",
        "said_before": guest.visit.take_answers(lang) if request.method != "POST" else [],
        "was_answered": request.method != "POST" and spot.was_answered,
        "is_long": asked.forms[0].question.type == "long",
    }
    return show(request, "question", context, has_form=True, back="form", problems=problems or [])


def _is_first(place: Place) -> bool:
    """Is this where the section begins?"""
    return place.number == 0 or (place.number == 1 and not place.section.pages)


def _post(request: HttpRequest, lang: str, guest: Guest, spot: Spot) -> HttpResponse:
    button = pressed(request)
    if not any(f"{each.id}-shown" in request.POST for each in spot.page):
        return _leave_notice(lang, guest, spot, button)
    asked = read(spot, lang, request.POST)
    if not asked.is_valid:
        return _show(request, lang, guest, spot, asked, [*problems_of(asked.forms), *ways_round(asked, lang)])
    try:
        _keep(guest, spot, asked.answers(), button, request.POST.get("seen", ""))
    except drafts.OtherWindow as other:
        return conflict(request, lang, asked, other)
    if asked.taken_out:
        guest.visit.note("taken_out")
        return redirect(spot.path(button.language or lang))
    if button.goes_on and asked.asks_which:
        guest.visit.note("which")
        return redirect(spot.path(lang))
    return redirect(_after(lang, guest, spot, button, asked))


def _leave_notice(lang: str, guest: Guest, spot: Spot, button: Pressed) -> HttpResponse:
    """The notice before a hard page: open it, skip it, or leave it for a person."""
    if button.do == "open":
        guest.visit.show_once(_mark_of(spot))
        return redirect(spot.path(lang))
    if button.do in ("skip", "person"):
        _keep(guest, spot, {each.id: {"value": None, "lang": lang} for each in spot.questions}, button, "")
    return redirect(_after(lang, guest, spot, button, None))


def _keep(guest: Guest, spot: Spot, answers: dict[str, dict[str, Any]], button: Pressed, seen: str) -> None:
    """Save the answers; "both" joins them with the other window's, "person" marks the section too."""
    if button.do == "theirs":
        return
    if button.do == "both":
        answers = drafts.joined_all(list(spot.page), spot.place.saved.answers, answers)
    drafts.save(guest, spot.place.key, answers, seen)
    tell = spot.place.section.tell
    own = spot.place.content.sections.get(spot.place.section.id)
    was_told = bool(own and own.answers.get(tell or "", {}).get("value"))
    if tell and (button.do == "person" or was_told):
        mark = "yes" if button.do == "person" else None
        drafts.save(guest, spot.place.section.id, {tell: {"value": mark, "lang": "en"}}, "")


def _next(spot: Spot, lang: str) -> str:
    following = wizard.step_after(spot.place.pages, spot.step, spot.answers)
    return spot.place.step_path(lang, following) if following else _overview(spot.place, lang)


def _after(lang: str, guest: Guest, spot: Spot, button: Pressed, asked: Asked | None) -> str:
    """Where a button leads after its page was saved."""
    if button.language:
        return spot.path(button.language)
    if button.do.startswith(GROUP):
        return f"{spot.path(lang)}?open={quote(button.do)}#{spot.questions[0].id}-value"
    if button.do in ("save", "both"):
        guest.visit.note("saved")
        return spot.path(lang)
    if button.do == "back":
        before = wizard.step_before(spot.place.pages, spot.step, spot.answers)
        return spot.place.step_path(lang, before) if before else reverse("intake:parts", args=[lang])
    if button.do == "person":
        guest.visit.note("told_later")
        return reverse("intake:parts", args=[lang])
    if button.do in QUIET_PAGES:
        return reverse(QUIET_PAGES[button.do], args=[lang])
    return _onwards(lang, guest, spot, asked)


def _onwards(lang: str, guest: Guest, spot: Spot, asked: Asked | None) -> str:
    """The next page; help comes between when an answer calls for it, once in a visit (C6)."""
    if asked is not None:
        spot.answers.update(asked.answers())
        guest.visit.remember_answers(asked.replies())
    target = _next(spot, lang)
    if target == _overview(spot.place, lang):
        guest.visit.note("thanks")
    if asked is None:
        return target
    help_first = ["help"] if asked.calls_for_help else []
    return ways.between(guest.visit, [*help_first, *ways.of_answers(asked.answers())], target, lang)
