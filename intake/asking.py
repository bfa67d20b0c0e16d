"""The questions of one page as forms: shown, read, and put side by side when two windows differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.statement import wording
from cases.statement.catalogue import Question
from cases.statement.conditions import codes_of
from intake import drafts
from intake.forms import QuestionForm, form_for
from intake.pages import Problem, show
from intake.problems import is_too_long
from intake.spots import Spot, episodes

Answer = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """The forms of one page, in order."""

    forms: list[QuestionForm]

    @property
    def is_valid(self) -> bool:
        """Can everything be kept as it was typed?"""
        return not [form for form in self.forms if not form.is_valid()]  # each is looked at

    @property
    def taken_out(self) -> int:
        """How many unfit signs were taken out."""
        return sum(form.taken_out for form in self.forms)

    @property
    def asks_which(self) -> bool:
        """Was something typed that means one of several answers, which the person has not been shown yet?"""
        return any(form.asks_which for form in self.forms)

    def answers(self) -> dict[str, Answer]:
        """What is kept, by question."""
        return {form.question.id: form.answer() for form in self.forms}

    @property
    def calls_for_help(self) -> bool:
        """Was something chosen that shows the page of help first?"""
        return any(form.question.help_on & codes_of(form.answer()) for form in self.forms)

    def replies(self) -> list[tuple[str, str]]:
        """What was chosen and has a line that follows: question and code."""
        return [
            (form.question.id, code)
            for form in self.forms
            for code in form.question.answers
            if code in codes_of(form.answer())
        ]


def ask(spot: Spot, lang: str, opened: str = "") -> Asked:
    """The forms of a page, with what is saved. opened: the group of rows that the person has just opened."""
    asked = _forms(spot, spot.questions, lang, None)
    for form in asked.forms:
        form.open_group(opened)
    return asked


def _forms(spot: Spot, questions: Iterable[Question], lang: str, data: Any) -> Asked:
    own = spot.place.saved.answers
    own_list = episodes(spot.place.content, lang)
    forms = [form_for(each, lang, own.get(each.id), data, own_list) for each in questions]
    for form in forms[1:]:
        form.is_second = True
    return Asked(forms)


def read(spot: Spot, lang: str, data: Any) -> Asked:
    """The forms of a page with what was posted; a question that the page did not show is not answered by it.

    One that it showed is answered, even if an answer in another window made it needless meanwhile.
    """
    return _forms(
        spot, [each for each in spot.page if any(name.startswith(f"{each.id}-") for name in data)], lang, data
    )


def ways_round(asked: Asked, lang: str) -> list[Problem]:
    """What can be done about a text that is too long."""
    if not any(is_too_long(form) for form in asked.forms):
        return []
    files = reverse("intake:files", args=[lang])
    return [Problem(_("You can shorten it here, or send the whole text as a PDF file."), files)]


def conflict(request: HttpRequest, lang: str, asked: Asked, other: drafts.OtherWindow) -> HttpResponse:
    """Two windows, two answers: both are shown, and the person chooses (R5)."""
    differing = [form for form in asked.forms if form.question.id in other.theirs]
    context = {
        "ours": [line for form in differing for line in wording.lines(form.question, form.answer(), lang)],
        "theirs": [
            line for form in differing for line in wording.lines(form.question, other.theirs[form.question.id], lang)
        ],
        "can_join": all(drafts.can_join(form.question) for form in differing),
        "heading": differing[0].text,
        "seen": other.seen,
        "carried": _carried(request, asked),
    }
    return show(request, "conflict", context, has_form=True, status=409)


def _carried(request: HttpRequest, asked: Asked) -> list[tuple[str, str]]:
    names = tuple(f"{form.question.id}-" for form in asked.forms)
    lists = request.POST.lists()
    return [(name, value) for name, values in lists if name.startswith(names) for value in values]
