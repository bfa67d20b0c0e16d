"""The key table of a case: what is replaced in pseudonymised dossiers, and by what."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions.pseudonyms import Table, add, drop, open_table
from cases.dossier.pseudonym.patterns import last_digits, numbers_in
from cases.dossier.pseudonym.table import CONTACT, DOCUMENT, Identity, Term
from cases.dossier.pseudonym.wording import said, shown
from cases.errors import CaseError
from cases.forms_pseudonyms import DropForm, PseudonymForm
from cases.pseudonyms.words import KINDS
from cases.reading import spoken
from cases.views.fetch import fetch_case, opens, refused
from people.permissions import Permission, staff
from people.requests import StaffRequest


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the page shows it. is_added: by the team, so that it may be taken out again."""

    term: Term
    kind: Promise
    shown: str
    is_added: bool


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@staff(Permission.REQUEST_DOSSIER)
@opens
def show(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Everything that is replaced, from the answers and as the team added it, and the form for another value."""
    case = fetch_case(request, reference, Permission.REQUEST_DOSSIER)
    form = PseudonymForm(request.POST or None)
    try:
        if form.is_valid():
            add(case=case, by=request.person, ring=request.keyring, term=form.term)
            messages.success(request, _("It is replaced in the next pseudonymised dossier."))
            return redirect("cases:pseudonyms", case.reference)
        table = open_table(case=case, by=request.person, ring=request.keyring)
    except CaseError as error:
        return refused(request, error)
    context = {"case": case, "form": form, "lines": _lines(table), "born": _born(table.whole)}
    return render(request, "desk/pseudonyms.html", context)


@require_POST
@sensitive_post_parameters()
@staff(Permission.REQUEST_DOSSIER)
@opens
def take_out(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Take out an entry that was added by mistake."""
    case, form = fetch_case(request, reference, Permission.REQUEST_DOSSIER), DropForm(request.POST)
    if form.is_valid() and form.cleaned_data["kind"] in KINDS:
        try:
            drop(case=case, by=request.person, ring=request.keyring, term=Term(**form.cleaned_data))
        except CaseError as error:
            return refused(request, error)
        messages.success(request, _("It is taken out."))
    return redirect("cases:pseudonyms", case.reference)


def _lines(table: Table) -> list[Line]:
    return [Line(each, KINDS[each.kind], _shown(each), each in table.added) for each in table.whole.terms]


def _shown(term: Term) -> str:
    if term.kind == CONTACT:
        return f"[{said('things', 'contact', spoken())}]"
    numbers = numbers_in(term.text) if term.kind == DOCUMENT else []
    return last_digits(numbers[0]) if numbers else shown(term.code, spoken())


def _born(table: Identity) -> str:
    return f"[{table.year}]" if len(table.born) > len(table.year) else ""
