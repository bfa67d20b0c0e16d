"""Notes of the team: all of a case, one with its versions, and both texts when two people changed one at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.notes import Note, notes_of, save_note, versions_of
from cases.errors import CaseError, Conflict
from cases.forms_notes import NoteForm
from cases.models import Case
from cases.views.fetch import fetch_case, opens, refused
from people.models import Person
from people.permissions import Permission, staff
from people.requests import StaffRequest
from vault.keyring import Keyring

BOTH = "both"  # the button that puts two texts below each other


@dataclass(frozen=True, slots=True)
class Shown:
    """A note as a page shows it. who: a name, "" for a former member."""

    note: Note
    who: str


def newest(case: Case, ring: Keyring, number: int) -> tuple[list[Shown], int]:
    """The notes that were written or changed last, and how many there are in all."""
    found = notes_of(case, ring)
    return with_names(found[:number]), len(found)


def with_names(notes: Iterable[Note]) -> list[Shown]:
    """With who wrote them."""
    listed = list(notes)
    names = dict(Person.objects.filter(id__in={each.by for each in listed}).values_list("id", "name"))
    return [Shown(each, names.get(each.by, "")) for each in listed]


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.WRITE_NOTES)
@opens
def show(request: StaffRequest, reference: str) -> HttpResponseBase:
    """All notes, the newest first, and the form for another one."""
    case = fetch_case(request, reference, Permission.WRITE_NOTES)
    form = NoteForm(request.POST or None, initial={"id": uuid4()})
    if form.is_valid():
        return _save(request, case, form.note_id, form)
    context = {"case": case, "form": form, "notes": with_names(notes_of(case, request.keyring))}
    return render(request, "desk/notes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.WRITE_NOTES)
@opens
def show_one(request: StaffRequest, reference: str, note_id: UUID) -> HttpResponseBase:
    """One note as it stands, or an older version of it, and the form that changes it."""
    case = fetch_case(request, reference, Permission.WRITE_NOTES)
    versions = versions_of(case, request.keyring, note_id)
    if not versions:
        raise Http404
    before = versions[-1].text if request.POST.get("do") == BOTH else ""
    now = {"text": versions[-1].text, "seen": versions[-1].version}
    form = NoteForm(request.POST or None, before=before, initial=now)
    if form.is_valid():
        return _save(request, case, note_id, form)
    shown = with_names(reversed(versions))
    asked = next((each for each in shown if str(each.note.version) == request.GET.get("version")), shown[0])
    context = {"case": case, "form": form, "versions": shown, "shown": asked, "is_newest": asked is shown[0]}
    return render(request, "desk/note.html", context)


def _save(request: StaffRequest, case: Case, note_id: UUID, form: NoteForm) -> HttpResponseBase:
    ring, text, seen = request.keyring, form.whole, form.version
    try:
        save_note(case=case, by=request.person, ring=ring, note_id=note_id, text=text, seen=seen)
    except Conflict as error:
        return _both(request, case, note_id, form.cleaned_data["text"], error)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("The note is sealed with the case. The team reads it; the person does not."))
    return redirect("cases:notes", case.reference)


def _both(request: StaffRequest, case: Case, note_id: UUID, mine: str, error: Conflict) -> HttpResponseBase:
    """Show what stands there now and what was typed, with the choice."""
    theirs = with_names(versions_of(case, request.keyring, note_id)[-1:])[0]
    form = NoteForm(initial={"text": mine, "seen": error.version})
    context: dict[str, Any] = {"case": case, "form": form, "theirs": theirs, "note_id": note_id}
    return render(request, "desk/note_both.html", context, status=409)
