"""Lawyers as the team sees them: their records, who may be named for a case, the offer, the brief."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions import approving, lawyer_records, offering, proposing
from cases.errors import CaseError, NotConsented, NotReady
from cases.forms_lawyers import REASONS, NameForm, OfferForm, RecordForm, WaiveForm
from cases.lawyers import offers, office, proposals, record
from cases.lawyers.conflicts import QUESTIONS, ROLES
from cases.lawyers.matching import Candidate, bar_is_fresh, codes, lawyers_for, ranked, wishes_of
from cases.lawyers.record import Apart
from cases.limits import limits_of
from cases.models import Approval, Case, LawyerRecord, Proposal
from cases.views.dossiers import NOT_CONSENTED
from cases.views.fetch import fetch_case, opens, refused
from cases.views.lawyer_words import NOT_READY
from cases.wording import country
from people.models import Person, Role
from people.permissions import Permission, may, staff
from people.requests import StaffRequest
from vault.keyring import Keyring
from vault.models import today

Kind, State = Approval.Kind, Proposal.State
PARTED = (State.DECLINED, State.ENDED)


@require_safe
@staff(Permission.SEE_LAWYERS)
def show_all(request: StaffRequest) -> HttpResponseBase:
    """Every lawyer, with what is readable of the record, and whose bar membership nobody looked up for a year."""
    people = Person.objects.lawyers().select_related("lawyer_record__bar_checked_by")
    lines = [(each, getattr(each, "lawyer_record", None)) for each in people]
    rows = [(person, row, row is not None and bar_is_fresh(row, today()), _states(row)) for person, row in lines]
    may_keep = may(request.person, Permission.KEEP_LAWYERS).ok
    return render(request, "desk/lawyers.html", {"rows": rows, "may_keep": may_keep})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.SEE_LAWYERS)
@opens
def show_record(request: StaffRequest, person_id: UUID) -> HttpResponseBase:
    """One record; a lead changes it."""
    lawyer = get_object_or_404(Person.objects.select_related("pair"), id=person_id, role=Role.LAWYER)
    row = LawyerRecord.objects.filter(person=lawyer).select_related("person__pair", "bar_checked_by").first()
    apart, may_keep = _apart(row, request), may(request.person, Permission.KEEP_LAWYERS).ok
    form = RecordForm(request.POST or None, initial=RecordForm.initial_of(row, apart)) if may_keep else None
    if form is not None and form.is_valid():
        return _keep(request, lawyer, form)
    context = {
        "lawyer": lawyer, "row": row, "apart": apart, "form": form,
        "office": office.read(lawyer, request.keyring),
        "is_fresh": row is not None and bar_is_fresh(row, today()),
        "fingerprint": bytes(lawyer.pair.fingerprint).hex(),
        "states": _states(row),
        "open_cases": Proposal.objects.filter(lawyer=lawyer, state__in=Proposal.OPEN).count(),
    }  # fmt: skip
    return render(request, "desk/lawyer_record.html", context)


def _states(row: LawyerRecord | None) -> list[str]:
    return [country(each) for each in sorted(codes(row.states))] if row else []


def _apart(row: LawyerRecord | None, request: StaffRequest) -> Apart:
    return record.read(row, request.keyring) if row is not None else Apart()


def _keep(request: StaffRequest, lawyer: Person, form: RecordForm) -> HttpResponseBase:
    try:
        lawyer_records.keep(
            lawyer=lawyer, by=request.person, ring=request.keyring, columns=form.columns, apart=form.apart
        )  # fmt: skip
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("The record is kept."))
    return redirect("cases:lawyer-record", lawyer.id)


@require_POST
@staff(Permission.KEEP_LAWYERS)
def note_bar(request: StaffRequest, person_id: UUID) -> HttpResponseBase:
    """Somebody looked into the register of the bar today."""
    lawyer = get_object_or_404(Person, id=person_id, role=Role.LAWYER)
    try:
        lawyer_records.note_bar_check(lawyer=lawyer, by=request.person)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("Noted: you found this lawyer in the register today."))
    return redirect("cases:lawyer-record", lawyer.id)


@require_safe
@staff(Permission.FIND_LAWYER)
@opens
def show(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Who is named for this case, or who may be, in the order of triage.md 8.2."""
    case = fetch_case(request, reference, Permission.FIND_LAWYER)
    proposal = offers.current(case)
    limits = limits_of(case, request.keyring)
    wishes = wishes_of(case, request.keyring)
    found = ranked(wishes, lawyers_for(case), today())
    context = {
        "case": case, "limits": limits.lines, "wishes": wishes,
        "states": [country(each) for each in sorted(wishes.states)],
        "candidates": [each for each in found if not each.against], "others": [each for each in found if each.against],
        "current": current_lines(proposal, request) if proposal else None,
        "earlier": _earlier(case, proposal, request.keyring),
        "is_matching": case.status == Case.Status.MATCHING,
        "waiting": case.approvals.filter(kind__in=[Kind.PROPOSE, Kind.WAIVE], state=Approval.State.REQUESTED).first(),
    }  # fmt: skip
    return render(request, "desk/case_lawyers.html", context)


def _earlier(case: Case, proposal: Proposal | None, ring: Keyring) -> list[tuple[Proposal, str, str]]:
    """Who was named before, newest first, with why a lawyer declined or gave it back, and the lawyer's words."""
    rows = case.proposals.select_related("lawyer__pair", "case__receipt").order_by("-made_on")
    before = [each for each in rows if proposal is None or each.id != proposal.id]
    parted = {each.id: offers.parting_of(each, ring) for each in before if each.state in PARTED}
    found = [(each, *parted.get(each.id, ("", ""))) for each in before]
    return [(each, str(REASONS.get(why, "")), words) for each, why, words in found]


