"""Removing a person: the work on cases ends with the access."""

from __future__ import annotations

from django.db import transaction

from cases.models import Assignment
from people import life
from people.models import Person
from vault.keyring import Keyring
from vault.models import today


@transaction.atomic
def remove_person(*, person: Person, by: Person, ring: Keyring) -> int:
    """Remove somebody for good and return how many assignments ended.

    Raises people.errors.Refused, vault.errors.NoGrant without the root; then nothing has ended.
    """
    ended = Assignment.objects.filter(person=person, ended_on=None).update(ended_on=today())
    life.remove(person=person, by=by, ring=ring)
    return ended
