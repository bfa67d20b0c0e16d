"""Opening the account with a purpose, reading it, and taking an original out as a stream."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from django.http import Http404, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases import access, folds, handwords, reading, support
from cases.actions.translating import LANGUAGES, Translation, translations
from cases.custody import custody
from cases.errors import CaseError
from cases.exhibit_types import TYPES
from cases.exhibits import ExhibitRecord
from cases.forms import PurposeForm
from cases.limits import limits_of
from cases.models import Case
from cases.views import purposes
from cases.views.fetch import fetch_case, opens, refused
from people.models import Person
from people.permissions import Permission, staff
from people.requests import StaffRequest
from vault.envelope.stream import StreamOpener
from vault.models import today


class Tongues(NamedTuple):
    """A version as it is shown. languages: code, and is there a translation; beside: the one that is shown, by whom."""

    sheet: reading.Sheet
    languages: list[tuple[str, bool]]
    beside: Translation | None
    by: str


FOLD = re.compile(r"[0-9]{1,4}-[0-9]{1,4}", re.ASCII)  # a version and the number of its fold


@require_POST
@staff(Permission.READ_ACCOUNT)
@opens
def open_with_purpose(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Take the purpose; the account then opens on its page, and each opening there is recorded with it."""
    case = fetch_case(request, reference, Permission.READ_ACCOUNT)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return purposes.ask(request, case, form)
    purposes.allow(request, case, form.cleaned_data["purpose"])
    return HttpResponseRedirect(purposes.wanted(request, case))


@require_POST
@staff(Permission.READ_ACCOUNT)
@opens
def unfold(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Unfold one violent part; recorded and counted once, however often the page is loaded under this purpose."""
    case = fetch_case(request, reference, Permission.READ_ACCOUNT)
    purpose, place = purposes.purpose_of(request, case), request.POST.get("place", "")
    if purpose is None:
        return purposes.ask(request, case)
    if not FOLD.fullmatch(place):
        return HttpResponseRedirect(purposes.wanted(request, case))
    if place not in purposes.unfolded(request, case):
        access.note_violent(case, by=request.person, purpose=purpose)
        purposes.unfold(request, case, place)
    return HttpResponseRedirect(f"{purposes.wanted(request, case)}#v{place}")


@require_safe
@staff(Permission.READ_ACCOUNT)
@opens
def read(request: StaffRequest, reference: str) -> HttpResponseBase:
    """The reading view. Without a purpose given before, only the question for one."""
    case = fetch_case(request, reference, Permission.READ_ACCOUNT)
    purpose = purposes.purpose_of(request, case)
    if purpose is None:
        return purposes.ask(request, case)
    account = access.open_account(case, by=request.person, ring=request.keyring, purpose=purpose)
    steps, limits = custody(account.exhibits), limits_of(case, request.keyring)
    support.keep(case, account, limits.asked.corrections, request.keyring)
    context = {
        "case": case,
        "purpose": access.PURPOSES[purpose],
        "limits": limits.lines,
        "sheets": _with_tongues(request, case, reading.sheets(account, limits.asked.corrections)),
        "beside": request.GET.get("beside", ""),
        "exhibits": [(record, steps[record.id]) for record in account.exhibits],
        "unfolded": purposes.unfolded(request, case),
        "violent_cases": folds.cases_this_week(request.person, today()),
        "violent_most": folds.MOST,
        "helper": handwords.helper(account.answer(handwords.TELLER), account.answer(handwords.AGREES)),
    }
    return render(request, "desk/account.html", context)


def _with_tongues(request: StaffRequest, case: Case, sheets: list[reading.Sheet]) -> list[Tongues]:
    """Each version with the languages in which somebody may read or write it, one of them beside the original."""
    found = {(each.of, each.language): each for each in translations(case, request.keyring)}
    names = dict(Person.objects.filter(id__in={each.by for each in found.values()}).values_list("id", "name"))
    made = []
    for sheet in sheets:
        own, wanted = sheet.version, found.get((sheet.version.id, request.GET.get("beside", "")))
        shown = reading.beside(sheet, wanted.texts) if wanted else sheet
        languages = [(code, (own.id, code) in found) for code in LANGUAGES if code != own.language]
        made.append(Tongues(shown, languages, wanted, names.get(wanted.by, _("a former member")) if wanted else ""))
    return made


@require_safe
@staff(Permission.READ_ACCOUNT)
@opens
def download_exhibit(request: StaffRequest, reference: str, exhibit_id: UUID) -> HttpResponseBase:
    """The original bytes as they came, decrypted while they stream, under a neutral file name."""
    case = fetch_case(request, reference, Permission.READ_ACCOUNT)
    purpose = purposes.purpose_of(request, case)
    if purpose is None:
        return purposes.ask(request, case)
    if not case.exhibits.filter(id=exhibit_id).exists():
        raise Http404
    try:
        record, opener = access.open_exhibit(case, exhibit_id, by=request.person, ring=request.keyring, purpose=purpose)
    except CaseError as error:
        return refused(request, error)
    return streamed(opener, record.size, _file_name(case, record))


def streamed(opener: StreamOpener, size: int, name: str) -> StreamingHttpResponse:
    """Send a sealed file chunk by chunk; each is verified before it leaves."""
    response = StreamingHttpResponse(_chunks(opener), content_type="application/octet-stream")
    response["Content-Length"] = str(size)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _chunks(opener: StreamOpener) -> Iterator[bytes]:
    try:
        yield from opener.chunks()
    finally:
        opener.close()


def _file_name(case: Case, record: ExhibitRecord) -> str:
    found = TYPES.get(record.content_type)
    return f"{case.reference}-{record.label}.{found.suffix if found else 'bin'}"
