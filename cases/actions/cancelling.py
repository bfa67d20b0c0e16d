"""Stopping a dossier that no lawyer has fetched: by who asked for it, or by a lead."""

from __future__ import annotations

from django.db import transaction

from cases import work
from cases.actions.dossiers import lock
from cases.actions.withdrawing import drop
from cases.errors import Refused
from cases.models import Dossier
from cases.permission import CANCELLED
from people.models import Person
from people.permissions import Permission, may
from vault import audit
from vault.keyring import Keyring

State = Dossier.State
# A worker that builds holds the shares; it looks before each exhibit and erases what it has.
STOPPABLE = (State.REQUESTED, State.APPROVED, State.BUILDING, State.FAILED, State.READY)


def may_cancel(dossier: Dossier, by: Person) -> bool:
    """May this member stop it, as it stands now?"""
    is_own = dossier.requested_by_id == by.id and bool(may(by, Permission.REQUEST_DOSSIER, dossier.case))
    is_open = dossier.state in STOPPABLE and dossier.delivered_at is None
    return is_open and (is_own or bool(may(by, Permission.DECIDE_DOSSIER, dossier.case)))


@transaction.atomic
def cancel(*, dossier: Dossier, by: Person, ring: Keyring, reason: str) -> None:
    """Stop it for good and erase what was copied and built for it; the reason is sealed in the case's work.

    While a worker builds it, that worker erases it before its next exhibit. Raises Refused: "not_yours", or
    "already_decided" once the lawyer has fetched it or it ended otherwise.
    """
    locked = lock(dossier)
    if not may_cancel(locked, by):
        is_over = locked.state not in STOPPABLE or locked.delivered_at is not None
        raise Refused("already_decided" if is_over else "not_yours")
    work.write(locked.case, ring, "dossier", "cancelled", locked.id, {"reason": reason})
    audit.record(CANCELLED, "dossier", locked.id, by=by.id)
    if locked.state != State.BUILDING:
        drop(locked)
