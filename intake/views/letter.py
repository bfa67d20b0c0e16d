"""Writing a letter to the team. An unfinished one waits in the sealed visit."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cases.actions.letters import write_from_survivor
from intake import layout
from intake.buttons import QUIET_PAGES, Pressed, pressed
from intake.fields import TextField
from intake.guests import Guest, with_case
from intake.pages import Problem, show
from intake.problems import problems_of
from intake.visit import UNFINISHED


class LetterForm(forms.Form):
    """A letter to the team."""

    letter = TextField(label=gettext_lazy("Your letter"), rows=12)

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, auto_id="%s", initial=initial)
        self.helper = layout.helper(layout.words("letter"))


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def letter(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """Write a letter; the same form sent twice writes one."""
    if request.method != "POST":
        guest.visit.be_at(request.path)
        unfinished = {"letter": guest.visit.session.get(UNFINISHED, "")}
        return _show(request, lang, LetterForm(initial=unfinished), token_hex(8))
    form, act = LetterForm(request.POST), request.POST.get("act", "")
    if not form.is_valid():
        return _show(request, lang, form, act, problems_of([form]))
    return _post(request, lang, guest, form, act)


def _show(
    request: HttpRequest, lang: str, form: LetterForm, act: str, problems: list[Problem] | None = None
) -> HttpResponse:
    back = reverse("intake:page", args=[lang])
    return show(request, "letter", {"form": form, "act": act}, has_form=True, back=back, problems=problems or [])


def _post(request: HttpRequest, lang: str, guest: Guest, form: LetterForm, act: str) -> HttpResponse:
    button = pressed(request)
    if not button.goes_on:
        return _put_aside(lang, guest, form, button)
    if not form.cleaned_data["letter"].strip():
        form.add_error("letter", _("The letter is empty. Write something, or go back to your page."))
        return _show(request, lang, form, act, problems_of([form]))
    if not guest.visit.is_done(act):
        _send(lang, guest, form, act)
    return redirect("intake:page", lang)


def _put_aside(lang: str, guest: Guest, form: LetterForm, button: Pressed) -> HttpResponse:
    """Any other button keeps the unfinished letter in the visit."""
    guest.visit.session[UNFINISHED] = form.cleaned_data["letter"]
    if button.do in QUIET_PAGES:
        return redirect(QUIET_PAGES[button.do], lang)
    return redirect("intake:letter", button.language or lang)


def _send(lang: str, guest: Guest, form: LetterForm, act: str) -> None:
    write_from_survivor(case=guest.case, receipt=guest.ring, text=form.cleaned_data["letter"], language=lang)
    guest.visit.session.pop(UNFINISHED, None)
    guest.visit.mark_done([act])
    field = form.fields["letter"]
    was_cleaned = isinstance(field, TextField) and field.taken_out
    guest.visit.note("letter", *(["cleaned"] if was_cleaned else []))
