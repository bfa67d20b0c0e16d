"""The page behind a one-time link: own password, own authenticator, own key, then six words for the telephone.

The token stands in the address alone: not in a log (portal.logs stars it), not in an event, not in a referrer.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from people import joining, setup, spoken
from people.errors import Refused
from people.models import Invitation
from people.permissions import open_to_all
from people.requests import DeskRequest
from people.setup import SetUpForm

JOINED = "joined"  # session: the invitation whose words may be shown


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def join(request: DeskRequest, token: str) -> HttpResponse:
    """Offer a password and a secret, take them back proved, make the key. Links that open nothing have one answer."""
    found = joining.find(token)
    if found is None:
        return _no_link(request)
    if request.person is not None and request.person.id != found.person_id:
        return render(request, "desk/join_other.html", status=409)
    offer = setup.offer(request.session, str(found.id), found.login)
    form = SetUpForm(offer.secret, request.POST or None)
    if form.is_valid():
        return _join(request, token, form)
    return render(request, "desk/join.html", {"invitation": found, "offer": offer, "form": form})


@open_to_all
@require_safe
def joined(request: DeskRequest) -> HttpResponse:
    """The six words, for as long as they wait to be heard; then the way to the sign-in."""
    rows = Invitation.objects.select_related("pair", "person", "made_by")
    row = rows.filter(id=str(request.session.get(JOINED) or UUID(int=0))).exclude(pair=None).first()
    if row is None or row.pair is None:
        return redirect("people:sign-in")
    waits = row.state == Invitation.State.JOINED
    context = {"invitation": row, "waits": waits, "words": spoken.words_of(row.pair) if waits else []}
    return render(request, "desk/joined.html", context)


def _join(request: DeskRequest, token: str, form: SetUpForm) -> HttpResponse:
    try:
        row = joining.join(token=token, password=form.cleaned_data["password"], secret=form.secret)
    except Refused:
        return _no_link(request)
    if request.person is None:
        request.session.flush()
    setup.forget(request.session)
    request.session[JOINED] = str(row.id)
    return redirect("people:joined")


def _no_link(request: DeskRequest) -> HttpResponse:
    return render(request, "desk/join_no.html", status=404)
