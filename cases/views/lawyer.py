"""The lawyer's pages: own dossiers only, each as a stream, then a receipt or a problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.actions.dossiers import reference
from cases.actions.packages import acknowledge, look_into, named, open_package, package_facts
from cases.actions.recalling import answer_recall, answer_to
from cases.actions.stamps import open_stamp
from cases.actions.trouble import report_trouble, reported
from cases.changed import DELIVERED, since
from cases.dossier import parted
from cases.dossier.token_names import token_name
from cases.errors import CaseError, NotReady
from cases.forms import TroubleForm
from cases.forms_texts import RecallForm
from cases.models import Dossier, Proposal
from cases.retention import unfetched_days
from cases.views import points
from cases.views.account import streamed
from cases.views.fetch import fetch_own_dossier, opens, refused
from people.permissions import Permission, staff
from people.requests import StaffRequest
from vault.envelope.stream import StreamOpener

State = Proposal.State
LIMITS, MILLION = (10, 25, 100), 1_000_000  # what channels of authorities take at once, in millions of bytes


@require_safe
@staff(Permission.RECEIVE_DOSSIER)
def show(request: StaffRequest) -> HttpResponseBase:
    """What the lawyer has: offers to answer, briefs, dossiers, newest first."""
    dossiers = Dossier.objects.filter(lawyer=request.person, state__in=DELIVERED).select_related("case")
    named = Proposal.objects.filter(lawyer=request.person).select_related("case").order_by("answer_by", "-engaged_on")
    context = {
        "dossiers": [(each, reference(each)) for each in dossiers],
        "offers": [each for each in named if each.state in (State.OFFERED, State.CONFLICT)],
        "briefs": [each for each in named if each.state == State.ENGAGED],
    }
    return render(request, "desk/dossiers.html", context)


@require_safe
@staff(Permission.RECEIVE_DOSSIER)
@opens
def show_one(request: StaffRequest, dossier_id: UUID) -> HttpResponseBase:
    """Three steps: download, verify, acknowledge; later only that our copy is erased."""
    dossier = fetch_own_dossier(request, dossier_id)
    if dossier.file is None:
        return _gone(request, dossier)
    return render(request, "desk/dossier.html", _page(request, dossier, TroubleForm()))


@require_safe
@staff(Permission.RECEIVE_DOSSIER)
@opens
def download(request: StaffRequest, dossier_id: UUID) -> HttpResponseBase:
    """The package, decrypted while it streams."""
    dossier = fetch_own_dossier(request, dossier_id)
    if dossier.file is None:
        return _gone(request, dossier)
    try:
        name, size, opener = open_package(dossier=dossier, by=request.person, ring=request.keyring)
    except CaseError as error:
        return refused(request, error)
    return streamed(opener, size, name)


@require_safe
@staff(Permission.RECEIVE_DOSSIER)
@opens
def part(request: StaffRequest, dossier_id: UUID, limit: int, number: int) -> HttpResponseBase:
    """One part of the package as a ZIP of its own. limit: in millions of bytes, one of LIMITS."""
    dossier = fetch_own_dossier(request, dossier_id)
    if dossier.file is None:
        return _gone(request, dossier)
    if limit not in LIMITS:
        raise Http404
    try:
        name, size, opener = open_package(dossier=dossier, by=request.person, ring=request.keyring)
        package = _opened(opener, size)
    except CaseError as error:
        return refused(request, error)
    parts = parted.plan(package, limit * MILLION)
    if not 0 < number <= len(parts):
        opener.close()
        raise Http404
    response = StreamingHttpResponse(
        _part(opener, package, parts[number - 1].names), content_type="application/octet-stream"
    )
    file = f"{name.removesuffix('.zip')}_part-{number}-of-{len(parts)}.zip"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def _opened(opener: StreamOpener, size: int) -> ZipFile:
    """The package as a ZIP. Raises NotReady("package") for what no worker of ours has packed."""
    try:
        return parted.opened(opener.read_range, size)
    except BadZipFile as error:
        opener.close()
        raise NotReady("package") from error


def _part(opener: StreamOpener, package: ZipFile, names: Iterable[str]) -> Iterator[bytes]:
    try:
        yield from parted.written(package, names)
    finally:
        opener.close()


def _parts(request: StaffRequest, dossier: Dossier) -> tuple[int, tuple[parted.PartOf, ...]]:
    """The parts for the limit that is asked for, if one is; looking at them is no download."""
    asked = request.GET.get("parts", "")
    limit = int(asked) if asked in map(str, LIMITS) else 0
    if not limit:
        return 0, ()
    size, opener = look_into(dossier=dossier, ring=request.keyring)
    try:
        return limit, parted.plan(_opened(opener, size), limit * MILLION)
    except NotReady:
        return limit, ()
    finally:
        opener.close()


@require_safe
@staff(Permission.RECEIVE_DOSSIER)
@opens
def stamp(request: StaffRequest, dossier_id: UUID, number: int) -> HttpResponseBase:
    """A time stamp that came after the package. number: of its authority, from 1."""
    dossier = fetch_own_dossier(request, dossier_id)
    try:
        name, token = open_stamp(dossier=dossier, by=request.person, ring=request.keyring, place=number)
    except NotReady as error:
        if error.code == "stamp":
            raise Http404 from error
        return refused(request, error)
    except CaseError as error:
        return refused(request, error)
    answer = HttpResponse(token, content_type="application/vnd.etsi.timestamp-token")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@staff(Permission.RECEIVE_DOSSIER)
@opens
def receive(request: StaffRequest, dossier_id: UUID) -> HttpResponseBase:
    """Confirm, signed, that the package is complete and verifies."""
    dossier = fetch_own_dossier(request, dossier_id)
    try:
        acknowledge(dossier=dossier, by=request.person, ring=request.keyring)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("Thank you. The caseworker sees that you have it."))
    return redirect("cases:dossier", dossier.id)


@require_POST
@staff(Permission.RECEIVE_DOSSIER)
@opens
def report(request: StaffRequest, dossier_id: UUID) -> HttpResponseBase:
    """Say that something is wrong."""
    dossier = fetch_own_dossier(request, dossier_id)
    form = TroubleForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/dossier.html", _page(request, dossier, form))
    try:
        report_trouble(dossier=dossier, by=request.person, code=form.cleaned_data["code"])
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("Thank you. The caseworker sees it and writes to you."))
    return redirect("cases:dossier", dossier.id)


@require_POST
@staff(Permission.RECEIVE_DOSSIER)
@opens
def recalled(request: StaffRequest, dossier_id: UUID) -> HttpResponseBase:
    """Say, signed, what became of a dossier that was recalled."""
    dossier = fetch_own_dossier(request, dossier_id)
    form = RecallForm(request.POST)
    if not form.is_valid():
        page = _page(request, dossier, TroubleForm()) | {"recall_form": form}
        return render(request, "desk/dossier.html", page, status=422)
    try:
        answer_recall(dossier=dossier, by=request.person, ring=request.keyring, **form.cleaned_data)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("Thank you. The caseworker sees what became of it."))
    return redirect("cases:dossier", dossier.id)


def _gone(request: StaffRequest, dossier: Dossier) -> HttpResponseBase:
    return render(request, "desk/dossier_erased.html", {"dossier": dossier, "name": reference(dossier)})


def _page(request: StaffRequest, dossier: Dossier, form: TroubleForm) -> dict[str, object]:
    lines = points.lines(dossier, request.keyring)
    limit, parts = _parts(request, dossier)
    package = package_facts(dossier, request.keyring)
    return {
        "fetch_by": _fetch_by(dossier),
        "changes": since(dossier, request.keyring),
        "limits": LIMITS,
        "limit": limit,
        "parts": parts,
        "over": [each for each in parts if each.size > limit * MILLION],
        "dossier": dossier,
        "name": reference(dossier),
        "zip": named(dossier, package),
        "has_points": bool(lines),
        "open_points": sum(each.cleared is None for each in lines),
        "package": package,
        "key": bytes(request.person.pair.fingerprint).hex().upper()[:8],
        "reported": reported(dossier),
        "stamps": [(each, token_name(each.place)) for each in dossier.stamps.all()],
        "form": form,
        "recall_form": RecallForm() if dossier.recalled_on else None,
        "recall_answer": answer_to(dossier, request.keyring) if dossier.recalled_on else {},
    }


def _fetch_by(dossier: Dossier) -> date | None:
    """The last day on which a package that was not fetched is there."""
    if dossier.delivered_at is not None or dossier.file is None:
        return None
    return dossier.file.made_on + timedelta(days=unfetched_days())
