"""Legal holds: while one stands nothing of the case is erased. One lead places it, another one lifts it.

The rows are for lists. Whether a hold stands is read from sealed records, so that a row that was deleted or set to
lifted by somebody who writes to the database does not make way for an erasing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from cases import records, work
from cases.errors import Refused
from cases.models import Case, LegalHold
from people.models import Person
from people.permissions import Permission, may
from vault import audit
from vault.errors import Forged
from vault.keyring import Keyring
from vault.models import SealedValue, today
from vault.opened import Opened

TABLE, PLACED, LIFTED = "legal_hold", "placed", "lifted"


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold with its sealed reasons; `lifted` is "" while it stands."""

    row: LegalHold
    reason: str
    lifted: str

    @property
    def stands(self) -> bool:
        """Does it keep the case from being erased?"""
        return self.row.lifted_on is None


@transaction.atomic
def place_hold(*, case: Case, by: Person, ring: Keyring, reason: str) -> LegalHold:
    """Place a hold, with a reason that is sealed in `work`. Raises Refused: "held", "erased", or the permission."""
    _require(by, case)
    lock(case.id)
    if case.legal_holds.filter(lifted_on=None).exists():
        raise Refused("held")
    row = LegalHold.objects.create(case=case, placed_by=by)
    work.write(case, ring, TABLE, PLACED, row.id, {"reason": reason})
    audit.record("legal_hold.placed", "case", case.id, by=by.id, detail={"hold": str(row.id)})
    return row


@transaction.atomic
def lift_hold(*, hold: LegalHold, by: Person, ring: Keyring, reason: str) -> None:
    """Lift a hold that another lead placed. Raises Refused ("own_hold", "lifted")."""
    case = lock(hold.case_id)
    _require(by, case)
    row = LegalHold.objects.get(id=hold.id)
    if row.placed_by_id == by.id:
        raise Refused("own_hold")
    if row.lifted_on is not None:
        raise Refused("lifted")
    holds_of(case, ring)
    work.write(case, ring, TABLE, LIFTED, row.id, {"reason": reason})
    LegalHold.objects.filter(id=row.id).update(lifted_by=by, lifted_on=today())
    audit.record("legal_hold.lifted", "case", case.id, by=by.id, detail={"hold": str(row.id)})


def lock(case_id: UUID) -> Case:
    """The case, locked. Raises Refused("erased") when it is gone."""
    found = Case.objects.select_for_update().filter(id=case_id).first()
    if found is None:
        raise Refused("erased")
    return found


def holds_of(case: Case, ring: Keyring) -> list[Hold]:
    """All holds of a case, oldest first. Raises Forged when rows and sealed records do not say the same, NoGrant."""
    opened = work.opened(case, ring)
    rows = list(case.legal_holds.select_related("placed_by", "lifted_by"))
    records.require_rows(opened, TABLE, [row.id for row in rows])
    return [_hold(case, row, opened) for row in rows]


def _hold(case: Case, row: LegalHold, opened: list[Opened]) -> Hold:
    placed, lifted = (_record(case, row, field, opened) for field in (PLACED, LIFTED))
    if placed is None or (lifted is None) != (row.lifted_on is None):
        raise Forged(f"legal hold {row.id}: its row says something else than its records")
    if lifted is not None and lifted[0].signer_id == placed[0].signer_id:
        raise Forged(f"legal hold {row.id}: placed and lifted by one hand")
    return Hold(row, placed[1]["reason"], lifted[1]["reason"] if lifted else "")


def _record(case: Case, row: LegalHold, field: str, opened: list[Opened]) -> tuple[SealedValue, Any] | None:
    found = next(records.read_all(opened, TABLE, row.id, field), None)
    if found is not None and found[0].signer_id == case.receipt_id:
        raise Forged(f"sealed value {found[0].id}: signed by another hand")
    return found


def _require(by: Person, case: Case) -> None:
    decision = may(by, Permission.HOLD_CASE, case)
    if not decision.ok:
        raise Refused(decision.reason)
