"""Assigning a case: the assignee's own key gets a grant to every epoch that the giver can open."""

from __future__ import annotations

from django.db import transaction

from cases import keys
from cases.errors import Refused
from cases.models import Assignment, Case
from people.models import Person
from people.permissions import Permission, may
from people.recipients import STAFF, recipient_of
from vault import audit, compartments
from vault.keyring import Keyring
from vault.models import Grant
from vault.opened import Opened
from vault.recipients import Recipient

PURPOSE = "assignment"


@transaction.atomic
def assign(*, case: Case, person: Person, by: Person, ring: Keyring) -> Assignment:
    """Assign a case and grant its compartments.

    Raises Refused, vault.errors.NoGrant, or Unstated when the directory does not name this person's key as staff.
    """
    permission = Permission.TAKE_CASE if person == by else Permission.ASSIGN_CASE
    decision = may(by, permission, case)
    if not decision.ok:
        raise Refused(decision.reason)
    if not may(person, Permission.TAKE_CASE, case).ok:
        raise Refused("this person does not take cases")
    recipient = recipient_of(person, STAFF)
    _grant_everything(case, ring, recipient)
    row, _ = Assignment.objects.get_or_create(case=case, person=person, ended_on=None, defaults={"by": by})
    audit.record("case.assigned", "case", case.id, by=by.id, detail={"person": str(person.id)})
    return row


def _grant_everything(case: Case, ring: Keyring, recipient: Recipient) -> None:
    for kind in keys.ASSIGNED_KINDS:
        for opened in keys.open_whole(case, kind, ring):
            _grant_once(opened, ring, recipient)


def _grant_once(opened: Opened, ring: Keyring, recipient: Recipient) -> None:
    if not Grant.objects.filter(epoch=opened.epoch, recipient=recipient.pair).exists():
        compartments.grant(opened, recipient, giver=ring.signer, purpose=PURPOSE)
