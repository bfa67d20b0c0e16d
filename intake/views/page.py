"""Coming back: entering the number, and the own page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.letters import Letter, mark_read, read_letters
from cases.asked import Asked, asked_of
from cases.hands import Hands, hands_of
from cases.models import Case, Draft, StatementVersion
from cases.statement.days import day_in_words
from cases.texts.limits import may_stop
from intake import standing
from intake.again import MANY_NUMBERS, keeps_words
from intake.buttons import QUIET_PAGES, pressed
from intake.cleaning import clean
from intake.floods import passes
from intake.guests import Guest, Tried, try_number, with_case
from intake.pages import Problem, show
from intake.views import talk, text
from intake.views.lawyer import named_to, waits_for_answer
from intake.views.number import promised_day
from intake.views.turn import too_many
from intake.visit import Visit
from vault.envelope.errors import BadCode
from vault.envelope.receipt import DIGITS, ReceiptCode, parse
from vault.models import today

TEAM = "team"
MOST_SHOWN = 300  # characters of a wrong number that are shown again


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_words
def back(request: HttpRequest, lang: str) -> HttpResponse:
    """Enter the number. What is no number says what to look at; an unknown one gets one neutral answer (R8)."""
    visit = Visit(request)
    if request.method != "POST":
        return too_many(request, visit) or _ask(request, lang, visit)
    button = pressed(request)
    if button.language:
        return redirect("intake:back", button.language)
    if button.do in QUIET_PAGES:
        return redirect(QUIET_PAGES[button.do], lang)
    typed = request.POST.get("code", "")
    try:
        code = parse(typed)
    except BadCode as error:
        return _wrong(request, lang, typed, _slip(error.reason))
    if visit.case_id is None and visit.has_code(code):
        visit.note("not_sent_yet")
        return redirect("intake:number", lang)
    return _enter(request, lang, visit, code, typed)


def _ask(request: HttpRequest, lang: str, visit: Visit, typed: str = "") -> HttpResponse:
    """The page with its field; with a number that has to wait it says for how long, and that is no error."""
    start = reverse("intake:start", args=[lang])
    busy = MANY_NUMBERS.text if typed else ""
    context = {"pass": passes.give(visit), "typed": clean(typed).text[:MOST_SHOWN], "busy": busy}
    return show(request, "back", context, has_form=True, back=start, status=MANY_NUMBERS.status if typed else 200)


def _enter(request: HttpRequest, lang: str, visit: Visit, code: ReceiptCode, typed: str) -> HttpResponse:
    tried = try_number(request, visit, code)
    if tried is Tried.OPEN:
        return redirect("intake:page", lang)
    if tried is Tried.LATER:
        return _ask(request, lang, visit, typed)
    nothing = _(
        "We find nothing under this number. Please compare each group with your note. "
        "If what you sent was erased, nothing is left under its number."
    )
    return _wrong(request, lang, typed, nothing)


def _wrong(request: HttpRequest, lang: str, typed: str, text: str) -> HttpResponse:
    start = reverse("intake:start", args=[lang])
    problems = [Problem(text, "#code"), Problem(_("Or start anew. You do not need the old number for that."), start)]
    context = {"typed": clean(typed).text[:MOST_SHOWN], "wrong": text, "pass": passes.give(Visit(request))}
    return show(request, "back", context, has_form=True, back=start, problems=problems, status=400)


def _slip(reason: str) -> str:
    return {
        "length": _("The number has %(count)s digits. Some are missing, or there are too many.") % {"count": DIGITS},
        "sign": _("The number has only digits. Spaces and dashes do not matter."),
        "check": _("One digit seems to be different, or two have changed places. Please compare with your note."),
    }[reason]


@require_safe
@with_case
def page(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """The own page: new letters first, then where it stands, then what can be done."""
    guest.visit.forget_code()
    guest.visit.be_at(request.path)
    letters = read_letters(guest.case, guest.ring)
    fresh = [letter for letter in letters if letter.side == TEAM and not letter.is_read]
    older = [letter for letter in letters if letter not in fresh]
    if fresh:
        mark_read(guest.case, guest.ring)
    asked, hands = asked_of(guest.case, guest.ring), hands_of(guest.case, guest.ring)
    context = {
        "said_before": guest.visit.take_answers(lang),
        "has_lawyer": waits_for_answer(guest.case),
        "has_talk": talk.waits(guest.case),
        "may_stop": may_stop(guest.case, guest.ring),
        "texts": text.waiting(guest.case, lang, guest.ring),
        "has_named": named_to(guest.case) is not None,
        "fresh": [_shown(letter, lang) for letter in fresh],
        "older": [_shown(letter, lang) for letter in reversed(older)],
        "steps": _steps(guest.case, letters, asked, hands, lang),
        "erasing_by": day_in_words(asked.erasing_by, lang) if asked.erasing_by else "",
        "was_recorded": bool(hands.recorded),
        "draft_until": _draft_until(guest.case, lang),
    }
    return show(request, "page", context)


def _shown(letter: Letter, lang: str) -> dict[str, Any]:
    return {
        "is_ours": letter.side == TEAM,
        "day": day_in_words(letter.made_on, lang),
        "paragraphs": [part for part in letter.text.split("\n\n") if part.strip()],
        "lang": letter.language,
    }


def _draft_until(case: Case, lang: str) -> str:
    """The last day on which what was not sent is kept, or "" without a draft."""
    draft = Draft.objects.filter(case=case, expires_on__gte=today()).first()
    return day_in_words(draft.expires_on, lang) if draft else ""


def _steps(case: Case, letters: list[Letter], asked: Asked, hands: Hands, lang: str) -> list[dict[str, Any]]:
    """Where it stands, in the survivor's words: what was, and what comes."""
    steps = [
        {"was": True, "text": _received(version, asked, hands), "small": day_in_words(version.sent_on, lang)}
        for version in case.versions.all()
    ]
    answered = next((letter for letter in letters if letter.side == TEAM), None)
    if answered is None:
        small = _("By %(day)s at the latest.") % {"day": day_in_words(promised_day(case), lang)}
        return [*steps, {"was": False, "text": _("A person reads it and answers you here"), "small": small}]
    day = day_in_words(answered.made_on, lang)
    stands, below = standing.words(case)
    return [
        *steps,
        {"was": True, "text": _("A person has read it and answered"), "small": day},
        {"was": False, "text": stands, "small": below},
    ]


def _received(version: StatementVersion, asked: Asked, hands: Hands) -> str:
    if version.number in {each.version for each in asked.withdrawals}:
        return _("You took a permission back")
    if version.number in {each.version for each in asked.sent if each.feels}:
        return _("You told us how you are")
    if version.id in hands.recorded:
        written = _("A caseworker wrote your account down for you")
        return written if version.number else _("A caseworker wrote your first answers down for you")
    return _("We received your account") if version.number else _("We received your first answers")
