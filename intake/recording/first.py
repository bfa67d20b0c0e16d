"""The first answers on one page, then the number: with it, or without one, the case is founded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cases.actions import recording
from cases.actions.opening import FIRST
from cases.errors import CaseError
from cases.statement import vocab
from cases.statement.asked import is_asked
from cases.statement.catalogue import Question
from cases.views.fetch import refused
from intake import drafts, wizard
from intake.forms import QuestionForm, form_for
from intake.problems import problems_of
from intake.recording.script import CONSENT
from intake.recording.sheet import Sheet, with_recording
from intake.views.number import LAST_DIGITS
from jurisdictions.pages import reader
from people.requests import StaffRequest
from vault.envelope.receipt import ReceiptCode, new_code

NUMBERS = "recording_numbers"  # session: the number that is on the screen, by recording, until the case is founded
CHANNEL, ADDRESS, BY_NUMBER = "CTC-01", "CTC-02", "code_only"
WHICH = gettext_lazy("Saved. A name can mean several: choose one of those that are offered now, or leave it as it is.")
NOT_THE_LAST = gettext_lazy("These are not the last six digits. Read the number out again.")
NO_ADDRESS = gettext_lazy("This way needs an address or a number.")


@require_http_methods(["GET", "HEAD", "POST"])
@with_recording
def ask(request: StaffRequest, sheet: Sheet) -> HttpResponseBase:
    """The five answers without the consent, which was asked aloud before."""
    if sheet.row.case is not None:
        return redirect("recording:sections", sheet.row.id)
    forms = [_form(each, sheet, request.POST if request.method == "POST" else None) for each in _questions()]
    if request.method != "POST" or not _are_valid(forms):
        context = {"sheet": sheet, "forms": forms, "lang": sheet.how.language, "problems": problems_of(forms)}
        return render(request, "desk/recording/first.html", context, status=422 if context["problems"] else 200)
    drafts.keep(sheet, FIRST, {form.question.id: form.answer() for form in forms}, "")
    if any(form.asks_which for form in forms):
        messages.warning(request, WHICH)
        return redirect("recording:first", sheet.row.id)
    return redirect("recording:number", sheet.row.id)


def _questions() -> list[Question]:
    return [each for page in wizard.first_pages() for each in page if each.id != CONSENT]


def _form(question: Question, sheet: Sheet, data: Any) -> QuestionForm:
    form = form_for(question, sheet.how.language, sheet.saved(FIRST).answers.get(question.id), data)
    form.is_second = True
    return form


def _are_valid(forms: list[QuestionForm]) -> bool:
    """Each is looked at, so that all problems show at once; a channel that needs an address must have one."""
    if [form for form in forms if not form.is_valid()]:
        return False
    answers = {form.question.id: form.answer() for form in forms}
    address = next(form for form in forms if form.question.id == ADDRESS)
    if is_asked(address.question, answers) and not answers[ADDRESS]["value"]:
        address.add_error("value", NO_ADDRESS)
    return address.is_valid()


@require_http_methods(["GET", "HEAD", "POST"])
@with_recording
def number(request: StaffRequest, sheet: Sheet) -> HttpResponseBase:
    """Read the number out and hear its end read back, or do without one; then the case is founded, once."""
    if sheet.row.case is not None:
        return redirect("recording:sections", sheet.row.id)
    if wizard.missing_page(sheet.saved(FIRST).answers) is not None:
        return redirect("recording:first", sheet.row.id)
    code = _code(request, sheet)
    if request.method != "POST":
        return _show(request, sheet, code)
    wants_none = request.POST.get("do") == "none"
    wrong = _without(request) if wants_none else _read_back(request, code)
    if wrong:
        return _show(request, sheet, code, "none" if wants_none else "last", wrong)
    try:
        ring = request.keyring
        recording.found_case(recording=sheet.row, by=request.person, ring=ring, code=None if wants_none else code)
    except CaseError as error:
        return refused(request, error)
    _forget(request, sheet)
    messages.success(request, _("The case is open, and the team sees it. You can write more down now, or later."))
    return redirect("recording:sections", sheet.row.id)


def _show(request: StaffRequest, sheet: Sheet, code: ReceiptCode, field: str = "", wrong: str = "") -> HttpResponseBase:
    channel = sheet.saved(FIRST).answers.get(CHANNEL, {}).get("value")
    context = {
        "sheet": sheet,
        "code": code,
        "typed": request.POST.get("last", "")[:60],
        "field": field,
        "wrong": wrong,
        "only_number": channel in (None, BY_NUMBER),
        "channel": vocab.label("contact_channel", channel, reader.language()) if channel else "",
    }
    return render(request, "desk/recording/number.html", context, status=422 if wrong else 200)


def _read_back(request: StaffRequest, code: ReceiptCode) -> str:
    """What is wrong with the digits that the person read back, or ""."""
    plain = "".join(str(int(sign)) for sign in request.POST.get("last", "") if sign.isdecimal())
    if not plain:
        return _("Ask the person to read the last six digits back to you, and type them here.")
    return "" if plain == code.digits[-LAST_DIGITS:] else str(NOT_THE_LAST)


def _without(request: StaffRequest) -> str:
    return "" if request.POST.get("knows") else _("Tell them first what it means, and tick the box.")


def _code(request: StaffRequest, sheet: Sheet) -> ReceiptCode:
    """The number of this recording, the same at each reload. It lies in the sealed session alone."""
    numbers = dict(request.session.get(NUMBERS, {}))
    key = str(sheet.row.id)
    if key not in numbers:
        request.session[NUMBERS] = numbers | {key: new_code().digits}
    return ReceiptCode(request.session[NUMBERS][key])


def _forget(request: StaffRequest, sheet: Sheet) -> None:
    numbers = dict(request.session.get(NUMBERS, {}))
    numbers.pop(str(sheet.row.id), None)
    request.session[NUMBERS] = numbers
