"""The people who work here, and letting somebody in: invitation, six words, admission."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import joining, renewing, roster, spoken, wording
from people.errors import PeopleError, Refused, WrongWords
from people.member_forms import AdmitForm, InviteForm
from people.models import Invitation, Person
from people.permissions import Permission, may, staff
from people.requests import StaffRequest
from people.stepup import confirm
from vault.errors import NoGrant, Unstated

View = Callable[..., HttpResponseBase]
Kind = Invitation.Kind


def refuses(view: View) -> View:
    """Decorate a view whose act may be refused: the reason becomes a page, and so does a missing key."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except PeopleError as error:
            return render(request, "desk/refused.html", {"reason": wording.reason(error.code)}, status=409)
        except NoGrant:
            return render(request, "desk/no_key.html", status=403)

    return guarded


@require_safe
@staff(Permission.SEE_PEOPLE)
def show(request: StaffRequest) -> HttpResponseBase:
    """Everybody, invitations that wait, and keys that wait for a lead."""
    context = {
        "entries": roster.everybody(),
        "invitations": roster.invitations(),
        "waiting": roster.waiting(),
        "may_invite": may(request.person, Permission.INVITE).ok,
        "may_admit": may(request.person, Permission.ADMIT).ok,
    }
    return render(request, "desk/people.html", context)


@require_safe
@staff(Permission.SEE_PEOPLE)
def show_one(request: StaffRequest, person_id: UUID) -> HttpResponseBase:
    """One person, and what the viewer may do."""
    entry = roster.one(get_object_or_404(Person, id=person_id))
    acts = [
        (words, means, reverse(name, args=[person_id])) for words, means, name in roster.acts(request.person, entry)
    ]
    context = {
        "entry": entry,
        **_words(entry),
        "acts": acts,
        "may_admit": may(request.person, Permission.ADMIT).ok,
        "may_see_trail": may(request.person, Permission.SEE_TRAIL).ok,
    }
    return render(request, "desk/person.html", context)


def _words(entry: roster.Entry) -> dict[str, Any]:
    """The six words of an admitted key; of a row whose halves were changed there are none, and the page says so."""
    try:
        return {"words": [] if entry.is_new else spoken.words_of(entry.person.pair)}
    except Unstated:
        return {"is_broken": True}


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token", "made")
@staff(Permission.INVITE)
def invite(request: StaffRequest) -> HttpResponseBase:
    """Make a link for somebody new; it is shown on the answer to this request and never again."""
    form = InviteForm(request.POST or None, initial={"team": request.person.team})
    if form.is_valid():
        try:
            row, token = joining.invite(**form.cleaned_data, by=request.person)
        except Refused as error:
            form.add_error(None, wording.reason(error.code))
        else:
            return show_link(request, row, token)
    return render(request, "desk/invite.html", {"form": form})


def show_link(request: StaffRequest, row: Invitation, token: str) -> HttpResponseBase:
    """The page with a fresh link."""
    link = request.build_absolute_uri(reverse("people:join", args=[token]))
    is_own = row.person_id == request.person.id
    return render(request, "desk/invited.html", {"invitation": row, "link": link, "is_own": is_own})


@require_POST
@refuses
@staff(Permission.INVITE)
def withdraw(request: StaffRequest, invitation_id: UUID) -> HttpResponseBase:
    """End an invitation, and with it keys that nobody admitted."""
    row = get_object_or_404(Invitation, id=invitation_id)
    joining.withdraw(invitation=row, by=request.person)
    messages.success(request, _("The invitation of %(name)s is over; its link opens nothing.") % {"name": row.name})
    return redirect("people:people")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@refuses
@staff(Permission.ADMIT)
def admit(request: StaffRequest, invitation_id: UUID) -> HttpResponseBase:
    """Type the six words that one hears; right ones admit the key."""
    row = get_object_or_404(joining.current().select_related("person", "made_by"), id=invitation_id, state="joined")
    form = AdmitForm(row.kind, request.POST or None)
    if form.is_valid() and confirm(request, form):
        try:
            return _admit(request, row, form)
        except WrongWords:
            form.add_error("spoken", wording.WRONG_WORDS)
    return render(request, "desk/admit.html", {"invitation": row, "form": form, "is_new": row.kind == Kind.NEW})


def _admit(request: StaffRequest, row: Invitation, form: AdmitForm) -> HttpResponseBase:
    typed, by, ring = form.cleaned_data["spoken"], request.person, request.keyring
    if row.kind == Kind.NEW:
        person = joining.admit(
            invitation=row, by=by, ring=ring, typed=typed, role=form.cleaned_data["role"],
            is_intake=form.cleaned_data["is_intake"],
        )  # fmt: skip
        messages.success(request, _("%(name)s is admitted and may sign in.") % {"name": person.name})
    else:
        done = renewing.admit(invitation=row, by=by, ring=ring, typed=typed)
        person = done.person
        messages.success(
            request, _("%(name)s has new keys. Given again: %(given)s.") % {"name": person.name, "given": done.given}
        )
        for line in wording.lost(done.lost):
            messages.warning(request, _("Lost with the old key: %(line)s.") % {"line": line})
    return redirect("people:person", person.id)
