"""Files: one at a time, with the list of what has arrived."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.drafting import attach, detach
from cases.exhibits import ExhibitRecord
from cases.statement import catalogue
from cases.statement.asked import is_asked
from intake import drafts, wizard
from intake.buttons import QUIET_PAGES, Pressed, pressed
from intake.guests import Guest, with_case
from intake.pages import Problem, show
from intake.problems import problems_of
from intake.spots import Place, sections_of
from intake.uploads import FileForm, arrived, not_kept, size_in_words
from vault.errors import NotKept

SECTION = catalogue.section(wizard.FILES)
QUESTION = next(each for each in SECTION.questions if each.type == "file")


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def files(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """The page of files."""
    if request.method == "POST":
        return _post(request, lang, guest)
    guest.visit.be_at(request.path)
    return _show(request, lang, guest, FileForm())


def _show(
    request: HttpRequest, lang: str, guest: Guest, form: FileForm, problems: list[Problem] | None = None
) -> HttpResponse:
    content = drafts.load(guest)
    place = Place(SECTION, 0, content)
    rows = [_row(Place(SECTION, record.number, content), record, lang) for record in content.exhibits]
    may_add, safety = _may_add(place), catalogue.section(wizard.SAFETY)
    context = {
        "more": place.path("section", lang) if not place.saved.answers else place.path("parted", lang),
        "form": form,
        "rows": rows,
        "may_add": may_add,
        "safety": {"title": safety.title[lang], "path": reverse("intake:section", args=[lang, safety.id])},
        "title": QUESTION.text[lang] if may_add else SECTION.title[lang],
        "caption": SECTION.title[lang] if may_add else "",
        "why": QUESTION.why[lang] if QUESTION.why and may_add else "",
    }
    return show(request, "files", context, has_form=True, back="form", problems=problems or [])


def _may_add(place: Place) -> bool:
    """No files from where they put a person in danger (S2)."""
    return is_asked(QUESTION, place.answers) and not wizard.is_in_danger(place.answers)


def _row(place: Place, record: ExhibitRecord, lang: str) -> dict[str, Any]:
    state = wizard.card_state(SECTION, place.number, sections_of(place.content))
    path = place.path("parted" if state is wizard.State.DONE else "section", lang)
    return {"id": record.id, "name": record.name, "size": size_in_words(record.size), "path": path}


def _post(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    button = pressed(request)
    if removed := _id(request.POST.get("remove", "")):
        detach(case=guest.case, receipt=guest.ring, exhibit_id=removed)
        guest.visit.note("removed")
        return redirect("intake:files", lang)
    if not _may_add(Place(SECTION, 0, drafts.load(guest))):
        return redirect(*_after(guest, lang, button))
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, lang, guest, form, problems_of([form]))
    problem = _take(request, guest, form, button)
    if problem:
        return _show(request, lang, guest, form, problem)
    return redirect(*_after(guest, lang, button))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _take(request: HttpRequest, guest: Guest, form: FileForm, button: Pressed) -> list[Problem]:
    """Keep the file, whichever button brought it. Returns the problems; none when there was no file to add."""
    found = arrived(request, form)
    if found is None and button.do == "add" and not form.errors:
        form.add_error("file", _("Please choose a file first."))
    if found is not None:
        try:
            attach(
                case=guest.case, receipt=guest.ring, upload=found.upload, name=found.name,
                content_type=found.kind.content_type or "",
            )  # fmt: skip
        except NotKept:
            form.add_error("file", not_kept())
        else:
            guest.visit.note("added", *(["other_kind"] if found.has_odd_name else []))
    return problems_of([form])


def _after(guest: Guest, lang: str, button: Pressed) -> tuple[str, str]:
    if button.language:
        return "intake:files", button.language
    if button.do == "person":
        _mark(guest, lang)
        return "intake:parts", lang
    if button.do in QUIET_PAGES:
        return QUIET_PAGES[button.do], lang
    return ("intake:files" if button.do == "add" else "intake:parts"), lang


def _mark(guest: Guest, lang: str) -> None:
    """Remember that files will be talked about with a person."""
    if SECTION.tell:
        drafts.save(guest, SECTION.id, {SECTION.tell: {"value": "yes", "lang": lang}}, "")
        guest.visit.note("told_later")
