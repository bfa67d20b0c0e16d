"""What a lead is asked about a case: reason first, then what follows, then what was checked, then two equal buttons."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from cases import guards, queue, workflow
from cases.actions import agreed, approving
from cases.errors import CaseError, NotConsented, NotReady
from cases.forms_flags import FlagAskedForm
from cases.forms_lawyers import NameForm, WaiveForm
from cases.forms_steps import FORMS, AgreeForm, StepForm
from cases.limits import limits_of
from cases.models import Approval
from cases.permission import COUNTRIES, LAWYERS, READING, SCOPES
from cases.views import news_mail
from cases.views.approvals import NO_DECISION
from cases.views.fetch import opens, refused
from cases.views.lawyer_words import NOT_READY
from cases.views.step_words import AFTER, WAYS
from cases.wording import country
from people.models import Person
from people.permissions import Permission, may, require, staff
from people.requests import StaffRequest
from people.stepup import confirm
from vault.models import today

ALL_FORMS: dict[str, type[StepForm]] = {
    **FORMS, Approval.Kind.PROPOSE: NameForm, Approval.Kind.WAIVE: WaiveForm,
    Approval.Kind.FLAG: FlagAskedForm,
}  # fmt: skip
CONSENTS = {**SCOPES, "lawyer": SCOPES[LAWYERS], "country": SCOPES[COUNTRIES], "helper": SCOPES[READING]}
DECISIONS = {"agree": True, "refuse": False}
NOT_AGREED = gettext_lazy("The person has not agreed to this: %(what)s. Ask them in a letter first; nothing was done.")
NOT_MET = gettext_lazy("This is not so any more: %(what)s Nothing was done.")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@staff(Permission.SEE_APPROVALS)
@opens
def decide(request: StaffRequest, approval_id: UUID) -> HttpResponseBase:
    """The same page for the asker, without the decision."""
    approval = _fetch(request, approval_id)
    form = AgreeForm(request.POST or None) if _may_decide(request, approval) else None
    if form is not None and form.is_valid() and _has_decision(request, form) and confirm(request, form):
        return _decide(request, approval, form)
    return render(request, "desk/agreement.html", _page(request, approval, form))


@require_POST
@staff(Permission.SEE_APPROVALS)
@opens
def take_back(request: StaffRequest, approval_id: UUID) -> HttpResponseBase:
    """The asker takes it back while nobody has decided."""
    approval = _fetch(request, approval_id)
    try:
        approving.take_back(approval=approval, by=request.person)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("Taken back. Nothing was done."))
    return redirect("cases:case", approval.case.reference)


def _fetch(request: StaffRequest, approval_id: UUID) -> Approval:
    found = approving.by_id(approval_id)
    if found is None or not queue.visible(request.person).filter(id=found.case_id).exists():
        raise Http404
    require(may(request.person, Permission.SEE_CASE, found.case))
    return found


def _may_decide(request: StaffRequest, approval: Approval) -> bool:
    is_open = approval.state == Approval.State.REQUESTED and approval.expires_on >= today()
    is_other = approval.requested_by_id != request.person.id
    return is_open and is_other and may(request.person, Permission.DECIDE_STEP, approval.case).ok


def _has_decision(request: StaffRequest, form: AgreeForm) -> bool:
    if request.POST.get("decision") in DECISIONS:
        return True
    form.add_error(None, NO_DECISION)
    return False


def _decide(request: StaffRequest, approval: Approval, form: AgreeForm) -> HttpResponseBase:
    is_agreed, reason = DECISIONS[request.POST["decision"]], form.cleaned_data["reason"]
    letters_before = approval.case.messages.count()
    try:
        agreed.decide(
            approval=approval, by=request.person, ring=request.keyring, reason=reason, is_agreed=is_agreed
        )  # fmt: skip
    except NotReady as error:
        form.add_error(None, _said(NOT_MET, _words_of(error.code)))
        return render(request, "desk/agreement.html", _page(request, approval, form))
    except NotConsented as error:
        form.add_error(None, _said(NOT_AGREED, CONSENTS.get(error.code, _("anything"))))
        return render(request, "desk/agreement.html", _page(request, approval, form))
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("Agreed. It is done.") if is_agreed else _("Refused. Nothing was done."))
    if approval.case.messages.count() > letters_before:
        news_mail.tell_of_letter(request, approval.case)
    return redirect("cases:approvals")


def _words_of(code: str) -> Any:
    guard = guards.GUARDS.get(code)
    return guard.words if guard else NOT_READY.get(code, code)


def _said(text: Any, what: Any) -> str:
    return str(text) % {"what": what}


def _page(request: StaffRequest, approval: Approval, form: AgreeForm | None) -> dict[str, Any]:
    case, ring = approval.case, request.keyring
    asked = approving.request_of(approval, ring)
    content = asked.content["content"]
    return {
        "approval": approval, "case": case, "form": form, "reason": asked.content["reason"],
        "content": _lines(approval.kind, content), "letter": content.get("letter", ""),
        "letter_language": content.get("language", ""), "after": AFTER.get(approval.kind, ()),
        "checks": _checks(approval.kind, guards.Sight(case, ring, content)), "limits": limits_of(case, ring).lines,
        "decision": approving.decision_of(approval, ring) if approval.decided_by else None,
        "is_asker": approval.requested_by_id == request.person.id,
        "is_waiting": approval.state == Approval.State.REQUESTED and approval.expires_on >= today(),
        "is_held": case.status == case.Status.SAFETY_HOLD,
        "way": next((each for each in WAYS if each.kind == approval.kind), None),
    }  # fmt: skip


def _checks(kind: str, sight: guards.Sight) -> list[guards.Line]:
    is_open = sight.case.status not in workflow.ENDED
    return list(guards.lines(kind, sight)) if kind in workflow.BY_CODE and is_open else []


def _lines(kind: str, content: dict[str, Any]) -> list[tuple[Any, Any]]:
    """What was asked for beside the letter, as label and words."""
    form = ALL_FORMS.get(kind)
    if form is None:
        return []
    shown = [name for name in form.CONTENT if name not in ("letter", "language", "proposal") and content.get(name)]
    return [(form.base_fields[name].label or _("Lawyer"), _shown(form, name, content[name])) for name in shown]


def _shown(form: Any, name: str, value: Any) -> Any:
    if name == "lawyer":
        return Person.objects.filter(id=UUID(value)).values_list("name", flat=True).first()
    if name in getattr(form, "SHOWN", {}):
        return form.SHOWN[name].get(value, value)
    if name == "country":
        return country(value)
    return form.KINDS.get(value, value) if name == "to" else value
