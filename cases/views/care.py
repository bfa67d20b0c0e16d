"""Answers about health: given to a clinician by the team, and read by that clinician alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases import reading
from cases.actions import caring
from cases.errors import CaseError, NotConsented, NotReady
from cases.forms_care import GiveForm, WordForm
from cases.limits import limits_of
from cases.models import Care, Case
from cases.permission import HEALTH, SCOPES, outcome
from cases.professionals import word_of
from cases.views.fetch import fetch_case, opens, refused
from cases.views.lawyer_words import NOT_READY
from people.permissions import Permission, staff
from people.requests import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.GIVE_CARE)
@opens
def show(request: StaffRequest, reference: str) -> HttpResponseBase:
    """The team's page: who has it, the clinician's newest word, giving it, copying it again, ending it."""
    case = fetch_case(request, reference, Permission.GIVE_CARE)
    care, form = caring.current(case), GiveForm(request.POST if request.POST.get("do") == "give" else None)
    try:
        if request.POST.get("do") == "end" and care is not None:
            caring.end(care=care, by=request.person, ring=request.keyring)
            messages.success(request, _("Ended. What was read before cannot be taken back."))
            return redirect("cases:case-care", case.reference)
        if request.POST.get("do") == "again" and care is not None:
            return _give(request, case, care.clinician)
        if form.is_valid():
            return _give(request, case, form.person)
    except (NotConsented, NotReady) as error:
        messages.warning(request, _why(error))
        return redirect("cases:case-care", case.reference)
    except CaseError as error:
        return refused(request, error)
    return render(request, "desk/case_care.html", _page(request, case, care, form))


def _give(request: StaffRequest, case: Case, clinician: Any) -> HttpResponseBase:
    caring.give(case=case, clinician=clinician, by=request.person, ring=request.keyring)
    messages.success(request, _("Sealed to this one key. Each opening is recorded, and the person can ask to see it."))
    return redirect("cases:case-care", case.reference)


def _why(error: CaseError) -> str:
    if isinstance(error, NotReady):
        return str(NOT_READY.get(error.code, error.code))
    what = {**SCOPES, "all": _("anything"), "helper": _("anything: the person was not asked")}
    return _("The person has not agreed to this: %(what)s. Ask them in a letter first; nothing was done.") % {
        "what": what.get(error.code, error.code)
    }


def _page(request: StaffRequest, case: Case, care: Care | None, form: GiveForm) -> dict[str, Any]:
    limits = limits_of(case, request.keyring)
    if care is not None:
        Care.objects.filter(id=care.id, has_news=True).update(has_news=False)
    return {
        "case": case, "care": care, "form": form, "limits": limits.lines,
        "word": word_of(care, request.keyring, caring.SUICIDE) if care else None,
        "past": case.cares.exclude(ended_on=None),
        "is_agreed": not limits.is_over and outcome(HEALTH, limits.answers.get(HEALTH)) == "yes",
        "is_held": case.status == Case.Status.SAFETY_HOLD,
    }  # fmt: skip


@require_safe
@staff(Permission.READ_CARE)
def show_own(request: StaffRequest) -> HttpResponseBase:
    """The clinician's list: references and days."""
    rows = Care.objects.filter(clinician=request.person, ended_on=None).select_related("case").order_by("-given_on")
    return render(request, "desk/cares.html", {"cares": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.READ_CARE)
@opens
def read_own(request: StaffRequest, care_id: UUID) -> HttpResponseBase:
    """What was given, and the clinician's word back. Each opening is recorded."""
    care = _fetch_own(request, care_id)
    form = WordForm(request.POST if request.POST.get("do") == "say" else None)
    try:
        if request.POST.get("do") == "end":
            caring.end(care=care, by=request.person, ring=request.keyring)
            messages.success(request, _("Given back. It opens with your key no more."))
            return redirect("cases:cares")
        if form.is_valid():
            text, is_over = form.cleaned_data["text"], form.cleaned_data["is_over"]
            caring.say(care=care, by=request.person, ring=request.keyring, text=text, is_over=is_over)
            messages.success(request, _("Sealed. The team reads it with the case."))
            return redirect("cases:own-care", care.id)
        return render(request, "desk/own_care.html", _own(request, care, form))
    except CaseError as error:
        return refused(request, error)


def _own(request: StaffRequest, care: Care, form: WordForm) -> dict[str, Any]:
    context: dict[str, Any] = {"care": care, "form": form, "word": word_of(care, request.keyring, caring.SUICIDE)}
    try:
        given = caring.open_care(care=care, by=request.person, ring=request.keyring)
    except NotReady as error:
        return context | {"why_not": NOT_READY.get(error.code, error.code)}
    sheets = [each for each in reading.sheets(given.account, given.corrections) if each.parts]
    return context | {"given": given, "sheets": sheets}


def _fetch_own(request: StaffRequest, care_id: UUID) -> Care:
    """What this clinician holds; anybody else's is not there."""
    rows = Care.objects.select_related("case__receipt", "clinician__pair")
    found = rows.filter(id=care_id, clinician=request.person, ended_on=None).first()
    if found is None:
        raise Http404
    return found
