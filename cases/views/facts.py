"""Facts, confirmed by a person, and the routes that follow from them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases import access, reading
from cases.actions.facts import assess, confirm_facts, current_facts, is_outdated, propose_facts, routes
from cases.actions.reassessing import begin
from cases.errors import CaseError
from cases.flags import found_in
from cases.limits import limits_of
from cases.models import Case
from cases.routing import find_route
from cases.usual_routes import usual
from cases.views.fetch import fetch_case, opens, refused
from cases.views.purposes import purpose_of
from jurisdictions.assess import FactsError
from jurisdictions.pages import reasons
from jurisdictions.pages.facts_form import FactsForms
from jurisdictions.pages.ranking import parted
from jurisdictions.pages.supposed_form import SupposedFacts
from jurisdictions.pages.what_if import supposed
from people.permissions import Permission, may, staff
from people.requests import StaffRequest

BESIDE = ("ELG-01", "ELG-02", "EPI-02", "EPI-03", "EPI-04", "EPI-05", "EPI-06", "CNS-02", "CNS-03")

UNASKED = ("languages",)  # facts that a supposition takes over as they are


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.CONFIRM_FACTS)
@opens
def confirm(request: StaffRequest, reference: str) -> HttpResponseBase:
    """The form, filled with what was confirmed before or with what the answers propose."""
    case = fetch_case(request, reference, Permission.CONFIRM_FACTS)
    if request.method == "POST":
        return _confirm(request, case)
    purpose = purpose_of(request, case)
    if purpose is None:
        return redirect(reverse("cases:account", args=[case.reference]) + "?" + urlencode({"to": request.path}))
    account = access.open_account(case, by=request.person, ring=request.keyring, purpose=purpose)
    confirmed = current_facts(case, request.keyring)
    facts = confirmed or propose_facts(account, case.language)
    context = {"is_proposal": confirmed is None, "answers": reading.answers_about(account, BESIDE)}
    return _page(request, case, FactsForms(facts), context)


@require_safe
@staff(Permission.SEE_CASE)
@opens
def show_routes(request: StaffRequest, reference: str) -> HttpResponseBase:
    """All routes for the confirmed facts, best first, with reasons, sources and what would change them."""
    case = fetch_case(request, reference, Permission.SEE_CASE)
    ring, today = request.keyring, timezone.now().date()
    language = reasons.asked(request.GET.get("reasons", ""))
    first, others = parted(assess(case, ring, today, language))
    facts = current_facts(case, ring)
    context = {
        "case": case,
        "today": today,
        "facts": facts,
        "is_outdated": is_outdated(facts, today),
        "routes": first,
        "reason_languages": reasons.choices(language),
        "others": others,
        "limits": limits_of(case, ring).lines,
        "usual": usual(facts, found_in(case, ring).codes, [*first, *others]) if facts else [],
        "may_ask": may(request.person, Permission.REQUEST_DOSSIER, case).ok,
    }
    return render(request, "desk/routes.html", context)


@require_safe
@staff(Permission.SEE_CASE)
@opens
def show_route(request: StaffRequest, reference: str, key: str) -> HttpResponseBase:
    """One route with everything about it."""
    case = fetch_case(request, reference, Permission.SEE_CASE)
    language = reasons.asked(request.GET.get("reasons", ""))
    route = find_route(routes(case, request.keyring, timezone.now().date(), language), key)
    if route is None:
        messages.warning(request, _("This route has changed. Choose again."))
        return redirect("cases:routes", case.reference)
    context = {
        "case": case,
        "route": route,
        "reason_languages": reasons.choices(language),
        "limits": limits_of(case, request.keyring).lines,
        "may_ask": may(request.person, Permission.REQUEST_DOSSIER, case).ok,
    }
    return render(request, "desk/one_route.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.SEE_CASE)
@opens
def what_if(request: StaffRequest, reference: str) -> HttpResponseBase:
    """The confirmed facts, to be changed on this page only, and what would move; nothing is saved with the case."""
    case = fetch_case(request, reference, Permission.SEE_CASE)
    confirmed = current_facts(case, request.keyring)
    context: dict[str, Any] = {"case": case, "limits": limits_of(case, request.keyring).lines, "carry": "case"}
    context["reason_languages"] = reasons.choices(reasons.asked(request.POST.get("reasons", "")))
    if confirmed is None:
        return render(request, "desk/case_what_if.html", context)
    if request.method != "POST":
        return render(request, "desk/case_what_if.html", context | {"parts": SupposedFacts(confirmed)})
    kept = {key: confirmed[key] for key in UNASKED if key in confirmed}
    found = supposed(request.POST, confirmed, timezone.now().date(), kept)
    return render(request, "desk/case_what_if.html", context | found)


def _confirm(request: StaffRequest, case: Case) -> HttpResponseBase:
    ring = request.keyring
    before = current_facts(case, ring) or {}
    parts = FactsForms(before, request.POST)
    if not parts.is_valid():
        return _page(request, case, parts, {"is_proposal": not before})
    facts = parts.facts() | _of_the_survivor(case, request)
    try:
        confirm_facts(case=case, by=request.person, ring=ring, facts=facts)
        begin(case, ring)
    except FactsError as error:
        parts.person.add_error(None, _("These facts do not fit together: %(error)s.") % {"error": error})
        return _page(request, case, parts, {"is_proposal": not before})
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("The facts are confirmed and sealed with the case."))
    return redirect("cases:routes", case.reference)


def _of_the_survivor(case: Case, request: StaffRequest) -> dict[str, Any]:
    """What nobody here may type: the languages and the permissions, as the survivor gave them."""
    limits = limits_of(case, request.keyring)
    said = {"countries": limits.countries if limits.was_asked_about_countries else None, "icc": limits.court}
    consents = {body: agreed for body, agreed in said.items() if agreed is not None}
    return {"languages": [case.language], **({"consents": consents} if consents else {})}


def _page(request: StaffRequest, case: Case, parts: FactsForms, more: dict[str, Any]) -> HttpResponseBase:
    context = {"case": case, "parts": parts, "limits": limits_of(case, request.keyring).lines, **more}
    return render(request, "desk/facts.html", context)
