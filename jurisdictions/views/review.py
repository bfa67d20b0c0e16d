"""The work list of the law, and proposals: made by one person, signed or refused by another."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jurisdictions.checks import checks
from jurisdictions.load.values import Place, read_key, state_of
from jurisdictions.models import JurisdictionBasis, Proposal, State
from jurisdictions.naming import lines, row_name, value_name
from jurisdictions.provenance import values
from jurisdictions.review import NotDone, Who, place_of, propose, refuse, sign, value_of
from jurisdictions.review_forms import ChecksForm, ProposalForm, RefusalForm
from jurisdictions.views.readers import for_editors, for_readers, for_reviewers

PAGE, DECIDED = 50, 20  # rows of the work list, decided proposals that are shown


@require_safe
@for_readers
def work_list(request: HttpRequest) -> HttpResponse:
    """Every value that is stale or unverified, narrowed by the form above the table."""
    form = ChecksForm(request.GET)
    found = checks(form.wanted(), timezone.now().date())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    return render(request, "desk/law_checks.html", {"form": form, "page": page, "asked": asked.urlencode()})


@require_safe
@for_readers
def all_values(request: HttpRequest, iso2: str) -> HttpResponse:
    """Every value of one State with source, confidence, day of check, reviewer and the time in which it is the law."""
    state = get_object_or_404(State, iso2=iso2.upper())
    return render(request, "desk/law_values.html", {"state": state, "values": values(state.iso2)})


@require_safe
@for_readers
def proposals(request: HttpRequest) -> HttpResponse:
    """What waits for a signature, and what was decided last."""
    waiting = [_shown(row) for row in Proposal.objects.filter(state=Proposal.State.OPEN)]
    decided = Proposal.objects.exclude(state=Proposal.State.OPEN).order_by("-decided_on", "-pk")[:DECIDED]
    context = {"waiting": waiting, "decided": [_shown(row) for row in decided]}
    return render(request, "desk/law_proposals.html", context)


@require_safe
@for_readers
def proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """One proposal: what stands, what should stand, why, and who may decide."""
    return _page(request, get_object_or_404(Proposal, pk=proposal_id), RefusalForm())


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def propose_value(request: HttpRequest, kind: str, key: str, field: str) -> HttpResponse:
    """The form for one value, filled as it stands; whoever may sign it is another person."""
    place, stands = _found(kind, key, field)
    form = ProposalForm(place, stands, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = propose(place=place, value=form.value(), ground=form.ground(), by=who(request))
        except NotDone as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Proposed. It changes nothing until somebody else signs it."))
            return redirect("jurisdictions:proposal", made.pk)
    context = {"form": form, "place": place, **_names(place), "stands": lines(*place, stands)}
    return render(request, "desk/law_propose.html", context)


@require_POST
@for_reviewers
def sign_proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Sign it; the value changes now."""
    found = get_object_or_404(Proposal, pk=proposal_id)
    try:
        sign(proposal_id=found.pk, by=who(request))
    except NotDone as error:
        return _page(request, found, RefusalForm(), str(error))
    messages.success(request, _("Signed. The value has changed, and cases that it is about are assessed again."))
    return redirect("jurisdictions:proposal", found.pk)


@require_POST
@for_reviewers
def refuse_proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Refuse it with a reason; the value stays."""
    found, form = get_object_or_404(Proposal, pk=proposal_id), RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        refuse(proposal_id=found.pk, by=who(request), reason=form.cleaned_data["reason"])
    except NotDone as error:
        return _page(request, found, form, str(error))
    messages.success(request, _("Refused. The value stays as it was."))
    return redirect("jurisdictions:proposal", found.pk)


def who(request: HttpRequest) -> Who:
    """The person of the request, whom people.middleware has let in, as two texts."""
    person = request.person  # type: ignore[attr-defined]
    return Who(person.name, person.login)


def _found(kind: str, key: str, field: str) -> tuple[Place, dict[str, object]]:
    """The value that an address names. Raises Http404 when there is none."""
    try:
        place = (kind, read_key(kind, key), field)
        return place, value_of(place)
    except (ValueError, KeyError) as error:  # NotDone is a ValueError
        raise Http404 from error


def _page(request: HttpRequest, found: Proposal, form: RefusalForm, refused: str = "") -> HttpResponse:
    person = getattr(request, "person", None)
    context = {
        **_shown(found),
        "form": form,
        "refused": refused,
        "is_own": bool(person and person.login == found.proposed_login),
    }
    return render(request, "desk/law_proposal.html", context, status=409 if refused else 200)


def _shown(found: Proposal) -> dict[str, object]:
    place = place_of(found)
    before, after = lines(*place, found.before or {}), lines(*place, found.value or {})
    pairs = [(label, old, new) for (label, old), (_, new) in zip(before, after, strict=True)]
    return {"proposal": found, **_names(place), "pairs": pairs, "is_same": found.before == found.value}


def _names(place: Place) -> dict[str, object]:
    kind, key, name = place
    state = State.objects.filter(iso2=state_of(kind, key)).first()
    bases = JurisdictionBasis.objects.filter(state_id=key[0], number=key[1]) if kind == "JurisdictionBasis" else None
    row = bases.values("crime", "provision").first() if bases else None
    return {"state": state, "row": row_name(kind, key, dict(row) if row else None), "value": value_name(name)}
