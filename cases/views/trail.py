"""The audit trail: of a case in words, and as a whole, with the head that is kept outside."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from cases import events, queue
from cases.actions.erasing import ERASED
from cases.models import Case, Erasure
from cases.trail_forms import FindForm, HeadForm
from people import heads, trail
from people.models import Person
from people.permissions import Permission, may, require, staff
from people.requests import StaffRequest
from people.stepup import confirm
from vault.models import AuditEvent

NOTHING = gettext_lazy("Nothing is chained yet. It happens every minute while a worker runs.")


@require_safe
@staff(Permission.OWN_ACCOUNT)
def show(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Every event about a case, its exhibits and dossiers, newest first; reading it is put on record."""
    case, found = _fetch(request, reference)
    trail.record_reading("case", found[0], request.person)
    context = {
        "reference": reference,
        "case": case,
        "trail": trail.show(events.about(found), request.GET),
        "sees_case": case is not None and may(request.person, Permission.SEE_CASE, case).ok,
    }
    return render(request, "desk/trail_case.html", context)


def _fetch(request: StaffRequest, reference: str) -> tuple[Case | None, list[Any]]:
    """A case, or None for one that was erased, and the rows its trail is about: the case's own id first."""
    viewer = request.person
    sees_all = may(viewer, Permission.SEE_TRAIL)
    require(sees_all if sees_all else may(viewer, Permission.SEE_CASE))
    # Data protection looks after every team and belongs to none.
    cases = Case.objects.all() if sees_all and not viewer.team else queue.visible(viewer)
    case = cases.filter(reference=reference).first()
    if case is None:
        return None, _erased(reference) if sees_all else _nothing()
    require(sees_all if sees_all else may(viewer, Permission.SEE_CASE, case))
    return case, events.subjects(case)


def _erased(reference: str) -> list[Any]:
    """The id that a case had, from the event of its erasing. 404 if no such case was erased."""
    rows = Erasure.objects.filter(reference=reference, state=Erasure.State.DONE).values_list("id", flat=True)
    told = {"detail__erasure__in": [str(row) for row in rows]}
    found = AuditEvent.objects.filter(action=ERASED, **told).values_list("subject", flat=True)
    return list(found[:1]) or _nothing()


def _nothing() -> list[Any]:
    raise Http404


@require_safe
@staff(Permission.EXPORT_HEAD)
def show_all(request: StaffRequest) -> HttpResponseBase:
    """Where the chain stands, how to keep its head outside, and the way to each trail."""
    form = FindForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("cases:trail", form.cleaned_data["case"])
    return render(request, "desk/trail.html", _page(form, HeadForm()))


@require_POST
@sensitive_post_parameters("code")
@staff(Permission.EXPORT_HEAD)
def export(request: StaffRequest) -> HttpResponseBase:
    """The newest head as a file, after the second factor."""
    form = HeadForm(request.POST)
    if not form.is_valid() or not confirm(request, form):
        return render(request, "desk/trail.html", _page(FindForm(), form))
    text = heads.export(by=request.person)
    if text is None:
        form.add_error(None, NOTHING)
        return render(request, "desk/trail.html", _page(FindForm(), form))
    name = f"audit-head-{timezone.now().date().isoformat()}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/json", headers=headers)


def _page(find: FindForm, form: HeadForm) -> dict[str, Any]:
    return {"find": find, "form": form, "state": heads.state(), "people": _people()}


def _people() -> QuerySet[Person]:
    return Person.objects.order_by("-is_active", "name")
