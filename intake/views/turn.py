"""Waiting: for one's turn to send, and for a first page while very many come at once. Nothing typed is lost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from intake import wizard
from intake.again import keeps_words
from intake.floods import lanes, passes, turns
from intake.pages import show
from intake.visit import Visit

SOONEST, LATEST = 5, 60  # seconds after which the page of somebody without script looks again


@require_safe
@keeps_words
def turn(request: HttpRequest, lang: str) -> HttpResponse:
    """How long it takes, in words, and the button that sends. With script it is pressed when the turn has come."""
    visit = Visit(request)
    taken = turns.of(visit)
    if visit.case_id is not None:
        return redirect("intake:sent", lang)
    if taken is None or visit.is_outdated or wizard.missing_page(visit.answers) is not None:
        return redirect("intake:number", lang)
    visit.be_at(request.path)
    mine = passes.give(visit)
    seconds = turns.left(visit, mine)
    context = {
        "pass": mine,
        "code": visit.code(),
        "do": taken.do,
        "when": turns.in_words(seconds) if seconds > 0 else "",
        "is_line": taken.wait > 0,
        "is_full": taken.wait > 0 and not taken.has_place,
        "again_in": _again_in(seconds),
        "sends_in": _sends_in(taken, seconds),
        "helps": turns.is_helped(taken),
    }
    return show(request, "turn", context)


def _again_in(seconds: float) -> int:
    """Seconds until a page without script is loaded again; 0 when there is nothing to wait for."""
    return min(max(int(seconds) + 1, SOONEST), LATEST) if seconds > 0 else 0


def _sends_in(taken: turns.Turn, seconds: float) -> int:
    """Seconds after which a script sends; 0 when it must not: the line is full, or the button is for the person."""
    return int(seconds) + 1 if seconds > 0 and (taken.has_place or taken.wait == 0) else 0


def too_many(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """The answer to somebody new while more come than there is room for; None when there is. No row is written."""
    if not visit.session.is_empty() or lanes.count(lanes.VISITS) == 0:
        return None
    return show(request, "many", {"again_in": LATEST // 2}, status=429)
