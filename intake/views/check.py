"""Checking and sending the account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.telling import send_account
from cases.drafted import DraftContent
from cases.errors import NothingToSend
from cases.statement import cards, catalogue, wording
from cases.statement.asked import known
from cases.statement.catalogue import Section
from cases.statement.days import day_in_words
from intake import drafts, wizard
from intake.buttons import QUIET_PAGES, pressed
from intake.forms import QuestionForm, form_for
from intake.guests import Guest, with_case
from intake.pages import Problem, show
from intake.problems import problems_of
from intake.spots import Place, sections_of
from intake.uploads import size_in_words
from vault.models import today

Answers = dict[str, dict[str, Any]]


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def check(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """Everything on one page; sending is possible at any time."""
    content = drafts.load(guest)
    place = Place(catalogue.section(wizard.END), 0, content)
    if request.method == "POST":
        forms = _forms(place, lang, request.POST)
        if [form for form in forms if not form.is_valid()]:  # each is looked at
            return _show(request, lang, content, forms, problems_of(forms))
        return _post(request, lang, guest, place, forms)
    guest.visit.be_at(request.path)
    return _show(request, lang, content, _forms(place, lang))


def _last(place: Place, forms: list[QuestionForm]) -> dict[str, Answers]:
    """The last answers, by section; a tick below nothing is not worth a draft, own words always are."""
    answers = {form.question.id: form.answer() for form in forms}
    has_words = any(form.question.type == "long" and wording.is_given(answers[form.question.id]) for form in forms)
    return {place.key: answers} if place.content.has_something or has_words else {}


def _forms(place: Place, lang: str, data: Any = None) -> list[QuestionForm]:
    """The last questions, which stand below what was told."""
    saved = place.saved.answers
    forms = [form_for(each, lang, saved.get(each.id), data) for page in place.pages for each in page]
    for form in forms:
        form.is_second = True
    return forms


def _show(
    request: HttpRequest, lang: str, content: DraftContent, forms: list[QuestionForm], problems: Sequence[Problem] = ()
) -> HttpResponse:
    answers = known(sections_of(content))
    sections = [_section(each, content, lang) for each in wizard.told_here() if wizard.is_open(each, answers)]
    context = {"sections": sections, "forms": forms, "has_something": content.has_something}
    back = reverse("intake:parts", args=[lang])
    return show(request, "check", context, has_form=True, back=back, problems=problems)


def _section(section: Section, content: DraftContent, lang: str) -> dict[str, Any]:
    """What was told in a section: in short, with a way to look at all of it."""
    place = Place(section, 0, content)
    told = place.saved.answers
    numbers = cards.numbers(section.id, sections_of(content))
    parts = [place, *(Place(section, number, content) for number in numbers)]
    return {
        "title": section.title[lang],
        "path": reverse("intake:section", args=[lang, section.id]),
        "told": bool(section.tell and told.get(section.tell, {}).get("value")),
        "parts": [_part(each, lang) for each in parts if each.saved.answers and each.pages],
        "files": [f"{each.name} ({size_in_words(each.size)})" for each in content.exhibits]
        if section.id == wizard.FILES
        else [],
        "has_files": section.id == wizard.FILES,
    }


def _part(place: Place, lang: str) -> dict[str, Any]:
    asked = {each.id for page in place.pages for each in wizard.on_page(page, place.answers)}
    given = sum(wording.is_given(answer) for key, answer in place.saved.answers.items() if key in asked)
    return {"title": place.title(lang) if place.number else "", "given": given, "path": place.path("parted", lang)}


def _post(request: HttpRequest, lang: str, guest: Guest, place: Place, forms: list[QuestionForm]) -> HttpResponse:
    button, last = pressed(request), _last(place, forms)
    if not button.language and button.do == "send":
        return _send(lang, guest, place.content, last)
    for key, answers in last.items():
        drafts.save(guest, key, answers, "")
    if button.language:
        return redirect("intake:check", button.language)
    return redirect(QUIET_PAGES.get(button.do, "intake:parts"), lang)


def _send(lang: str, guest: Guest, content: DraftContent, last: dict[str, Answers]) -> HttpResponse:
    """What was answered below goes with the rest; it needs no draft first."""
    try:
        send_account(case=guest.case, receipt=guest.ring, language=lang, seen=content, last=last)
    except NothingToSend:
        return redirect("intake:check", lang)
    if where := known(sections_of(content)).get(wizard.WHERE_NOW, {}).get("value"):
        guest.visit.keep_where(str(where))
    return redirect("intake:thanks", lang)


@require_safe
@with_case
def thanks(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """After sending: the day, and what happens next (T11)."""
    newest = guest.case.versions.order_by("-number").first()
    day = newest.sent_on if newest else today()
    guest.visit.be_at(reverse("intake:page", args=[lang]))
    return show(request, "thanks", {"day": day_in_words(day, lang)})
