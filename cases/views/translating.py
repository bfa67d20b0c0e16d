"""Writing a translation by hand, answer by answer, beside the original."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cases import access, reading
from cases.actions import translating
from cases.actions.translating import Translation
from cases.errors import CaseError, Conflict
from cases.forms_translating import TranslationForm
from cases.limits import limits_of
from cases.models import Case, StatementVersion
from cases.reading import Item, Run
from cases.views import purposes
from cases.views.fetch import fetch_case, opens, refused
from people.permissions import Permission, staff
from people.requests import StaffRequest

MEANWHILE = gettext_lazy(
    "Somebody saved another text meanwhile. Theirs stands below each box; saving again puts yours on top."
)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.READ_ACCOUNT)
@opens
def write(request: StaffRequest, reference: str, number: int, language: str) -> HttpResponseBase:
    """The answers of a version in own words, each with a box; what is folded is translated after it was unfolded."""
    case = fetch_case(request, reference, Permission.READ_ACCOUNT)
    version = case.versions.filter(number=number).exclude(language=language).first()
    if version is None or language not in translating.LANGUAGES:
        raise Http404
    purpose = purposes.purpose_of(request, case)
    if purpose is None:
        return purposes.ask(request, case)
    account = access.open_account(case, by=request.person, ring=request.keyring, purpose=purpose)
    sheet = next(each for each in reading.sheets(account) if each.version.id == version.id)
    items, folded = _told(sheet, purposes.unfolded(request, case))
    now = translating.translation(case, request.keyring, version, language)
    context = {
        "case": case, "version": version, "language": language, "folded": folded, "now": now,
        "limits": limits_of(case, request.keyring).lines,
    }  # fmt: skip
    if request.method != "POST":
        context["form"] = TranslationForm.of(items, now.texts if now else {}, now.revision if now else 0)
        return render(request, "desk/translating.html", context)
    form = TranslationForm(items, request.POST)
    if not form.is_valid():
        return render(request, "desk/translating.html", context | {"form": form})
    return _save(request, case, version, form, context)


def _save(
    request: StaffRequest, case: Case, version: StatementVersion, form: TranslationForm, context: dict[str, Any]
) -> HttpResponseBase:
    language: str = context["language"]
    try:
        translating.save_translation(
            case=case, version=version, by=request.person, ring=request.keyring, language=language, texts=form.texts,
            seen=form.version,
        )  # fmt: skip
    except Conflict:
        return _both(request, form, context)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("The translation is sealed with the case, by hand, for orientation."))
    address = reverse("cases:account", args=[case.reference])
    return HttpResponseRedirect(f"{address}?beside={language}#version-{version.number}")


def _both(request: StaffRequest, form: TranslationForm, context: dict[str, Any]) -> HttpResponseBase:
    """What was typed, and what stands there now below each box."""
    now: Translation = context["now"]
    items = list(form.items.values())
    mine = TranslationForm.of(items, form.texts, now.revision)
    theirs = {item.key: now.texts.get(item.key, "") for item in items}
    rows = [(item, box, theirs[item.key]) for item, box in mine.rows]
    return render(
        request, "desk/translating.html", context | {"form": mine, "rows": rows, "meanwhile": MEANWHILE}, status=409
    )


def _told(sheet: reading.Sheet, unfolded: frozenset[str]) -> tuple[list[Item], list[Run]]:
    """The answers in own words that may be shown, and the runs that are folded."""
    runs = [run for part in sheet.parts for run in part.runs]
    shown = [item for run in runs if not run.place or run.place in unfolded for item in run.items if item.paragraphs]
    return shown, [run for run in runs if run.place and run.place not in unfolded and run.numbers]
