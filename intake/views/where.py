"""What the law may mean in two countries. Nothing is stored: the countries come in a form and go with its answer.

The form has no token, since that would put a visit into the database; it changes nothing, so nobody gains by sending it
for somebody else, and what a browser itself calls another site's doing is refused all the same (portal.middleware).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cases.statement import states
from intake.again import keeps_words
from intake.cleaning import one_line
from intake.finding import STATES
from intake.pages import Problem, in_language, show
from intake.visit import Visit
from intake.where import parts, say

LINES = ("lives", "happened")
MOST_SHOWN = 300  # characters of what was written that stand in the field again


@dataclass(frozen=True)
class Line:
    """One country of the form. code: which one it is, or "". offered: what may be meant instead."""

    name: str
    label: str
    typed: str
    code: str
    offered: list[tuple[str, str]]

    @property
    def is_lost(self) -> bool:
        """Was something written that says no country?"""
        return bool(self.typed) and not self.code


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_words
def where(request: HttpRequest, lang: str) -> HttpResponse:
    """The form; sent, what it means stands above it."""
    lines = [_line(request, name, lang) for name in LINES]
    lost = [line for line in lines if line.is_lost]
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    if request.method == "POST" and lost:
        problems = [Problem(say("which" if line.offered else "not_found", lang), f"#{line.name}") for line in lost]
    elif request.method == "POST" and not any(line.code for line in lines):
        problems = [Problem(say("nothing", lang), f"#{LINES[0]}")]
    elif request.method == "POST":
        lives, happened = lines
        found = {"parts": parts(lives.code, happened.code, lang)}
    return _shown(request, lang, {"lines": lines, **found}, problems)


def _line(request: HttpRequest, name: str, lang: str) -> Line:
    typed = one_line(request.POST.get(name, ""), MOST_SHOWN)
    picked, offered = request.POST.get(f"{name}-code", ""), STATES.offered(typed)
    code = picked if picked in offered else STATES.taken(typed)
    rows = [] if code else [(each, states.name(each, lang)) for each in offered]
    return Line(name, say(name, lang), states.name(code, lang) if code else typed, code, rows)


def _shown(request: HttpRequest, lang: str, context: dict[str, Any], problems: list[Problem]) -> HttpResponse:
    texts = {key: say(key, lang) for key in ("title", "tab", "lede", "kept", "hint", "show", "which", "not_found")}
    texts |= {key: say(key, lang) for key in ("general", "begin", "again")}
    place = Visit(request).place
    context |= {"said": texts, "place": in_language(place, lang) if place else ""}
    status = 400 if problems else 200
    back = reverse("intake:about", args=[lang])
    response = show(request, "where", context, back=back, problems=problems, status=status)
    response.is_public = request.method != "POST"  # type: ignore[attr-defined]
    return response
