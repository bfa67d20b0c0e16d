"""Asking for a dossier, and following how it is made."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases import hold, releasable
from cases import progress as road
from cases.actions import releasing
from cases.actions.cancelling import cancel, may_cancel
from cases.actions.clearing import cleared_for
from cases.actions.dossiers import hand_over_again, reference, request_dossier, request_record
from cases.actions.facts import current_facts, routes
from cases.actions.recalling import answer_to
from cases.complaint import checked, words
from cases.dossier.variant import find
from cases.errors import CaseError, NotConsented, NotReady
from cases.flags import found_in
from cases.forms import DossierForm, StopForm
from cases.lawyers.office import lacking
from cases.limits import limits_of
from cases.models import Case, Dossier
from cases.routing import find_route, forum_name
from cases.usual_routes import usual
from cases.views.fetch import fetch_case, opens, refused
from people.models import Person
from people.permissions import Permission, staff
from people.requests import StaffRequest
from vault.errors import NoGrant

NOT_CONSENTED = {
    "helper": gettext_lazy(
        "A helper told this, and the person was not asked. Seek their word first; nothing was made."
    ),
    "all": gettext_lazy("The person has taken the permission back. Nothing is made and nothing goes out."),
    "country": gettext_lazy(
        "The person has not agreed to a complaint in {place}. Ask them in a letter first; nothing was made."
    ),
    "lawyer": gettext_lazy(
        "The person has not agreed to a partner lawyer. Ask them in a letter first; nothing was made."
    ),
    "icc": gettext_lazy(
        "The person was not asked about the {place} yet. Ask them in a letter first; nothing was made."
    ),
}
NOT_READY = {
    hold.CODE: hold.WORDS,
    "worker": gettext_lazy(
        "No worker is running that could build it. Start the worker, then ask again; nothing was made."
    ),
    "account": gettext_lazy("There is no account yet, only the first answers."),
    "facts": gettext_lazy("Confirm the facts first."),
    "facts_draft": gettext_lazy(
        "Nobody has written the facts for this text of the complaint yet. Write them first, each with its source; "
        "nothing was made."
    ),
    "facts_sourced": gettext_lazy(
        "A sentence of the draft has no valid source any more. Open the facts of the complaint and mend it; nothing "
        "was made."
    ),
    "draft_elsewhere": words.ELSEWHERE,
    "engaged": gettext_lazy("No lawyer has the mandate; nothing was made."),
    "approval": gettext_lazy("The person has not said yes to this text. Show it to them first; nothing was made."),
    "approval_other": gettext_lazy(
        "The person said yes to other words, another authority or another lawyer. Show them the text as it is now; "
        "nothing was made."
    ),
    "approval_time": gettext_lazy(
        "The person’s time is not over: three days to read, and a day to think again. Nothing was made."
    ),
    "release_points": gettext_lazy(
        "A marked point of this text was not cleared by a lawyer. The lawyer clears it in the draft; nothing was made."
    ),
    **{
        f"release_{code}": gettext_lazy("One of the conditions below is not met. Nothing was released.")
        for code in releasable.CHECKS
    },
    "residual": gettext_lazy(
        "This copy is pseudonymised. Tick that nobody from the same cell would recognise the case, and write why; "
        "nothing was released."
    ),
    "lawyer": gettext_lazy("This lawyer's key is not in the directory. A lead must admit them first."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.REQUEST_DOSSIER)
@opens
def ask(request: StaffRequest, reference: str, key: str) -> HttpResponseBase:
    """Choose a lawyer and write the reason; a lead who is not the asker decides."""
    case = fetch_case(request, reference, Permission.REQUEST_DOSSIER)
    found = routes(case, request.keyring, timezone.now().date())
    route = find_route(found, key)
    if route is None:
        messages.warning(request, _("This route has changed. Choose again."))
        return redirect("cases:routes", case.reference)
    is_lent = releasing.open_to(case, request.person) is not None
    form = DossierForm(request.POST or None, forum=str(route.get("forum", "")), is_lent=is_lent)
    lawyers = Person.objects.lawyers().select_related("pair")
    if form.is_valid():
        dossier = _ask(request, case, route, form)
        if dossier is not None:
            messages.success(request, _("A lead who is not you decides now."))
            return redirect("cases:progress", case.reference, dossier.number)
    context = {
        "case": case, "route": route, "form": form, "limits": (limits := limits_of(case, request.keyring)),
        "is_agreed": limits.allows(str(route.get("forum", ""))),
        "office_law": find(form.offered).table("office").get("law", ""),
        "lacking": [each.name for each in lacking(find(form.offered), lawyers, request.keyring)],
        **words.counted(lambda: checked.counts(case, request.keyring)),
        "usual": usual(current_facts(case, request.keyring) or {}, found_in(case, request.keyring).codes, found),
    }  # fmt: skip
    return render(request, "desk/ask_dossier.html", context)


@require_safe
@staff(Permission.REQUEST_DOSSIER)
@opens
def progress(request: StaffRequest, reference: str, number: int) -> HttpResponseBase:
    """State and steps of one dossier."""
    case = fetch_case(request, reference, Permission.REQUEST_DOSSIER)
    dossier = _of_case(case, number)
    return render(request, "desk/progress.html", _page(request, dossier))


@require_POST
@staff(Permission.REQUEST_DOSSIER)
@opens
def again(request: StaffRequest, reference: str, number: int) -> HttpResponseBase:
    """Hand the first share to a new worker; the lead must release the second one again."""
    case = fetch_case(request, reference, Permission.REQUEST_DOSSIER)
    dossier = _of_case(case, number)
    try:
        hand_over_again(dossier=dossier, by=request.person, ring=request.keyring)
    except NotReady as error:
        messages.warning(request, NOT_READY.get(error.code, error.code))
    except NotConsented as error:
        route = request_record(dossier, request.keyring).get("route", {})
        messages.warning(request, NOT_CONSENTED[error.code].format(place=forum_name(route)))
    except CaseError as error:
        return refused(request, error)
    return redirect("cases:progress", case.reference, number)


@require_POST
@staff(Permission.REQUEST_DOSSIER)
@opens
def stop(request: StaffRequest, reference: str, number: int) -> HttpResponseBase:
    """Stop a dossier that no lawyer has fetched; what was copied for it is erased."""
    case = fetch_case(request, reference, Permission.REQUEST_DOSSIER)
    dossier, form = _of_case(case, number), StopForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/progress.html", _page(request, dossier) | {"stop_form": form}, status=422)
    try:
        cancel(dossier=dossier, by=request.person, ring=request.keyring, reason=form.cleaned_data["reason"])
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("It is stopped."))
    return redirect("cases:progress", case.reference, number)


def _ask(request: StaffRequest, case: Case, route: dict[str, Any], form: DossierForm) -> Dossier | None:
    wanted = form.cleaned_data
    try:
        return request_dossier(
            case=case, by=request.person, ring=request.keyring, route=route, lawyer=wanted["lawyer"],
            reason=wanted["reason"], variant=wanted["variant"], cleared=cleared_for(case, request.keyring),
            is_for_filing=wanted["purpose"] == "filing",
            with_names=wanted.get("with_names", False),
            rendering=wanted["rendering"],
        )  # fmt: skip
    except NotConsented as error:
        form.add_error(None, NOT_CONSENTED[error.code].format(place=forum_name(route)))
    except CaseError as error:
        form.add_error(None, NOT_READY.get(error.code, error.code))
    return None


def _of_case(case: Case, number: int) -> Dossier:
    dossiers = case.dossiers.select_related("case", "lawyer", "requested_by", "decided_by")
    return get_object_or_404(dossiers, number=number)


def _page(request: StaffRequest, dossier: Dossier) -> dict[str, Any]:
    form = StopForm() if may_cancel(dossier, request.person) else None
    made = {"request_record": request_record(dossier, request.keyring), "stop_form": form}
    return _about(dossier) | made | _recall(request, dossier)


def _recall(request: StaffRequest, dossier: Dossier) -> dict[str, Any]:
    """What the lawyer answered to a recall; the package opens for whoever asked for it alone."""
    if dossier.recalled_on is None:
        return {}
    try:
        return {"recall_answer": answer_to(dossier, request.keyring)}
    except (NoGrant, NotReady):
        return {"recall_is_far": True}


def _about(dossier: Dossier) -> dict[str, Any]:
    return {
        "case": dossier.case,
        "dossier": dossier,
        "name": reference(dossier),
        "lines": road.lines(dossier),
        "trouble": road.trouble(dossier),
        "may_ask_again": road.may_ask_again(dossier),
        "waits": road.waits_for(dossier),
    }
