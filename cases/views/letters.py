"""Letters between the person and the team."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions.letters import read_letters, write_from_team
from cases.errors import CaseError
from cases.forms_letters import LetterForm
from cases.letter_texts import language_for
from cases.limits import limits_of
from cases.models import Case
from cases.steps import is_closed
from cases.views import news_mail
from cases.views.fetch import fetch_case, opens, refused
from cases.views.letter_texts import Typed, wants_text, with_text
from people.permissions import Permission, staff
from people.requests import StaffRequest

SEALED = _("Your letter is sealed. The person reads it when they come back with their code.")
KEPT = _("Your letter is kept with the case. It does not reach the person: they closed the number.")


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.WRITE_LETTER)
@opens
def show(request: StaffRequest, reference: str) -> HttpResponseBase:
    """All letters, oldest first, and the form for the next one; a text to begin with is put in on request."""
    case = fetch_case(request, reference, Permission.WRITE_LETTER)
    limits = limits_of(case, request.keyring)
    typed = Typed({"language": language_for(case, limits)})
    if wants_text(request):
        typed = with_text(request, limits, typed.initial, field="text")
        form = LetterForm(case, initial=typed.initial)
    else:
        form = LetterForm(case, request.POST or None, initial=typed.initial)
        if form.is_valid():
            return _send(request, case, form.cleaned_data)
    context = {
        "case": case,
        "form": form,
        "filled": typed.text,
        "letters": read_letters(case, request.keyring),
        "is_closed": is_closed(case),
        "limits": limits.lines,
        "mail": news_mail.standing(case, request.keyring),
    }
    return render(request, "desk/letters.html", context)


def _send(request: StaffRequest, case: Case, letter: dict[str, Any]) -> HttpResponseBase:
    text, language = letter["text"], letter["language"]
    try:
        write_from_team(case=case, by=request.person, ring=request.keyring, text=text, language=language)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, KEPT if is_closed(case) else SEALED)
    news_mail.tell_of_letter(request, case)
    return redirect("cases:letters", case.reference)


@require_POST
@staff(Permission.WRITE_LETTER)
@opens
def tell_by_mail(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Tell the person by e-mail that there is something new: once more, or at a time at which they may be reached."""
    case = fetch_case(request, reference, Permission.WRITE_LETTER)
    news_mail.tell_now(request, case)
    return redirect("cases:letters", case.reference)
