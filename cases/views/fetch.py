"""Fetching is the access check: a stranger finds nothing (404), a colleague without the right is refused (403)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from cases import queue
from cases.errors import CaseError
from cases.models import Case, Dossier
from people.permissions import Permission, may, require
from people.requests import StaffRequest
from vault import audit
from vault.errors import NoGrant, VaultError

View = Callable[..., HttpResponseBase]


def fetch_case(request: StaffRequest, reference: str, permission: Permission = Permission.SEE_CASE) -> Case:
    """A case by its reference. 404 if it is unknown or another team's, 403 without the permission."""
    require(may(request.person, Permission.SEE_CASE))
    cases = queue.visible(request.person).select_related("receipt").prefetch_related("assignments__person")
    case = get_object_or_404(cases, reference=reference)
    require(may(request.person, permission, case))
    return case


def fetch_dossier(request: StaffRequest, dossier_id: UUID) -> Dossier:
    """A dossier for a member of staff, found through its case."""
    dossiers = Dossier.objects.select_related("case", "lawyer", "requested_by", "decided_by")
    return get_object_or_404(dossiers, id=dossier_id, case__in=queue.visible(request.person))


def fetch_own_dossier(request: StaffRequest, dossier_id: UUID) -> Dossier:
    """A dossier for the lawyer it is sealed to; anybody else's is not there."""
    require(may(request.person, Permission.RECEIVE_DOSSIER))
    dossiers = Dossier.objects.select_related("case", "requested_by", "file").filter(lawyer=request.person)
    dossier = dossiers.filter(id=dossier_id, state__in=[Dossier.State.READY, Dossier.State.ACKNOWLEDGED]).first()
    if dossier is None:
        raise Http404
    return dossier


def opens(view: View) -> View:
    """Decorate a view that opens sealed records: a missing key or a broken record becomes a page, not an error."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NoGrant:
            return render(request, "desk/no_key.html", status=403)
        except VaultError as error:
            audit.record(
                "record.broken", "person", request.person.id, by=request.person.id, detail={"what": str(error)}
            )
            return render(request, "desk/broken.html", {"what": str(error)}, status=409)

    return guarded


def refused(request: StaffRequest, error: CaseError) -> HttpResponseBase:
    """Say in plain words why an action was not taken."""
    return render(request, "desk/refused.html", {"reason": error.code}, status=409)
