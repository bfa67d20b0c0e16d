"""What a person did, in words; reading it is put on record."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from people import trail
from people.models import Person
from people.permissions import Permission, may, require, staff
from people.requests import StaffRequest


@require_safe
@staff(Permission.OWN_ACCOUNT)
def show(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """A person's trail: for leads and data protection, and everybody's own."""
    sees_all = may(request.person, Permission.SEE_TRAIL)
    if person_id != request.person.id:
        require(sees_all)
    person = get_object_or_404(Person, id=person_id)
    trail.record_reading("person", person.id, request.person)
    context = {"of": person, "trail": trail.show(trail.of_person(person), request.GET), "links": sees_all.ok}
    return render(request, "desk/trail_person.html", context)
