"""Sealing to a person: the directory must name this very person, in the role that the row claims."""

from __future__ import annotations

from collections.abc import Collection

from people.models import Person, Role
from vault.errors import Unstated
from vault.models import KeyPair
from vault.recipients import Recipient, stated

STAFF = frozenset({Role.CASEWORKER, Role.LEAD})
INTAKE = "intake"  # what a caseworker's second statement says: this key may hold the intake key


def recipient_of(person: Person, roles: Collection[str]) -> Recipient:
    """The key of a person as something may be sealed to it.

    Raises Unstated when the root signed no statement that covers today, or signed it for somebody else or for another
    role: a row that was given a colleague's key, or a lawyer's row that calls itself a caseworker, gets nothing.
    Whoever stands in for the leads has a second statement, as a lead, until a day: it makes no lead of the row itself.
    """
    found = stated(person.pair, {KeyPair.Use.PERSON}, roles={person.role, person.acting_role} & set(roles))
    is_own_role = found.role == person.role
    if found.holder != person.id or (is_own_role and found.until is not None):
        raise Unstated(f"person {person.id}: the directory says something else")
    return found


def is_intake_staff(person: Person) -> bool:
    """Does the root say that this caseworker reads new accounts? A row alone says nothing."""
    try:
        found = stated(person.pair, {KeyPair.Use.PERSON}, roles={INTAKE})
        return found.holder == person.id and recipient_of(person, {Role.CASEWORKER}) is not None
    except Unstated:
        return False
