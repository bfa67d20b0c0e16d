"""The steps of a case: the ways from where it stands, asking a lead, questions to the person, looking again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases import guards, workflow
from cases.actions import approving, moving
from cases.actions.asking import ask_person, letter_text
from cases.errors import CaseError, NotReady
from cases.forms_steps import FORMS, QuestionForm, StepForm
from cases.letter_texts import language_for
from cases.limits import limits_of
from cases.models import Approval, Case, LetterTemplate
from cases.rounds import MOST, rounds
from cases.views import news_mail
from cases.views.fetch import fetch_case, opens, refused
from cases.views.letter_texts import Typed, wants_text, with_text
from cases.views.step_words import AFTER, BECAUSE, WAYS, Way
from people.permissions import Permission, may, staff
from people.requests import StaffRequest

Kind = Approval.Kind
TEXTS: dict[str, str] = {Kind.SUPPORT: LetterTemplate.Kind.SUPPORT, Kind.CLOSE: LetterTemplate.Kind.CLOSING}
MOVES = {Kind.ACCEPT, Kind.SUPPORT, Kind.REFER, Kind.CLOSE}  # these are steps of the table, of the same names


@require_safe
@staff(Permission.REQUEST_STEP)
@opens
def show(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Every way that leads on from here, with what it needs."""
    case = fetch_case(request, reference, Permission.REQUEST_STEP)
    sight = guards.Sight(case, request.keyring)
    ways = [(way, _lines(way.code, sight)) for way in WAYS if _is_open(way, case, request)]
    return render(request, "desk/case_ways.html", {"case": case, "ways": ways, "limits": sight.limits.lines})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.REQUEST_STEP)
@opens
def ask_lead(request: StaffRequest, reference: str, kind: str) -> HttpResponseBase:
    """Write the reason, and the letter that goes with it; a lead who is not the asker decides."""
    case = fetch_case(request, reference, Permission.REQUEST_STEP)
    if kind not in FORMS:
        raise Http404
    sight = guards.Sight(case, request.keyring)
    typed = Typed({"language": language_for(case, sight.limits)})
    if kind in TEXTS and wants_text(request):
        typed = with_text(request, sight.limits, typed.initial, field="letter", kind=TEXTS[kind])
        form = FORMS[kind](case, initial=typed.initial)
    else:
        form = FORMS[kind](case, request.POST or None, initial=typed.initial)
    if form.is_valid():
        try:
            approval = _ask(request, case, kind, form)
        except CaseError as error:
            return refused(request, error)
        messages.success(request, _("A lead who is not you decides now."))
        return redirect("cases:agreement", approval.id)
    context = _asking(sight, kind, form) | {"has_text": kind in TEXTS, "filled": typed.text}
    return render(request, "desk/ask_lead.html", context)


def _ask(request: StaffRequest, case: Case, kind: str, form: StepForm) -> Approval:
    """Raises Refused("stale") when the case stands elsewhere than the page showed."""
    seen = form.cleaned_data["seen"]
    if (seen and seen != case.status) or (kind in MOVES and not workflow.is_possible(case, kind)):
        raise CaseError(moving.CODE)
    return approving.ask(
        case=case, kind=kind, by=request.person, ring=request.keyring, reason=form.cleaned_data["reason"],
        content=form.content,
    )  # fmt: skip


def _asking(sight: guards.Sight, kind: str, form: StepForm) -> dict[str, Any]:
    case = sight.case
    way = next(each for each in WAYS if each.kind == kind)
    return {
        "case": case, "form": form, "way": way, "lines": _lines(way.code, sight), "limits": sight.limits.lines,
        "is_possible": kind not in MOVES or workflow.is_possible(case, kind), "after": AFTER.get(kind, ()),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.WRITE_LETTER)
@opens
def questions(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Ask the person, at most three things in one letter, each with its reason."""
    case = fetch_case(request, reference, Permission.WRITE_LETTER)
    limits = limits_of(case, request.keyring)
    typed = Typed({"language": language_for(case, limits)})
    if wants_text(request):
        typed = with_text(request, limits, typed.initial, field="opening", kind=LetterTemplate.Kind.QUESTION)
        form = QuestionForm(case, initial=typed.initial)
    else:
        form = QuestionForm(case, request.POST or None, initial=typed.initial)
    if form.is_valid():
        try:
            _send(request, case, form)
        except CaseError as error:
            return refused(request, error)
        messages.success(request, _("Your questions are sealed. The person reads them when they come back."))
        news_mail.tell_of_letter(request, case)
        return redirect("cases:case", case.reference)
    asked = rounds(case, request.keyring)
    context = {
        "case": case, "form": form, "limits": limits.lines, "rounds": asked, "most": MOST, "filled": typed.text,
        "is_possible": any(workflow.is_possible(case, each) for each in ("ask", "ask_more")),
        "is_over": form.in_review and asked >= MOST,
    }  # fmt: skip
    return render(request, "desk/questions.html", context)


def _send(request: StaffRequest, case: Case, form: QuestionForm) -> None:
    parts, language = form.parts, form.cleaned_data["language"]
    text = letter_text(form.cleaned_data["opening"], parts, BECAUSE[language])
    ask_person(
        case=case, by=request.person, ring=request.keyring, text=text, parts=parts, language=language,
        seen=form.cleaned_data["seen"],
    )  # fmt: skip


@require_POST
@staff(Permission.DECIDE_STEP)
@opens
def look_again(request: StaffRequest, reference: str) -> HttpResponseBase:
    """A lead takes a case back into review: no lawyer was found, or something has changed."""
    case = fetch_case(request, reference, Permission.DECIDE_STEP)
    try:
        guards.require("look_again", guards.Sight(case, request.keyring))
        moving.apply(case, "look_again", by=request.person, seen=request.POST.get("seen", ""))
    except NotReady:
        messages.warning(request, _("Sixty days are not over yet; go on looking for a lawyer."))
        return redirect("cases:ways", case.reference)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("The case is in review again. Tell the person honestly in a letter."))
    return redirect("cases:letters", case.reference)


def _is_open(way: Way, case: Case, request: StaffRequest) -> bool:
    if way.is_lead and not may(request.person, Permission.DECIDE_STEP, case):
        return False
    if not way.is_step:
        return case.status not in workflow.ENDED and case.status != Case.Status.SAFETY_HOLD
    return workflow.is_possible(case, way.code)


def _lines(code: str, sight: guards.Sight) -> list[guards.Line]:
    """The conditions of a way; a letter that is written with it is no condition yet."""
    if code not in workflow.BY_CODE:
        return []
    return [line for line in guards.lines(code, sight) if line.code not in guards.WITH_FORM]
