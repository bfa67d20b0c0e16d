"""The first run: the first lead makes the organisation at a one-time address."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from people import first_run, setup
from people.models import Role
from people.organisation import AlreadyFounded, NewPerson
from people.permissions import open_to_all
from people.recovery_forms import LeadForm
from people.requests import DeskRequest


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def begin(request: DeskRequest, token: str) -> HttpResponse:
    """Name, login, own password, proved authenticator; then the root and the keys. Any other token is no page."""
    if not first_run.is_open(token):
        raise Http404
    offer = setup.offer(request.session, "first-run", "lead")
    form = LeadForm(offer.secret, request.POST or None)
    if form.is_valid():
        return _begin(request, token, form)
    return render(request, "desk/first_run.html", {"form": form, "offer": offer})


def _begin(request: DeskRequest, token: str, form: LeadForm) -> HttpResponse:
    try:
        begun = first_run.begin(
            token=token, lead=lead_of(form), password=form.cleaned_data["password"], secret=form.secret
        )
    except AlreadyFounded:
        raise Http404 from None
    setup.forget(request.session)
    return render(request, "desk/first_run_done.html", {"begun": begun, "root": grouped(begun.root_fingerprint)})


def lead_of(form: LeadForm) -> NewPerson:
    """The lead whom a form describes."""
    typed = form.cleaned_data
    return NewPerson(typed["login"], typed["name"], Role.LEAD, typed["team"])


def grouped(content: bytes) -> str:
    """Bytes as hexadecimal digits in groups of four, to be read from paper."""
    return content.hex(" ", 2)
