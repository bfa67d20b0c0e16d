"""Putting a text into a form in which a letter is written: below what was typed, so that nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from cases.letter_texts import Text, text_for
from cases.limits import Limits
from cases.models import LetterTemplate
from people.requests import StaffRequest

FILL = "fill"  # the button
TEMPLATE = "template"  # the choice in a form, or in an address
NOT_TYPED = {"csrfmiddlewaretoken", "do"}


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form begins with. text: what was put in, if anything was."""

    initial: dict[str, Any]
    text: Text | None = None


def wants_text(request: StaffRequest) -> bool:
    """Was the button pressed, or does the address ask for a text?"""
    return request.POST.get("do") == FILL or (request.method != "POST" and TEMPLATE in request.GET)


def with_text(request: StaffRequest, limits: Limits, initial: dict[str, Any], *, field: str, kind: str = "") -> Typed:
    """What was typed, with a text below it in the field of that name; says in a message when there is none.

    initial: what the form begins with otherwise. kind: of the text, if the page has but one.
    """
    typed = {**initial, **{name: str(request.POST[name]) for name in request.POST if name not in NOT_TYPED}}
    kind = kind or str(request.POST.get(TEMPLATE) or request.GET.get(TEMPLATE) or "")
    if kind not in LetterTemplate.Kind.values:
        messages.warning(request, _("Choose a text first. Nothing of yours was changed."))
        return Typed(typed)
    day = _day(str(typed.get("day") or typed.get("recheck_on") or request.GET.get("day", "")))
    text = text_for(kind, language=str(typed["language"]), form=limits.form, by=request.person, day=day)
    if text is None:
        messages.warning(request, _("There is no such text in this language. Nothing of yours was changed."))
        return Typed(typed)
    if kind == LetterTemplate.Kind.BAD_NEWS:
        messages.info(request, _("Bad news is told by a person, not by a letter alone, and not on a Friday evening."))
    before = str(typed.get(field, "")).rstrip()
    whole = "\n\n".join(each for each in (before, text.words) if each)
    return Typed(typed | {field: whole, TEMPLATE: kind}, text)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
