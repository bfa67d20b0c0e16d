"""The lawyer's page of marked points: what nobody has signed, with its source, and the word of the lawyer on each."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.clearing import clear, cleared_in, points_of
from cases.actions.dossiers import reference
from cases.dossier.inputs import Cleared
from cases.dossier.points import Point
from cases.dossier.variant import find
from cases.errors import CaseError
from cases.forms_points import ClearingForm
from cases.models import Dossier
from cases.views.fetch import fetch_own_dossier, opens, refused
from people.permissions import Permission, staff
from people.requests import StaffRequest
from vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Line:
    """A point as it stood in the package, and what the lawyer said of it."""

    point: Point
    cleared: Cleared | None
    form: ClearingForm


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.RECEIVE_DOSSIER)
@opens
def show(request: StaffRequest, dossier_id: UUID) -> HttpResponseBase:
    """Every marked point; each is cleared with a reason, under the name of whoever is signed in."""
    dossier = fetch_own_dossier(request, dossier_id)
    if dossier.file is None:
        return redirect("cases:dossier", dossier.id)
    form = ClearingForm(request.POST) if request.method == "POST" else None
    if form is None or not form.is_valid():
        return render(request, "desk/points.html", _page(request, dossier, form), status=422 if form else 200)
    try:
        clear(dossier=dossier, by=request.person, ring=request.keyring, **form.cleaned_data)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("Cleared, under your name. A changed text or value asks for it again."))
    return redirect("cases:points", dossier.id)


def lines(dossier: Dossier, ring: Keyring, form: ClearingForm | None = None) -> list[Line]:
    """The points of a package, those that are open first. form: what was sent and is not right yet."""
    done = {each.key: each for each in cleared_in(dossier, ring)}
    sent = form.data.get("key") if form else None
    made = [
        Line(point, done.get(point.key), form if form and point.key == sent else _empty(point, number))
        for number, point in enumerate(points_of(dossier, ring), start=1)
    ]
    return sorted(made, key=lambda line: line.cleared is not None)


def _empty(point: Point, number: int) -> ClearingForm:
    return ClearingForm(initial={"key": point.key}, auto_id=f"point{number}_%s")


def _page(request: StaffRequest, dossier: Dossier, form: ClearingForm | None) -> dict[str, object]:
    return {
        "dossier": dossier, "name": reference(dossier), "filed_in": find(dossier.variant).language, "form": form,
        "lines": lines(dossier, request.keyring, form),
    }  # fmt: skip
