"""Before and after an interview: who looks after the person, on which day, and that it was done (triage.md 8.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import records
from cases.lawyers import plans, rooms
from cases.models import Proposal
from people.models import Role
from people.recipients import STAFF
from vault.directory import statement_for
from vault.errors import Forged
from vault.keyring import Keyring
from vault.models import KeyPair, SealedValue

FIELD = "care"
BEFORE, CALL, CHECK = "before", "call", "check"
WORDS: dict[str, str | Promise] = {
    BEFORE: _("Look whether the person is safe and well, the day before"),
    CALL: _("Call after the interview, within one to three days"),
    CHECK: _("Look how the person is, after 14 days"),
}
# From the interview; the first that is not hard is taken.
DAYS = {BEFORE: (-1, -2, -3), CALL: (3, 2, 1), CHECK: (14, 15, 13, 16)}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do. due: the last good day; done_on: ISO, "" while it is not done."""

    kind: str
    words: str | Promise
    due: date
    done_on: str = ""


def lines(proposal: Proposal, ring: Keyring) -> list[Line]:
    """What is to be done around the interview of the plan that stands now; nothing before the person agreed to it."""
    plan = plans.plan_of(proposal, ring)
    if plan is None or not plans.is_accepted(proposal, ring):
        return []
    hard, done = plans.hard_days(proposal, ring), _done(proposal, ring)
    return [Line(kind, WORDS[kind], due_on(kind, plan.day, hard), _on(done.get(kind, ""), kind, plan)) for kind in DAYS]


def due_on(kind: str, day: str, hard: set[str]) -> date:
    """The day for it, away from hard days as far as there is another. day: of the interview, ISO."""
    days = [date.fromisoformat(day) + timedelta(days=each) for each in DAYS[kind]]
    return next((each for each in days if not plans.is_hard(each, hard)), days[0])


def was_called(proposal: Proposal, ring: Keyring) -> bool:
    """Did the lawyer or a member note the call, on the day of the interview or later?"""
    return any(each.kind == CALL and each.done_on for each in lines(proposal, ring))


def _on(noted: str, kind: str, plan: plans.Plan) -> str:
    """The day that was noted; what lies before the interview of today's plan belongs to an earlier one."""
    return noted if kind == BEFORE or noted >= plan.day else ""


def _done(proposal: Proposal, ring: Keyring) -> dict[str, str]:
    """The newest day noted for each kind, by the lawyer or a member. Raises Forged for anybody else."""
    found = {}
    for value, content in records.read_all(rooms.opened(proposal, ring), rooms.TABLE, proposal.id, FIELD):
        _require_hand(proposal, value)
        found[content["kind"]] = content["on"]
    return found


def _require_hand(proposal: Proposal, value: SealedValue) -> None:
    statement = statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, roles={*STAFF, Role.LAWYER})
    if statement.role == Role.LAWYER and statement.holder != proposal.lawyer_id:
        raise Forged(f"brief {proposal.id}: {FIELD} in another hand")
