"""A lawyer's own page about the own office: the address for service in what the lawyer files."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.lawyer_records import keep_office
from cases.errors import CaseError
from cases.forms_lawyers import OfficeForm
from cases.lawyers import record
from cases.lawyers.office import read
from cases.views.fetch import opens, refused
from people.permissions import Permission, staff
from people.requests import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.KEEP_OFFICE)
@opens
def own(request: StaffRequest) -> HttpResponseBase:
    """Address, telephone and mail; the lawyer alone writes them, the team reads them."""
    found = read(request.person, request.keyring)
    form = OfficeForm(request.POST or None, initial=asdict(found))
    if form.is_valid():
        try:
            keep_office(by=request.person, ring=request.keyring, office=form.office)
        except CaseError as error:
            return refused(request, error)
        messages.success(request, _("Kept. Dossiers that are asked for from now on print it."))
        return redirect("cases:own-office")
    has_record = record.founded(request.person.id) is not None
    return render(request, "desk/own_office.html", {"form": form, "office": found, "has_record": has_record})
