"""Intake staff: the caseworkers whom a lead names to read new accounts. The root says so in a second statement.

It stands in the directory and in no column, so that nobody is given the intake key because of a row.
"""

from __future__ import annotations

from datetime import date

from people.models import Person, Role
from people.recipients import INTAKE
from vault.directory import state
from vault.models import KeyPair, Statement, today
from vault.signers import Signer

LAST = date(9999, 12, 31)  # a statement with a last day can be withdrawn before it


def state_intake(person: Person, root: Signer) -> Statement:
    """Let the root say that a caseworker reads new accounts."""
    return state_second(person.pair, person, root)


def state_second(pair: KeyPair, person: Person, root: Signer) -> Statement:
    """The same for a pair that is about to become the person's own. Raises ValueError for another role."""
    if person.role != Role.CASEWORKER:
        raise ValueError(f"person {person.id}: only caseworkers are named")
    return state(
        pair=pair, holder=person.id, use=KeyPair.Use.PERSON, role=INTAKE, from_on=today(), until_on=LAST, signer=root
    )  # fmt: skip
