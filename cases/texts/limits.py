"""Was the person told what of a filed complaint can still be taken back?"""

from __future__ import annotations

from cases import records
from cases.lawyers.proposals import opened_messages
from cases.models import Case
from cases.workflow import is_possible
from people.recipients import STAFF
from vault.directory import statement_for
from vault.heads import settled
from vault.keyring import Keyring
from vault.models import KeyPair

TABLE, FIELD, STEP = "case", "limits", "withdraw_filed"


def is_explained(case: Case, ring: Keyring) -> bool:
    """By a record that a member signed. Raises vault.errors.Forged for another hand, NoGrant."""
    return settled(case.id, lambda: _is_explained(case, ring))


def may_stop(case: Case, receipt: Keyring) -> bool:
    """May the person stop what is filed now?"""
    return is_possible(case, STEP) and is_explained(case, receipt)


def _is_explained(case: Case, ring: Keyring) -> bool:
    values = records.read_all(opened_messages(case, ring), TABLE, case.id, FIELD)
    newest = max((value for value, _ in values), key=lambda each: each.version, default=None)
    if newest is None:
        return False
    statement_for(newest.signer, {KeyPair.Use.PERSON}, newest.made_on, roles=STAFF)
    return True
