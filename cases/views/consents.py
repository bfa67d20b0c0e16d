"""The ledger of permissions of a case, who holds a copy already, and the letters after a withdrawal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cases import copies, ledger, stop_letters
from cases.actions import explaining, stopping
from cases.errors import CaseError
from cases.forms_steps import words
from cases.limits import limits_of
from cases.models import Case
from cases.steps import is_closed
from cases.texts import limits
from cases.views import news_mail
from cases.views.fetch import fetch_case, opens, refused
from cases.wording import LANGUAGES
from cases.workflow import is_possible
from people.forms import DeskForm
from people.permissions import Permission, staff
from people.requests import StaffRequest

OUTCOMES = {
    "yes": gettext_lazy("yes"),
    "no": gettext_lazy("no"),
    "later": gettext_lazy("later"),
    "withdrawn": gettext_lazy("taken back"),
}
ANSWERS = {"yes": gettext_lazy("yes"), "no": gettext_lazy("no"), "another": gettext_lazy("another one, please")}


class StopLetterForm(DeskForm):
    """The letter to the person, to be edited."""

    text = words(
        gettext_lazy("The letter"), gettext_lazy("A draft. Read it and change it before it goes."), rows=10,
        limit=settings.ANSWER_LIMIT,
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("Written in"), choices=list(LANGUAGES.items()))
    has_limits = forms.BooleanField(
        label=gettext_lazy("The lawyer explained what can still be taken back, and it stands in this letter"),
        required=False,
        help_text=gettext_lazy("It was filed already: the person can stop it once they know what that can still do."),
    )

    def __init__(self, *args: Any, is_filed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_filed:
            del self.fields["has_limits"]


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.SEE_CONSENTS)
@opens
def show(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Every answer about permission with its proof; copies; the letter to the person after a withdrawal."""
    case = fetch_case(request, reference, Permission.SEE_CONSENTS)
    found = ledger.ledger(case, request.keyring)
    held = copies.copies(case, request.keyring, found.withdrawal)
    form = _form(request, case, found, held)
    if form is not None and form.is_valid():
        try:
            text, language = form.cleaned_data["text"], form.cleaned_data["language"]
            stopping.write_to_person(
                case=case, by=request.person, ring=request.keyring, text=text, language=language
            )  # fmt: skip
            if form.cleaned_data.get("has_limits"):
                explaining.note(case=case, by=request.person, ring=request.keyring)
        except CaseError as error:
            return refused(request, error)
        messages.success(request, _("Your letter is sealed. The person reads it when they come back with their code."))
        news_mail.tell_of_letter(request, case)
        return redirect("cases:consents", case.reference)
    context = {
        "case": case, "ledger": found, "copies": held, "form": form, "limits": limits_of(case, request.keyring).lines,
        "outcomes": OUTCOMES, "answers": ANSWERS, "is_closed": is_closed(case),
        "told": copies.sent_of(case, request.keyring, case.id, found.withdrawal) if found.withdrawal else None,
    }  # fmt: skip
    return render(request, "desk/consents.html", context)


def _form(request: StaffRequest, case: Case, found: ledger.Ledger, held: list[copies.Copy]) -> StopLetterForm | None:
    """The letter to the person, once for each withdrawal; in another language when that was asked for."""
    if not found.withdrawal or copies.sent_of(case, request.keyring, case.id, found.withdrawal):
        return None
    language = request.GET.get("language", case.language)
    language = language if language in stop_letters.TO_PERSON else "en"
    text = stop_letters.to_person(held, language)
    is_filed = is_possible(case, limits.STEP)
    return StopLetterForm(request.POST or None, initial={"text": text, "language": language}, is_filed=is_filed)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.SEE_CONSENTS)
@opens
def stop_letter(request: StaffRequest, reference: str, copy_id: UUID) -> HttpResponseBase:
    """The letter to one holder, to be copied or printed and sent outside by the safe way."""
    case = fetch_case(request, reference, Permission.SEE_CONSENTS)
    copy = stopping.find(case, request.keyring, copy_id)
    if copy is None:
        raise Http404
    if request.method == "POST":
        return _act(request, case, copy)
    text, language = stop_letters.to_holder(copy, case.reference)
    context: dict[str, Any] = {"case": case, "copy": copy, "text": text, "language": language}
    return render(request, "desk/stop_letter.html", context)


def _act(request: StaffRequest, case: Case, copy: copies.Copy) -> HttpResponseBase:
    who: dict[str, Any] = {"case": case, "copy": copy, "by": request.person, "ring": request.keyring}
    try:
        if request.POST.get("do") == "task":
            stopping.make_task(**who)
            messages.success(request, _("It stands on your list of tasks for the next working day."))
        else:
            stopping.note_sent(**who)
            messages.success(request, _("Noted, with your name and the day."))
    except CaseError as error:
        return refused(request, error)
    return redirect("cases:consents", case.reference)
