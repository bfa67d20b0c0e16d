"""The risk flags of a case: what comes first about each, raising, closing, and the level of the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions import flagging
from cases.due import due
from cases.errors import CaseError
from cases.flag_board import Board, Line, board, deadlines
from cases.forms_flags import CloseForm, LowerForm, RaiseForm
from cases.limits import limits_of
from cases.models import Case
from cases.views.fetch import fetch_case, opens, refused
from people.permissions import Permission, may, staff
from people.requests import StaffRequest

Form = forms.Form | None


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.KEEP_FLAGS)
@opens
def show(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Everything about the flags of one case; which one a form is about stands in its body, never in the address."""
    case = fetch_case(request, reference, Permission.KEEP_FLAGS)
    found = board(case, request.keyring)
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        return _page(request, case, found)
    try:
        form = act(request, case, found)
    except CaseError as error:
        return refused(request, error)
    return redirect("cases:flags", case.reference) if form is None else _page(request, case, found, form)


def _step(request: StaffRequest, case: Case, found: Board) -> Form:
    flag, step, is_done = (request.POST.get(name, "") for name in ("flag", "step", "is_done"))
    flagging.note_step(
        case=case, flag=flag, step=step, is_done=is_done == "yes", by=request.person, ring=request.keyring
    )  # fmt: skip
    return None


def _raise(request: StaffRequest, case: Case, found: Board) -> Form:
    form = RaiseForm(found, request.POST)
    if not form.is_valid():
        return form
    asked = flagging.raise_flag(
        case=case, flag=form.cleaned_data["flag"], by=request.person, ring=request.keyring,
        reason=form.cleaned_data["reason"],
    )  # fmt: skip
    messages.success(request, _("A lead who is not you decides now.") if asked else _("Raised. It stands above now."))
    return None


def _close(request: StaffRequest, case: Case, found: Board) -> Form:
    flag = request.POST.get("flag", "")
    place = next((number for number, line in enumerate(found.lines) if line.rule.code == flag), None)
    if place is None:
        raise CaseError("flag_closed")
    form = CloseForm(found.lines[place], place, request.POST)
    if not form.is_valid():
        return form
    asked = flagging.close_flag(
        case=case, flag=flag, by=request.person, ring=request.keyring, reason=form.cleaned_data["reason"],
        word=form.cleaned_data.get("word", ""),
    )  # fmt: skip
    messages.success(request, _("A lead who is not you decides now.") if asked else _("Closed. It stays in the list."))
    return None


def _lower(request: StaffRequest, case: Case, found: Board) -> Form:
    form = LowerForm(found, case, request.POST)
    if not form.is_valid():
        return form
    flagging.lower_level(
        case=case, level=form.cleaned_data["level"], by=request.person, ring=request.keyring,
        reason=form.cleaned_data["reason"],
    )  # fmt: skip
    messages.success(request, _("The level is lowered. Your reason stands in the list."))
    return None


ACTS: dict[str, Callable[[StaffRequest, Case, Board], Form]] = {
    "step": _step, "raise": _raise, "close": _close, "lower": _lower,
}  # fmt: skip


def _page(request: StaffRequest, case: Case, found: Board, form: Form = None) -> HttpResponseBase:
    """The page; form: the one that was filled in wrongly, with what was typed."""
    may_lower = may(request.person, Permission.DECIDE_STEP, case).ok and bool(found.lower(case))
    shut = form if isinstance(form, CloseForm) else None
    context: dict[str, Any] = {
        "case": case, "board": found, "limits": limits_of(case, request.keyring).lines,
        "due": due(case, timezone.now()), "deadlines": deadlines(case, request.keyring),
        "lines": [(line, _form(request, line, number, shut)) for number, line in enumerate(found.lines)],
        "raise_form": form if isinstance(form, RaiseForm) else RaiseForm(found),
        "lower_form": (form if isinstance(form, LowerForm) else LowerForm(found, case)) if may_lower else None,
    }  # fmt: skip
    return render(request, "desk/flags.html", context)


def _form(request: StaffRequest, line: Line, number: int, filled: CloseForm | None) -> CloseForm | None:
    if not line.may_close(request.person):
        return None
    is_it = filled is not None and request.POST.get("flag") == line.rule.code
    return filled if is_it else CloseForm(line, number)
