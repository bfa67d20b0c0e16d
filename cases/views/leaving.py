"""Removing a person for good."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cases.actions.leaving import remove_person
from people import wording
from people.member_forms import RemoveForm
from people.models import Person
from people.permissions import Permission, staff
from people.requests import StaffRequest
from people.stepup import confirm
from people.views.acts import page
from people.views.members import refuses


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@refuses
@staff(Permission.REMOVE)
def remove(request: StaffRequest, person_id: UUID) -> HttpResponseBase:
    """Say plainly what it does and what it cannot take back; then the login and the second factor."""
    person = get_object_or_404(Person, id=person_id)
    form = RemoveForm(person, request.POST or None)
    if not (form.is_valid() and confirm(request, form)):
        return page(request, person, wording.remove(person), form)
    ended = remove_person(person=person, by=request.person, ring=request.keyring)
    words = ngettext(
        "%(name)s is removed. %(count)s assignment ended.", "%(name)s is removed. %(count)s assignments ended.", ended
    )
    messages.success(request, words % {"name": person.name, "count": ended})
    return redirect("people:person", person.id)
