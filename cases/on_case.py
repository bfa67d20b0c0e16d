"""Who can be given something to do on a case: whoever accepted it, and the leads, whose key opens each."""

from __future__ import annotations

from django.db.models import Q

from cases.models import Case
from people.models import Person, Role
from people.permissions import Permission, may


def people_on(case: Case) -> list[Person]:
    """The active members on a case, by name."""
    accepted = Q(assignments__case=case, assignments__ended_on=None, assignments__accepted_on__isnull=False)
    found = Person.objects.staff().filter(accepted | Q(role=Role.LEAD)).distinct().order_by("name")
    return [each for each in found if may(each, Permission.SEE_CASE, case).ok]
