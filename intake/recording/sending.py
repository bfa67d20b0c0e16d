"""Checking what was written down, sending it, or erasing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions import recording
from cases.actions.opening import FIRST
from cases.errors import CaseError, NothingToSend
from cases.hands import YES
from cases.statement import cards, catalogue
from cases.views.fetch import refused
from intake.recording.forms import SendForm
from intake.recording.overview import rows_of
from intake.recording.places import title_of
from intake.recording.sheet import Sheet, with_recording
from intake.spots import Place, sections_of
from people.requests import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
@with_recording
def check(request: StaffRequest, sheet: Sheet) -> HttpResponseBase:
    """Everything that will be sent, to be read back; then one button. Sent twice, the second time changes nothing."""
    if sheet.row.case is None:
        return redirect("recording:first", sheet.row.id)
    form = SendForm(request.POST or None)
    if form.is_valid():
        is_read_back = form.cleaned_data["read_back"] == YES
        try:
            recording.send(recording=sheet.row, by=request.person, ring=request.keyring, is_read_back=is_read_back)
        except NothingToSend:
            messages.warning(request, _("Nothing is written down yet. There is nothing to send."))
            return redirect("recording:sections", sheet.row.id)
        except CaseError as error:
            return refused(request, error)
        messages.success(request, _("The account is sealed to the case. It says that you wrote it down."))
        return redirect("cases:case", sheet.row.case.reference)
    return render(request, "desk/recording/check.html", {"sheet": sheet, "form": form, "parts": _parts(sheet)})


def _parts(sheet: Sheet) -> list[dict[str, object]]:
    told = sections_of(sheet.asked_of)
    places = [
        Place(section, number, sheet.asked_of)
        for section in catalogue.sections()
        if section.id != FIRST
        for number in (0, *cards.numbers(section.id, told))
    ]
    found = [(each, [row for row in rows_of(each, sheet) if row["lines"] or row["is_apart"]]) for each in places]
    return [{"title": title_of(place), "rows": rows} for place, rows in found if rows]


@require_POST
@with_recording
def discard_it(request: StaffRequest, sheet: Sheet) -> HttpResponseBase:
    """Erase what was not sent; a case that was founded stays."""
    recording.discard(sheet.row, by=request.person)
    messages.success(request, _("What was written down and not sent is erased."))
    return redirect("recording:all")
