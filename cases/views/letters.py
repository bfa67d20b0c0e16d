"""Letters between the person and the team."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cases.actions.letters import read_letters, write_from_team
from cases.errors import CaseError
from cases.forms import LetterForm
from cases.limits import limits_of
from cases.steps import is_closed
from cases.views.fetch import fetch_case, opens, refused
from people.permissions import Permission, staff
from people.requests import StaffRequest

SEALED = _("Your letter is sealed. The person reads it when they come back with their code.")
KEPT = _("Your letter is kept with the case. It does not reach the person: they closed the number.")


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.WRITE_LETTER)
@opens
def show(request: StaffRequest, reference: str) -> HttpResponseBase:
    """All letters, oldest first, and the form for the next one."""
    case = fetch_case(request, reference, Permission.WRITE_LETTER)
    form = LetterForm(request.POST or None, initial={"language": case.language})
    if form.is_valid():
        text, language = form.cleaned_data["text"], form.cleaned_data["language"]
        try:
            write_from_team(case=case, by=request.person, ring=request.keyring, text=text, language=language)
        except CaseError as error:
            return refused(request, error)
        messages.success(request, KEPT if is_closed(case) else SEALED)
        return redirect("cases:letters", case.reference)
    context = {
        "case": case,
        "form": form,
        "letters": read_letters(case, request.keyring),
        "is_closed": is_closed(case),
        "limits": limits_of(case, request.keyring).lines,
    }
    return render(request, "desk/letters.html", context)
