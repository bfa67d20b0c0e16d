"""Checking and sending the account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.drafting import DraftContent
from cases.actions.telling import send_account
from cases.errors import NothingToSend
from cases.statement import catalogue, wording
from cases.statement.catalogue import Question, Section
from cases.statement.days import day_in_words
from intake import drafts, wizard
from intake.buttons import QUIET_PAGES, pressed
from intake.forms import QuestionForm, form_for, sentences
from intake.guests import Guest, with_case
from intake.pages import show
from intake.uploads import size_in_words
from vault.models import today

END = catalogue.section("end")
LAST_QUESTION = END.pages[0]
EXCERPT = 280  # characters of a long text that are repeated on the check page


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def check(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """Everything on one page; sending is possible at any time."""
    content = drafts.load(guest)
    saved = drafts.section_of(content, END)
    before = saved.answers.get(LAST_QUESTION.id)
    if request.method == "POST":
        form = form_for(LAST_QUESTION, lang, before, request.POST)
        if has_something(content) and form.is_valid():
            drafts.save(guest, END, {LAST_QUESTION.id: form.answer()}, "")
        return _post(request, lang, guest)
    guest.visit.be_at(request.path)
    return _show(request, lang, content, form_for(LAST_QUESTION, lang, before))


def _show(request: HttpRequest, lang: str, content: DraftContent, form: QuestionForm) -> HttpResponse:
    form.is_second = True
    sections = [_section(catalogue.section(slug), content, lang) for slug in wizard.TOLD_HERE]
    context = {
        "sections": sections,
        "form": form,
        "has_something": has_something(content),
    }
    return show(request, "check", context, has_form=True, back=reverse("intake:parts", args=[lang]))


def _section(section: Section, content: DraftContent, lang: str) -> dict[str, Any]:
    answers = drafts.section_of(content, section).answers
    tell = catalogue.question(section.tell) if section.tell else None
    rows = [
        _row(section, number, question, answers, lang)
        for number, question in enumerate(section.pages, start=1)
        if question.type != "file" and wizard.is_asked(question, answers)
    ]
    files = [f"{each.name} ({size_in_words(each.size)})" for each in content.exhibits] if section.id == "files" else []
    return {
        "title": section.title[lang],
        "path": reverse("intake:section", args=[lang, section.id]),
        "told": bool(tell and answers.get(tell.id, {}).get("value")),
        "rows": rows,
        "files": files,
        "has_files": section.id == "files",
    }


def _row(section: Section, number: int, question: Question, answers: dict[str, Any], lang: str) -> dict[str, Any]:
    lines = wording.lines(question, answers.get(question.id), lang)
    if question.type == "long":
        lines = [line if len(line) <= EXCERPT else f"{line[:EXCERPT].rstrip()} …" for line in lines]
    path = reverse("intake:step", args=[lang, section.id, number])
    return {"title": sentences(question.text[lang])[0], "lines": lines, "path": path}


def has_something(content: DraftContent) -> bool:
    """Is there anything to send?"""
    return any(each.answers for each in content.sections.values()) or bool(content.exhibits)


def _post(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    button = pressed(request)
    if button.language:
        return redirect("intake:check", button.language)
    if button.do in QUIET_PAGES:
        return redirect(QUIET_PAGES[button.do], lang)
    if button.do != "send":
        return redirect("intake:parts", lang)
    try:
        send_account(case=guest.case, receipt=guest.ring, language=lang)
    except NothingToSend:
        return redirect("intake:check", lang)
    return redirect("intake:thanks", lang)


@require_safe
@with_case
def thanks(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """After sending: the day, and what happens next (T11)."""
    newest = guest.case.versions.order_by("-number").first()
    day = newest.sent_on if newest else today()
    guest.visit.be_at(reverse("intake:page", args=[lang]))
    return show(request, "thanks", {"day": day_in_words(day, lang)})
