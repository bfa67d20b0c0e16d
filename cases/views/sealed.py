"""The sealed part of a case: asking for it, reading it while it is lent, and the page on which a lead decides."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases import queue, reading, sealed_part
from cases.access import PURPOSES, Account
from cases.actions import releasing
from cases.errors import CaseError
from cases.forms import PurposeForm
from cases.forms_two import AskForm, LendForm
from cases.limits import limits_of
from cases.models import Case, SealedRelease
from cases.views.fetch import fetch_case, opens, refused
from cases.views.purposes import READING_SECONDS
from people.permissions import Permission, may, require, staff
from people.requests import StaffRequest
from people.stepup import confirm
from vault.models import today

SEALED = "reading_sealed"  # session: by case id, the purpose and until when it holds
NO_DECISION = gettext_lazy("Choose Release or Refuse; the Enter key chooses nothing.")
State = SealedRelease.State


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.SEE_CASE)
@opens
def show(request: StaffRequest, reference: str) -> HttpResponseBase:
    """What there is to do: ask, wait, or give a purpose and read. It looks the same whatever is in it."""
    case = fetch_case(request, reference, Permission.SEE_CASE)
    form = AskForm(request.POST or None) if _may_ask(request, case) else None
    if form is not None and form.is_valid():
        return _ask(request, case, form)
    return render(request, "desk/sealed.html", _page(request, case, form))


@require_POST
@staff(Permission.REQUEST_SEALED)
@opens
def open_with_purpose(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Take the purpose; each opening is then recorded with it."""
    case = fetch_case(request, reference, Permission.REQUEST_SEALED)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/sealed.html", _page(request, case, None) | {"purpose_form": form})
    allowed = dict(request.session.get(SEALED, {}))
    allowed[str(case.id)] = [form.cleaned_data["purpose"], int(time.time()) + READING_SECONDS]
    request.session[SEALED] = allowed
    return redirect("cases:sealed-reading", case.reference)


@require_safe
@staff(Permission.REQUEST_SEALED)
@opens
def read(request: StaffRequest, reference: str) -> HttpResponseBase:
    """The reading view of the sealed part, for whoever was lent the other share."""
    case = fetch_case(request, reference, Permission.REQUEST_SEALED)
    purpose = _purpose(request, case)
    if purpose is None:
        return redirect("cases:sealed", case.reference)
    part = sealed_part.open_sealed(case, by=request.person, ring=request.keyring, purpose=purpose)
    context = {
        "case": case,
        "purpose": PURPOSES[purpose],
        "limits": limits_of(case, request.keyring).lines,
        "sheets": reading.sheets(Account(part.versions, [])),
        "later": part.later,
        "open": _own_open(request, case),
    }
    return render(request, "desk/sealed_reading.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@staff(Permission.SEE_CASE)
@opens
def decide(request: StaffRequest, sealed_id: UUID) -> HttpResponseBase:
    """Reason first, then effects, then two equal buttons for a lead who did not ask."""
    release = _fetch(request, sealed_id)
    form = _lend_form(request, release) if _may_decide(request, release) else None
    if form is not None and form.is_valid() and _has_decision(request, form) and confirm(request, form):
        return _decide(request, release, form)
    return render(request, "desk/sealed_release.html", _request_page(request, release, form))


def _fetch(request: StaffRequest, sealed_id: UUID) -> SealedRelease:
    releases = SealedRelease.objects.select_related("case", "requested_by", "decided_by")
    found = get_object_or_404(releases, id=sealed_id, case__in=queue.visible(request.person))
    require(may(request.person, Permission.SEE_CASE, found.case))
    return found


def _may_ask(request: StaffRequest, case: Case) -> bool:
    is_allowed = may(request.person, Permission.REQUEST_SEALED, case).ok
    return is_allowed and not releasing.standing(case).filter(requested_by=request.person).exists()


def _may_decide(request: StaffRequest, release: SealedRelease) -> bool:
    is_other = release.requested_by_id != request.person.id
    is_open = release.state == State.REQUESTED
    return is_open and is_other and may(request.person, Permission.DECIDE_SEALED, release.case).ok


def _own_open(request: StaffRequest, case: Case) -> SealedRelease | None:
    return releasing.open_to(case, request.person)


def _purpose(request: StaffRequest, case: Case) -> str | None:
    purpose, until = request.session.get(SEALED, {}).get(str(case.id), (None, 0))
    return purpose if purpose in PURPOSES and time.time() < until else None


def _ask(request: StaffRequest, case: Case, form: AskForm) -> HttpResponseBase:
    wanted = form.cleaned_data
    try:
        releasing.ask(
            case=case, by=request.person, ring=request.keyring, reason=wanted["reason"], days=wanted["days"]
        )  # fmt: skip
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("Asked. A lead decides now; you see it here and among the approvals."))
    return redirect("cases:sealed", case.reference)


def _page(request: StaffRequest, case: Case, form: AskForm | None) -> dict[str, Any]:
    own = _own_open(request, case)
    return {
        "case": case,
        "form": form,
        "open": own,
        "purpose_form": PurposeForm() if own else None,
        "releases": case.sealed_releases.select_related("requested_by", "decided_by")[:20],
        "today": today(),
    }


def _lend_form(request: StaffRequest, release: SealedRelease) -> LendForm:
    """The form of a decision; the days that were asked for are chosen beforehand."""
    asked = releasing.request_record(release, request.keyring)
    return LendForm(request.POST or None, initial={"days": str(asked.get("days", 0))})


def _has_decision(request: StaffRequest, form: LendForm) -> bool:
    if request.POST.get("decision") in ("release", "refuse"):
        return True
    form.add_error(None, NO_DECISION)
    return False


def _decide(request: StaffRequest, release: SealedRelease, form: LendForm) -> HttpResponseBase:
    words = {"release": release, "by": request.person, "ring": request.keyring, "reason": form.cleaned_data["reason"]}
    try:
        if request.POST["decision"] == "refuse":
            releasing.refuse(**words)
            messages.success(request, _("Refused. Nothing was opened."))
        else:
            releasing.lend(**words, days=form.cleaned_data["days"])
            messages.success(request, _("Released to %(name)s.") % {"name": release.requested_by.name})
    except CaseError as error:
        return refused(request, error)
    return redirect("cases:approvals")


def _request_page(request: StaffRequest, release: SealedRelease, form: LendForm | None) -> dict[str, Any]:
    ring = request.keyring
    return {
        "case": release.case,
        "release": release,
        "request_record": releasing.request_record(release, ring),
        "decision": releasing.decision_record(release, ring),
        "form": form,
        "is_asker": release.requested_by_id == request.person.id,
        "is_over": release.until_on is not None and release.until_on < today(),
    }
