"""The viewer of exhibits: folded until it is opened, then page by page as pictures, with notes of the team."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases import access, said_of_exhibits, viewing
from cases.custody import custody
from cases.elements import ELEMENTS
from cases.errors import CaseError
from cases.forms_exhibits import BearsForm, PageNoteForm
from cases.limits import limits_of
from cases.models import Case, Exhibit
from cases.said_of_exhibits import PageNote
from cases.support import HERE, Bearing
from cases.views import purposes
from cases.views.fetch import fetch_case, opens, refused
from people.models import Person
from people.permissions import Permission, may, staff
from people.requests import StaffRequest

LARGE = "large"  # in the address: in its colours and as large as the page allows


@require_safe
@staff(Permission.READ_ACCOUNT)
@opens
def show(request: StaffRequest, reference: str, exhibit_id: UUID) -> HttpResponseBase:
    """One page of an exhibit; before it was opened, only that there is one."""
    case, row = _fetch(request, reference, exhibit_id, Permission.READ_ACCOUNT)
    if purposes.purpose_of(request, case) is None:
        return purposes.ask(request, case)
    if not _is_open(request, case, row):
        return _folded(request, case, row)
    return _page(request, case, row, _number(request.GET.get("page")))


@require_POST
@staff(Permission.READ_ACCOUNT)
@opens
def open_one(request: StaffRequest, reference: str, exhibit_id: UUID) -> HttpResponseBase:
    """Open an exhibit in the viewer; recorded once for as long as the purpose holds."""
    case, row = _fetch(request, reference, exhibit_id, Permission.READ_ACCOUNT)
    purpose = purposes.purpose_of(request, case)
    if purpose is None:
        return purposes.ask(request, case)
    if not _is_open(request, case, row):
        access.note_viewing(case, row.id, by=request.person, purpose=purpose)
        purposes.unfold(request, case, str(row.id))
    return HttpResponseRedirect(_address(case, row))


@require_safe
@staff(Permission.READ_ACCOUNT)
@opens
def picture(request: StaffRequest, reference: str, exhibit_id: UUID, page: int) -> HttpResponseBase:
    """One page as a picture, grey and small unless asked otherwise. 404 before the exhibit was opened."""
    case, row = _fetch(request, reference, exhibit_id, Permission.READ_ACCOUNT)
    purpose = purposes.purpose_of(request, case)
    if purpose is None or not _is_open(request, case, row):
        raise Http404
    record, opener = access.view_exhibit(case, row.id, by=request.person, ring=request.keyring, purpose=purpose)
    try:
        drawn = viewing.page(record, opener, page, is_large=LARGE in request.GET)
    except viewing.NotDrawn as error:
        raise Http404 from error
    return HttpResponse(drawn.body, content_type=drawn.content_type)


@require_POST
@staff(Permission.WRITE_NOTES)
@opens
def note(request: StaffRequest, reference: str, exhibit_id: UUID) -> HttpResponseBase:
    """Write a note on a page."""
    case, row = _fetch(request, reference, exhibit_id, Permission.WRITE_NOTES)
    form = PageNoteForm(request.POST)
    if not form.is_valid():
        return _again(request, case, row, note_form=form)
    page, text = form.cleaned_data["page"], form.cleaned_data["text"]
    try:
        said_of_exhibits.add_note(
            case=case, exhibit=row, by=request.person, ring=request.keyring, page=page, text=text
        )  # fmt: skip
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("The note is sealed with the case."))
    return HttpResponseRedirect(f"{_address(case, row)}?page={page}#notes")


@require_POST
@staff(Permission.WRITE_NOTES)
@opens
def bears(request: StaffRequest, reference: str, exhibit_id: UUID) -> HttpResponseBase:
    """Say what an exhibit is and which elements it bears on."""
    case, row = _fetch(request, reference, exhibit_id, Permission.WRITE_NOTES)
    form = BearsForm(request.POST)
    if not form.is_valid():
        return _again(request, case, row, bears_form=form)
    said = {"kind": form.cleaned_data["kind"], "elements": form.cleaned_data["elements"]}
    try:
        said_of_exhibits.say_what_it_bears_on(case=case, exhibit=row, by=request.person, ring=request.keyring, **said)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("Sealed. The page of the case says it under “What supports it”."))
    return HttpResponseRedirect(_address(case, row) + "#bears")


def _fetch(request: StaffRequest, reference: str, exhibit_id: UUID, permission: Permission) -> tuple[Case, Exhibit]:
    case = fetch_case(request, reference, permission)
    row = case.exhibits.filter(id=exhibit_id).first()
    if row is None:
        raise Http404
    return case, row


def _is_open(request: StaffRequest, case: Case, row: Exhibit) -> bool:
    return str(row.id) in purposes.unfolded(request, case)


def _address(case: Case, row: Exhibit) -> str:
    return reverse("cases:view-exhibit", args=[case.reference, row.id])


def _again(request: StaffRequest, case: Case, row: Exhibit, **forms: Any) -> HttpResponseBase:
    """The page with what was typed; where it is folded meanwhile, the forms alone."""
    if not _is_open(request, case, row):
        return _folded(request, case, row, **forms)
    return _page(request, case, row, _number(request.POST.get("page")), **forms)


def _folded(request: StaffRequest, case: Case, row: Exhibit, **forms: Any) -> HttpResponseBase:
    context = {"case": case, "exhibit": row, "limits": limits_of(case, request.keyring).lines}
    return render(request, "desk/exhibit_folded.html", context | forms)


def _page(request: StaffRequest, case: Case, row: Exhibit, number: int, **forms: Any) -> HttpResponseBase:
    person, ring, purpose = request.person, request.keyring, purposes.purpose_of(request, case) or ""
    record, opener = access.view_exhibit(case, row.id, by=person, ring=ring, purpose=purpose)
    look = viewing.look(record, opener)
    number = min(number, max(look.pages, 1))
    context = {
        "case": case,
        "exhibit": record,
        "limits": limits_of(case, ring).lines,
        "look": look,
        "number": number,
        "text": _text(request, case, row, number, purpose) if look.is_text else "",
        "is_large": LARGE in request.GET,
        "steps": custody([record])[record.id],
        "notes": _named(each for each in said_of_exhibits.notes(case, row.id, ring) if each.page == number),
        "may_write": may(person, Permission.WRITE_NOTES, case).ok,
        "note_form": PageNoteForm(initial={"page": number}),
        **_bears(said_of_exhibits.bearings(case, ring).get(row.id)),
    }
    return render(request, "desk/exhibit.html", context | forms)


def _text(request: StaffRequest, case: Case, row: Exhibit, number: int, purpose: str) -> str:
    record, opener = access.view_exhibit(case, row.id, by=request.person, ring=request.keyring, purpose=purpose)
    return viewing.page(record, opener, number, is_large=True).body.decode()


def _bears(said: Bearing | None) -> dict[str, Any]:
    """What was said of an exhibit, in words, and the form that changes it."""
    if said is None:
        return {"bears_form": BearsForm()}
    words = [ELEMENTS[code] for code in ELEMENTS if code in said.elements]
    form = BearsForm(initial={"kind": said.kind, "elements": sorted(said.elements)})
    return {"bears_form": form, "bears_words": [HERE[said.kind], *words] if words else []}


def _named(notes: Iterable[PageNote]) -> list[tuple[PageNote, str]]:
    """With who wrote them; "" for a former member."""
    found = list(notes)
    names = dict(Person.objects.filter(id__in={each.by for each in found}).values_list("id", "name"))
    return [(each, names.get(each.by, "")) for each in found]


def _number(given: str | None) -> int:
    return int(given) if given and given.isascii() and given.isdecimal() and 0 < len(given) < 6 and int(given) else 1
