"""The review of an account: it begins by itself once the facts are confirmed and two people work on the case."""

from __future__ import annotations

from django.db import transaction

from cases import guards
from cases.actions import moving
from cases.models import Case
from cases.workflow import is_possible
from people.models import Person
from vault.keyring import Keyring

REVIEW = "review"


@transaction.atomic
def begin_review(*, case: Case, by: Person, ring: Keyring) -> bool:
    """Begin the review of an account that arrived, as soon as its conditions are met; returns whether it began.

    Raises vault.errors.NoGrant or Forged when the case does not open.
    """
    moving.lock(case)
    if not is_possible(case, REVIEW):
        return False
    if not all(line.is_met for line in guards.lines(REVIEW, guards.Sight(case, ring))):
        return False
    moving.apply(case, REVIEW, by=by)
    return True
