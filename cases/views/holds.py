"""The safety hold of a case, and what leads decide about holds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases import queue, work
from cases.actions import breaking_glass
from cases.errors import CaseError
from cases.forms_two import GlassForm, HoldForm, NoteForm, SecondForm
from cases.models import Case, HoldRelease
from cases.views.fetch import fetch_case, opens, refused
from people.forms import DeskForm
from people.permissions import Permission, may, require, staff
from people.requests import StaffRequest
from people.stepup import confirm

NO_DECISION = gettext_lazy("Choose one of the two buttons; the Enter key chooses nothing.")
DECISIONS = {"agree": True, "disagree": False}


@require_safe
@staff(Permission.SEE_CASE)
@opens
def show(request: StaffRequest, reference: str) -> HttpResponseBase:
    """The hold of one case: why it is held, and what can be done about it."""
    case = fetch_case(request, reference, Permission.SEE_CASE)
    return render(request, "desk/hold.html", _page(request, case))


@require_POST
@staff(Permission.SEE_CASE)
@opens
def place(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Put the case on hold."""
    case = fetch_case(request, reference, Permission.SEE_CASE)
    form = HoldForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/hold.html", _page(request, case) | {"hold_form": form})
    return _done(
        request, case, breaking_glass.hold, _("On hold. Nothing goes outside now."), reason=_text(form, "reason")
    )


@require_POST
@staff(Permission.SEE_CASE)
@opens
def write_note(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Write the note on which a lead lifts the hold."""
    case = fetch_case(request, reference, Permission.SEE_CASE)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/hold.html", _page(request, case) | {"note_form": form})
    return _done(request, case, breaking_glass.write_note, _("Written. A lead decides now."), note=_text(form, "note"))


@require_POST
@sensitive_post_parameters("code")
@staff(Permission.RELEASE_HOLD)
@opens
def break_glass(request: StaffRequest, reference: str) -> HttpResponseBase:
    """A lead lifts a P0 hold alone."""
    case = fetch_case(request, reference, Permission.RELEASE_HOLD)
    form = GlassForm(request.POST)
    if not (form.is_valid() and confirm(request, form)):
        return render(request, "desk/hold.html", _page(request, case) | {"glass_form": form})
    said = _("Lifted. Everybody is told, and another lead looks at it within 24 hours.")
    return _done(request, case, breaking_glass.break_glass, said, reason=_text(form, "reason"))


@require_safe
@staff(Permission.REVIEW_RELEASE)
def list_all(request: StaffRequest) -> HttpResponseBase:
    """What leads must look at, and what they have looked at."""
    releases = HoldRelease.objects.filter(case__in=queue.visible(request.person)).select_related(
        "case", "by", "reviewed_by"
    )
    context = {
        "waiting": releases.filter(reviewed_at=None).order_by("-is_alone", "made_at"),
        "decided": releases.exclude(reviewed_at=None).order_by("-reviewed_at")[:20],
        "now": timezone.now(),
    }
    return render(request, "desk/holds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@staff(Permission.SEE_CASE)
@opens
def decide(request: StaffRequest, hold_id: UUID) -> HttpResponseBase:
    """The words of the first person, then two equal buttons for a lead who is another."""
    releases = HoldRelease.objects.select_related("case", "by", "reviewed_by")
    release = get_object_or_404(releases, id=hold_id, case__in=queue.visible(request.person))
    require(may(request.person, Permission.SEE_CASE, release.case))
    form = SecondForm(request.POST or None) if _may_decide(request, release) else None
    if form is not None and form.is_valid() and _has_decision(request, form) and confirm(request, form):
        return _decide(request, release, form)
    return render(request, "desk/hold_release.html", _release_page(request, release, form))


def _page(request: StaffRequest, case: Case) -> dict[str, Any]:
    """Only the forms that this person may send now."""
    is_held = case.status == Case.Status.SAFETY_HOLD
    note = case.hold_releases.filter(is_alone=False, reviewed_at=None).select_related("by").first()
    may_break = is_held and case.level == Case.Level.P0 and may(request.person, Permission.RELEASE_HOLD, case).ok
    return {
        "case": case,
        "is_held": is_held,
        "why": work.read(case, request.keyring, "hold", "reason", case.id),
        "waiting_note": note,
        "hold_form": None if is_held else HoldForm(),
        "note_form": NoteForm() if is_held and note is None else None,
        "glass_form": GlassForm() if may_break else None,
        "releases": case.hold_releases.select_related("by", "reviewed_by")[:20],
    }


def _done(request: StaffRequest, case: Case, act: Any, said: str, **words: str) -> HttpResponseBase:
    try:
        act(case=case, by=request.person, ring=request.keyring, **words)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, said)
    return redirect("cases:hold", case.reference)


def _text(form: DeskForm, name: str) -> str:
    return str(form.cleaned_data[name])


def _may_decide(request: StaffRequest, release: HoldRelease) -> bool:
    is_other = release.by_id != request.person.id
    return is_other and release.reviewed_at is None and may(request.person, Permission.REVIEW_RELEASE, release.case).ok


def _has_decision(request: StaffRequest, form: SecondForm) -> bool:
    if request.POST.get("decision") in DECISIONS:
        return True
    form.add_error(None, NO_DECISION)
    return False


def _decide(request: StaffRequest, release: HoldRelease, form: SecondForm) -> HttpResponseBase:
    try:
        breaking_glass.decide(
            release=release, by=request.person, ring=request.keyring, reason=form.cleaned_data["reason"],
            is_agreed=DECISIONS[request.POST["decision"]],
        )  # fmt: skip
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("Your word is recorded."))
    return redirect("cases:holds")


def _release_page(request: StaffRequest, release: HoldRelease, form: SecondForm | None) -> dict[str, Any]:
    return {
        "case": release.case,
        "release": release,
        "note": breaking_glass.note_of(release, request.keyring).get("note", ""),
        "decision": breaking_glass.decision_of(release, request.keyring),
        "form": form,
        "is_first": release.by_id == request.person.id,
        "is_late": release.review_by is not None and release.review_by < timezone.now(),
    }
