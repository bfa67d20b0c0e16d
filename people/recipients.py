"""Sealing to a person: the directory must name this very person, in the role that the row claims."""

from __future__ import annotations

from collections.abc import Collection

from people.models import Person, Role
from vault.errors import Unstated
from vault.models import KeyPair
from vault.recipients import Recipient, stated

STAFF = frozenset({Role.CASEWORKER, Role.LEAD})


def recipient_of(person: Person, roles: Collection[str]) -> Recipient:
    """The key of a person as something may be sealed to it.

    Raises Unstated when the root signed no statement that covers today, or signed it for somebody else or for another
    role: a row that was given a colleague's key, or a lawyer's row that calls itself a caseworker, gets nothing.
    """
    found = stated(person.pair, {KeyPair.Use.PERSON})
    if found.holder != person.id or found.role != person.role or found.role not in roles:
        raise Unstated(f"person {person.id}: the directory says something else")
    return found