def current_lines(proposal: Proposal, request: StaffRequest) -> dict[str, Any]:
    """What stands about the lawyer who is named now."""
    ring = request.keyring
    named, said = proposals.read(proposal, ring)
    found: dict[str, Any] = {"proposal": proposal, "named": named, "said": said, "country": country(named.country)}
    if proposal.state in (State.OFFERED, State.CONFLICT, State.ENGAGED):
        check = offers.check_of(proposal, ring)
        found |= {
            "offer": offers.offer_of(proposal, ring), "check": check,
            "ticked": [QUESTIONS[each] for each in check.get("ticked", ())],
            "met": [ROLES[each] for each in check.get("met", ())],
        }  # fmt: skip
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.FIND_LAWYER)
@opens
def name(request: StaffRequest, reference: str, person_id: UUID) -> HttpResponseBase:
    """Ask a lead to agree to one name."""
    case = fetch_case(request, reference, Permission.FIND_LAWYER)
    if case.status != Case.Status.MATCHING or offers.current(case) is not None:
        messages.warning(request, _("No lawyer can be named for this case now."))
        return redirect("cases:lawyers", case.reference)
    candidate = _candidate(case, request, person_id)
    states = sorted(candidate.lawyer.states & wishes_of(case, request.keyring).states)
    initial = {"lawyer": str(person_id)}
    form = NameForm(case, request.POST or None, states=states, initial=initial)
    if form.is_valid() and form.cleaned_data["lawyer"] == str(person_id):
        try:
            approval = approving.ask(
                case=case, kind=Kind.PROPOSE, by=request.person, ring=request.keyring,
                reason=form.cleaned_data["reason"], content=form.content,
            )  # fmt: skip
        except CaseError as error:
            return refused(request, error)
        messages.success(request, _("A lead who is not you decides now. Then the person reads it."))
        return redirect("cases:agreement", approval.id)
    context = {"case": case, "form": form, "candidate": candidate, "limits": limits_of(case, request.keyring).lines}
    return render(request, "desk/name_lawyer.html", context)


def _candidate(case: Case, request: StaffRequest, person_id: UUID) -> Candidate:
    """The lawyer, if nothing speaks against; else 404."""
    found = ranked(wishes_of(case, request.keyring), lawyers_for(case), today())
    fitting = [each for each in found if each.lawyer.record.person_id == person_id and not each.against]
    if not fitting:
        raise Http404
    return fitting[0]


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.FIND_LAWYER)
@opens
def offer(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Write the summary for the lawyer to whom the person said yes."""
    case = fetch_case(request, reference, Permission.FIND_LAWYER)
    proposal = offers.current(case)
    if proposal is None or proposal.state != State.AGREED:
        return redirect("cases:lawyers", case.reference)
    form = OfferForm(request.POST or None, initial={"language": "en"})
    if form.is_valid() and _offer(request, proposal, form):
        messages.success(request, _("The offer is sealed to the lawyer, who has 14 days."))
        return redirect("cases:lawyers", case.reference)
    context = {
        "case": case, "form": form, "limits": limits_of(case, request.keyring).lines,
        "current": current_lines(proposal, request),
    }  # fmt: skip
    return render(request, "desk/offer_case.html", context)


def _offer(request: StaffRequest, proposal: Proposal, form: OfferForm) -> bool:
    """Offer it, or say in the form why not; what was typed stays there."""
    try:
        offering.offer(
            proposal=proposal, by=request.person, ring=request.keyring, summary=form.cleaned_data["summary"],
            language=form.cleaned_data["language"],
        )  # fmt: skip
    except CaseError as error:
        form.add_error(None, why_not(error))
        return False
    return True


@require_POST
@staff(Permission.FIND_LAWYER)
@opens
def take_back(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Take a name back that nobody works with yet."""
    case = fetch_case(request, reference, Permission.FIND_LAWYER)
    proposal = offers.current(case)
    try:
        if proposal is not None:
            proposing.take_back(proposal=proposal, by=request.person, ring=request.keyring)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("Taken back. Tell the person why in a letter."))
    return redirect("cases:lawyers", case.reference)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.FIND_LAWYER)
@opens
def waive(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Ask a lead to go on in spite of a conflict."""
    case = fetch_case(request, reference, Permission.FIND_LAWYER)
    proposal = offers.current(case)
    if proposal is None or proposal.state != State.CONFLICT:
        return redirect("cases:lawyers", case.reference)
    form = WaiveForm(case, request.POST or None, initial={"proposal": str(proposal.id)})
    if form.is_valid():
        try:
            approval = approving.ask(
                case=case, kind=Kind.WAIVE, by=request.person, ring=request.keyring,
                reason=form.cleaned_data["reason"], content={"proposal": str(proposal.id)},
            )  # fmt: skip
        except CaseError as error:
            return refused(request, error)
        return redirect("cases:agreement", approval.id)
    return render(request, "desk/waive.html", {"case": case, "form": form, "current": current_lines(proposal, request)})


def why_not(error: CaseError) -> str:
    """Why something was not done, in words."""
    if isinstance(error, NotConsented):
        return str(NOT_CONSENTED[error.code].format(place=_("this country")))
    if isinstance(error, NotReady):
        return str(NOT_READY.get(error.code, error.code))
    return str(error.code)
