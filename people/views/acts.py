"""Acts about one person, each on a page of its own that says first what it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from people import deputies, life, naming, renewing, wording
from people.errors import Refused
from people.member_forms import DeputyForm, KindForm
from people.models import Invitation, Person
from people.permissions import Permission, may, staff
from people.requests import StaffRequest
from people.stepup import SecondFactorForm, confirm
from people.views.members import refuses, show_link
from people.wording import Act

METHODS = ["GET", "HEAD", "POST"]
Kind = Invitation.Kind


@require_http_methods(METHODS)
@sensitive_post_parameters("code")
@refuses
@staff(Permission.SUSPEND)
def suspend(request: StaffRequest, person_id: UUID) -> HttpResponseBase:
    """Close the door to somebody at once."""
    person = get_object_or_404(Person, id=person_id)
    return asked(request, person, wording.suspend(person), lambda: life.suspend(person=person, by=request.person))


@require_http_methods(METHODS)
@sensitive_post_parameters("code")
@refuses
@staff(Permission.ADMIT)
def reinstate(request: StaffRequest, person_id: UUID) -> HttpResponseBase:
    """Let somebody in again."""
    person = get_object_or_404(Person, id=person_id)
    return asked(request, person, wording.reinstate(person), lambda: life.reinstate(person=person, by=request.person))


@require_http_methods(METHODS)
@sensitive_post_parameters("code")
@refuses
@staff(Permission.ADMIT)
def name_intake(request: StaffRequest, person_id: UUID) -> HttpResponseBase:
    """Let a caseworker read new accounts."""
    person = get_object_or_404(Person, id=person_id)
    return asked(
        request,
        person,
        wording.name_intake(person),
        lambda: naming.name(person=person, by=request.person, ring=request.keyring),
    )


@require_http_methods(METHODS)
@sensitive_post_parameters("code")
@refuses
@staff(Permission.ADMIT)
def end_intake(request: StaffRequest, person_id: UUID) -> HttpResponseBase:
    """Take the intake key from somebody."""
    person = get_object_or_404(Person, id=person_id)
    return asked(
        request,
        person,
        wording.end_intake(person),
        lambda: naming.end(person=person, by=request.person, ring=request.keyring),
    )


@require_http_methods(METHODS)
@sensitive_post_parameters("code")
@refuses
@staff(Permission.NAME_DEPUTY)
def deputy(request: StaffRequest, person_id: UUID) -> HttpResponseBase:
    """Let somebody stand in for the leads until a day."""
    person = get_object_or_404(Person, id=person_id)
    form = DeputyForm(request.POST or None)
    if not (form.is_valid() and confirm(request, form)):
        return page(request, person, wording.deputy(person), form)
    until = form.cleaned_data["until"]
    deputies.name(person=person, until=until, by=request.person, ring=request.keyring)
    return done(request, person, wording.deputy(person))


@require_http_methods(METHODS)
@sensitive_post_parameters("code")
@refuses
@staff(Permission.NAME_DEPUTY)
def end_deputy(request: StaffRequest, person_id: UUID) -> HttpResponseBase:
    """End it before the last day."""
    person = get_object_or_404(Person, id=person_id)
    running = deputies.running(person)
    if not running:
        raise Refused("not_deputy")
    return asked(
        request,
        person,
        wording.end_deputy(person),
        lambda: deputies.end(deputyship=running[0], by=request.person, ring=request.keyring),
    )


@require_http_methods(METHODS)
@sensitive_post_parameters("code")
@sensitive_variables("token")
@refuses
@staff(Permission.OWN_ACCOUNT)
def new_keys(request: StaffRequest, person_id: UUID) -> HttpResponseBase:
    """Make a link for new keys: a lead for anybody, everybody for the own key when it is in doubt."""
    person, is_own = get_object_or_404(Person, id=person_id), person_id == request.person.id
    if not is_own and not may(request.person, Permission.ADMIT):
        raise PermissionDenied
    form = SecondFactorForm(request.POST or None) if is_own else KindForm(request.POST or None)
    if not (form.is_bound and form.is_valid() and confirm(request, form)):
        return page(request, person, wording.new_keys(person, is_own=is_own), form)
    kind = form.cleaned_data.get("kind", Kind.SUSPICION)
    row, token = renewing.start(person=person, kind=kind, by=request.person)
    return show_link(request, row, token)


def asked(request: StaffRequest, person: Person, act: Act, do: Callable[[], object]) -> HttpResponseBase:
    """Say what an act does; do it when the second factor has come with the answer."""
    form = SecondFactorForm(request.POST or None)
    if not (form.is_bound and form.is_valid() and confirm(request, form)):
        return page(request, person, act, form)
    do()
    return done(request, person, act)


def page(request: StaffRequest, person: Person, act: Act, form: SecondFactorForm) -> HttpResponseBase:
    """The page that says what an act does and asks for the second factor."""
    context: dict[str, Any] = {
        "person": person,
        "act": act,
        "form": form,
        "may_see_people": may(request.person, Permission.SEE_PEOPLE).ok,
    }
    return render(request, "desk/person_act.html", context)


def done(request: StaffRequest, person: Person, act: Act) -> HttpResponseBase:
    """Back to the person, with a word that it was done."""
    messages.success(request, act.done)
    return redirect("people:person", person.id)
