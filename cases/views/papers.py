"""Papers that come back and forms to sign: the same pages for the lawyer of a brief and for the team on the case."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions import papers as acts
from cases.dossier import to_sign
from cases.dossier.errors import RenderFailed
from cases.errors import CaseError, NotReady
from cases.lawyers import offers
from cases.lawyers.papers import papers_of, papers_of_case, steps
from cases.models import Case, Proposal
from cases.papers_form import PaperForm, arrived, not_kept
from cases.statement import states
from cases.views.account import streamed
from cases.views.fetch import fetch_case, opens, refused
from cases.views.lawyer_words import FORMS, NOT_READY
from cases.views.offers import fetch_own
from people.permissions import Permission, staff
from people.requests import StaffRequest
from vault.errors import NotKept
from vault.models import today

ENGAGED = [Proposal.State.ENGAGED]


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.READ_BRIEF)
@opens
def own(request: StaffRequest, proposal_id: UUID) -> HttpResponseBase:
    """The lawyer's page: forms to sign, what was brought, and bringing another."""
    proposal = fetch_own(request, proposal_id, ENGAGED)
    form = PaperForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _bring(request, proposal, form):
        return redirect("cases:own-papers", proposal.id)
    context: dict[str, Any] = {"proposal": proposal, "form": form, "forms": FORMS}
    try:
        acts.require_reader(proposal, request.person)
        context["papers"] = steps(papers_of(proposal, request.keyring))
    except NotReady as error:
        context["why_not"] = NOT_READY.get(error.code, error.code)
    return render(request, "desk/own_papers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.FIND_LAWYER)
@opens
def of_case(request: StaffRequest, reference: str) -> HttpResponseBase:
    """The team's page: the papers of every lawyer whom the case had; one is brought to the brief that is open."""
    case = fetch_case(request, reference, Permission.FIND_LAWYER)
    proposal = offers.current(case)
    is_open = proposal is not None and proposal.state == Proposal.State.ENGAGED
    form = PaperForm(request.POST or None, request.FILES or None) if is_open else None
    if form is not None and proposal is not None and form.is_valid() and _bring(request, proposal, form):
        return redirect("cases:papers", case.reference)
    briefs = [(each, steps(found)) for each, found in papers_of_case(case, request.keyring)]
    context = {"case": case, "proposal": proposal, "form": form, "forms": FORMS, "briefs": briefs}
    return render(request, "desk/case_papers.html", context)


def _bring(request: StaffRequest, proposal: Proposal, form: PaperForm) -> bool:
    """Keep the file, or say in the form why not; what was chosen and typed stays there."""
    found = arrived(request, form)
    if found is None:
        return False
    try:
        record = acts.bring(
            proposal=proposal, by=request.person, ring=request.keyring, kind=form.cleaned_data["kind"],
            upload=found.upload, name=found.name, content_type=found.content_type,
        )  # fmt: skip
    except NotKept:
        form.add_error("file", not_kept())
        return False
    except CaseError as error:
        form.add_error(None, str(NOT_READY.get(error.code, error.code)))
        return False
    messages.success(request, _("%(label)s is kept and sealed with the brief.") % {"label": record.label})
    return True


@require_safe
@staff(Permission.READ_BRIEF)
@opens
def own_paper(request: StaffRequest, proposal_id: UUID, paper_id: UUID) -> HttpResponseBase:
    """One paper for the lawyer, decrypted while it streams."""
    return _stream(request, fetch_own(request, proposal_id, ENGAGED), paper_id)


@require_safe
@staff(Permission.FIND_LAWYER)
@opens
def paper(request: StaffRequest, reference: str, paper_id: UUID) -> HttpResponseBase:
    """One paper for the team, decrypted while it streams."""
    case = fetch_case(request, reference, Permission.FIND_LAWYER)
    rows = case.proposals.select_related("lawyer__pair", "case__receipt")
    proposal = rows.filter(papers__id=paper_id).first()
    if proposal is None:
        raise Http404
    return _stream(request, proposal, paper_id)


def _stream(request: StaffRequest, proposal: Proposal, paper_id: UUID) -> HttpResponseBase:
    try:
        record, opener = acts.open_paper(
            proposal=proposal, paper_id=paper_id, by=request.person, ring=request.keyring
        )  # fmt: skip
    except NotReady as error:
        return refused(request, error)
    except CaseError as error:
        raise Http404 from error
    return streamed(opener, record.size, f"{proposal.case.reference}-{record.label}.{record.suffix}")


@require_safe
@staff(Permission.READ_BRIEF)
@opens
def own_form(request: StaffRequest, proposal_id: UUID, form: str) -> HttpResponseBase:
    """A form to sign, for the lawyer."""
    proposal = fetch_own(request, proposal_id, ENGAGED)
    try:
        acts.require_reader(proposal, request.person)
    except CaseError as error:
        return refused(request, error)
    return _made(request, proposal, form) or redirect("cases:own-papers", proposal.id)


@require_safe
@staff(Permission.FIND_LAWYER)
@opens
def form_to_sign(request: StaffRequest, reference: str, form: str) -> HttpResponseBase:
    """A form to sign, for the team."""
    case: Case = fetch_case(request, reference, Permission.FIND_LAWYER)
    proposal = offers.current(case)
    if proposal is None or proposal.state != Proposal.State.ENGAGED:
        return redirect("cases:lawyers", case.reference)
    return _made(request, proposal, form) or redirect("cases:papers", case.reference)


def _made(request: StaffRequest, proposal: Proposal, form: str) -> HttpResponse | None:
    """The form as a PDF under a neutral name, or None, and a message. It holds the reference and the State."""
    if form not in to_sign.FORMS:
        raise Http404
    state, reference = offers.offer_of(proposal, request.keyring)["country"], proposal.case.reference
    try:
        made = to_sign.make(
            form, language=proposal.case.language, state=state, reference=reference, day=today().isoformat(),
            names={each: states.name(state, each) for each in to_sign.LANGUAGES}, tmpfs=Path(settings.TMPFS_DIR),
        )  # fmt: skip
    except RenderFailed:
        messages.warning(request, _("The form could not be made now. Try again in a minute."))
        return None
    answer = HttpResponse(made.body, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{reference}-{to_sign.FORMS.index(form) + 1}.pdf"'
    return answer
