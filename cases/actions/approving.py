"""Four eyes: one member asks with a reason, a lead who did not ask decides, and only then something happens.

What a decision does is in cases.actions.agreed. It takes effect from the two signed records, read back and verified at
that moment: a row that says "agreed", whoever wrote it, does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases import work
from cases.errors import Refused
from cases.evidence import Pair
from cases.models import Approval, Case
from cases.signed import Signed, signed_at
from people.models import Person, Role
from people.permissions import Permission, may
from people.recipients import STAFF
from vault import audit
from vault.errors import Forged
from vault.keyring import Keyring
from vault.models import today

TABLE, ASKED, DECIDED = "approval", "asked", "decided"
State = Approval.State
MANY = {Approval.Kind.FLAG}  # of which several may wait at once, each about something else


@dataclass(frozen=True, slots=True)
class Agreed:
    """What two people agreed to, from their signed records."""

    approval: Approval
    pair: Pair
    reason: str
    content: dict[str, Any]

    @property
    def case(self) -> Case:
        """The case that it is about."""
        return self.approval.case


@transaction.atomic
def ask(
    *, case: Case, kind: str, by: Person, ring: Keyring, reason: str, content: dict[str, Any] | None = None
) -> Approval:  # fmt: skip
    """Ask a lead. The reason and what is asked are sealed in `work` and signed.

    Raises Refused: the permission, "reason" when none is given, "already_asked" while another asking of the kind waits.
    """
    _require(may(by, Permission.REQUEST_STEP, case))
    if not reason.strip():
        raise Refused("reason")
    Case.objects.select_for_update().get(id=case.id)
    expire(today(), case)
    if kind not in MANY and case.approvals.filter(kind=kind, state=State.REQUESTED).exists():
        raise Refused("already_asked")
    row = Approval.objects.create(case=case, kind=kind, requested_by=by)
    asked = {"kind": kind, "reason": reason, "content": content or {}, "until": row.expires_on.isoformat()}
    work.write(case, ring, TABLE, ASKED, row.id, asked)
    audit.record("approval.requested", "case", case.id, by=by.id, detail=_detail(row))
    return row


@transaction.atomic
def decide(*, approval: Approval, by: Person, ring: Keyring, reason: str, is_agreed: bool) -> Agreed | None:
    """Write a lead's signed decision; returns what was agreed to, verified, or None for a refusal.

    Raises Refused: the permission, "own_request", "already_decided", "expired".
    """
    row = _locked(approval)
    _require(may(by, Permission.DECIDE_STEP, row.case))
    if row.requested_by_id == by.id:
        raise Refused("own_request")
    if row.state != State.REQUESTED:
        raise Refused("already_decided")
    if row.expires_on < today():
        raise Refused("expired")
    request_of(row, ring)
    work.write(row.case, ring, TABLE, DECIDED, row.id, {"agreed": is_agreed, "reason": reason})
    state = State.AGREED if is_agreed else State.REFUSED
    Approval.objects.filter(id=row.id).update(state=state, decided_by=by, decided_at=timezone.now())
    audit.record(f"approval.{state}", "case", row.case_id, by=by.id, detail=_detail(row))
    return verified(row, ring) if is_agreed else None


@transaction.atomic
def take_back(*, approval: Approval, by: Person) -> None:
    """The asker takes an asking back that nobody has decided. Raises Refused."""
    row = _locked(approval)
    if row.requested_by_id != by.id or row.state != State.REQUESTED:
        raise Refused("already_decided")
    Approval.objects.filter(id=row.id).update(state=State.TAKEN_BACK)
    audit.record("approval.taken_back", "case", row.case_id, by=by.id, detail=_detail(row))


def expire(on: date, case: Case | None = None) -> int:
    """Let what nobody decided in time lapse; returns how many. case: only of this one."""
    over = Approval.objects.filter(state=State.REQUESTED, expires_on__lt=on)
    return (over.filter(case=case) if case else over).update(state=State.EXPIRED)


def verified(approval: Approval, ring: Keyring) -> Agreed:
    """What was asked for and agreed to, by two different people whose signatures verify.

    The decision must be a lead's, and not of the one who asked; no column is believed. Raises Forged, NoGrant.
    """
    asked, decided = request_of(approval, ring), _signed(approval, ring, DECIDED, {Role.LEAD})
    if decided is None or decided.content.get("agreed") is not True or decided.holder == asked.holder:
        raise Forged(f"approval {approval.id}: not agreed to by a second person")
    if decided.on.isoformat() > asked.content["until"]:
        raise Forged(f"approval {approval.id}: decided after its last day")
    return Agreed(
        approval, Pair(asked.holder, decided.holder), asked.content["reason"], dict(asked.content["content"])
    )  # fmt: skip


def request_of(approval: Approval, ring: Keyring) -> Signed:
    """What was asked, as the asker signed it. Raises Forged when the row names another kind or another person."""
    asked = _signed(approval, ring, ASKED, STAFF)
    if asked is None or asked.holder != approval.requested_by_id or asked.content["kind"] != approval.kind:
        raise Forged(f"approval {approval.id}: its row says something else than its record")
    return asked


def decision_of(approval: Approval, ring: Keyring) -> dict[str, Any]:
    """What the lead wrote: {"agreed", "reason"}, or nothing yet."""
    found = _signed(approval, ring, DECIDED, {Role.LEAD})
    return found.content if found else {}


def by_id(approval_id: UUID) -> Approval | None:
    """An asking with its case and people."""
    rows = Approval.objects.select_related("case__receipt", "requested_by", "decided_by")
    return rows.filter(id=approval_id).first()


def _signed(approval: Approval, ring: Keyring, field: str, roles: Any) -> Signed | None:
    return signed_at(approval.case, ring, TABLE, field, approval.id, roles)


def _locked(approval: Approval) -> Approval:
    Case.objects.select_for_update().get(id=approval.case_id)
    rows = Approval.objects.select_for_update(of=("self",)).select_related("case__receipt", "requested_by")
    return rows.get(id=approval.id)


def _detail(row: Approval) -> dict[str, object]:
    return {"approval": str(row.id), "kind": row.kind}


def _require(decision: Any) -> None:
    if not decision.ok:
        raise Refused(decision.reason)
