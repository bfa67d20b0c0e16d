"""Where recording begins: what is under way, and the words to read aloud before anything is written down."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions import recording
from cases.errors import CaseError
from cases.statement import catalogue
from cases.views.fetch import fetch_case, opens, refused
from cases.wording import LANGUAGES
from intake.recording.forms import BeginForm, MoreForm
from intake.recording.script import CONSENT, script
from people.permissions import Permission, staff
from people.requests import StaffRequest


@require_safe
@staff(Permission.RECORD_ACCOUNT)
def show_all(request: StaffRequest) -> HttpResponseBase:
    """What this member is writing down, and the languages in which a new one can begin."""
    context = {"rows": recording.unsent(request.person), "languages": LANGUAGES.items()}
    return render(request, "desk/recording/all.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.RECORD_ACCOUNT)
@opens
def more(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Go on with a person whose case this member founded."""
    case = fetch_case(request, reference, Permission.READ_ACCOUNT)
    form = MoreForm(request.POST or None)
    if not form.is_valid():
        return render(request, "desk/recording/more.html", {"form": form, "case": case})
    try:
        how = form.how(case.language)
        row = recording.begin_more(case=case, by=request.person, ring=request.keyring, how=how)
    except CaseError as error:
        return refused(request, error)
    return redirect("recording:sections", row.id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.RECORD_ACCOUNT)
@opens
def begin(request: StaffRequest, language: str) -> HttpResponseBase:
    """Read aloud, ask for the yes, say how it is told. Nothing is kept before."""
    if language not in LANGUAGES:
        raise Http404
    form = BeginForm(request.POST or None)
    if form.is_valid():
        row = recording.begin(
            by=request.person, ring=request.keyring, how=form.how(language), who=form.who(language),
            answers={CONSENT: {"value": "yes", "lang": language}},
        )  # fmt: skip
        return redirect("recording:first", row.id)
    context = {
        "form": form,
        "script": script(language),
        "language": language,
        "name": LANGUAGES[language],
        "languages": LANGUAGES.items(),
        "has_all": language in catalogue.LANGUAGES,
    }
    return render(request, "desk/recording/begin.html", context)
