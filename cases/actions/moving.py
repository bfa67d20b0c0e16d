"""Moving a case from one status to another: one function, under a lock of its row, with a line in the audit trail."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cases.errors import Refused
from cases.evidence import Pair
from cases.models import Case, Proposal
from cases.workflow import BY_CODE, WAITING, Transition, Who, columns, is_possible
from people.models import Person, Role
from people.permissions import Permission, may
from vault import audit, rows
from vault.keyring import Keyring
from vault.models import today

MOVED, MOVED_BY_PERSON = "case.moved", "case.went_on"  # by us, and by the survivor
CODE = "stale"


@transaction.atomic
def apply(case: Case, code: str, **how: Any) -> None:
    """Take one step of cases.workflow.TABLE, see within()."""
    within(case, code, **how)


def within(
    case: Case, code: str, *, by: Person | None = None, receipt: Keyring | None = None, pair: Pair | None = None,
    is_alone: bool = False, seen: str = "", event: str = MOVED, detail: dict[str, object] | None = None, **also: Any,
) -> None:  # fmt: skip
    """Take one step of cases.workflow.TABLE in the caller's transaction. The object says the same as the row then.

    by: the member; receipt: the keyring of the survivor; neither: the system. pair: for a step that takes two, whom the
    signed records name. seen: the status that the page showed. event, detail: what the audit trail says, if not that
    the case was moved. is_alone: break-glass, for releasing a P0 hold only. also: other columns that change with it.

    Guards are the caller's: they need keys, see cases.guards.require(). Raises Refused: "stale" when the case does not
    stand where this step begins, "who" for anybody else, "two" without a second person.
    """
    step = BY_CODE[code]
    lock(case)
    if (seen and seen != case.status) or not is_possible(case, code):
        raise Refused(CODE)
    if not (is_alone and _breaks_glass(case, step, by)):
        _require_who(case, step, by, receipt, pair)
    changed = columns(case, step)
    if "status" in changed:
        changed["status_on"] = today()  # type: ignore[assignment]
    _store(case, changed | also)
    event = MOVED_BY_PERSON if event == MOVED and receipt is not None else event
    said = {"step": code, "to": case.status} if event in (MOVED, MOVED_BY_PERSON) else {}
    rows.store([audit.event(event, "case", case.id, by=by.id if by else None, detail={**said, **(detail or {})})])


@transaction.atomic
def heard(case: Case, receipt: Keyring, **also: Any) -> None:
    """The person sent something: it waits for an answer, and a case that waited for the person goes on."""
    lock(case)
    news = {"has_news": True, "heard_on": today(), **also}
    if case.status in WAITING:
        within(case, "return", receipt=receipt, **news)
        return
    _store(case, news)


def lock(case: Case) -> None:
    """Lock the row and take over where it stands. Raises Case.DoesNotExist when it was erased."""
    row = rows.first(Case, locked=True, id=case.id)
    if row is None:
        raise Case.DoesNotExist
    case.status, case.came_from, case.level, case.answer_by = row.status, row.came_from, row.level, row.answer_by


def hats(case: Case, by: Person) -> frozenset[Who]:
    """The parts that a member may play in a case."""
    found = {Who.INTAKE} if may(by, Permission.SEE_CASE, case) else set()
    if by.is_lead and may(by, Permission.SEE_CASE, case):
        found.add(Who.LEAD)
    if by.role == Role.DATA_PROTECTION:
        found.add(Who.DATA_PROTECTION)
    return frozenset(found | _of_lawyers(case, by))


def _of_lawyers(case: Case, by: Person) -> set[Who]:
    """A lawyer's part in a case is an offer or a mandate."""
    named = case.proposals.filter(lawyer=by, state__in=[Proposal.State.OFFERED, Proposal.State.ENGAGED])
    return {Who.LAWYER} if by.is_active and by.is_lawyer and named.exists() else set()


def _breaks_glass(case: Case, step: Transition, by: Person | None) -> bool:
    """One lead alone, for releasing the hold of a P0 case and nothing else; who calls it has it reviewed."""
    return step.code == "release" and case.level == Case.Level.P0 and by is not None and Who.LEAD in hats(case, by)


def _require_who(
    case: Case, step: Transition, by: Person | None, receipt: Keyring | None, pair: Pair | None
) -> None:  # fmt: skip
    if step.needs_two:
        _require_two(case, step, by, pair)
        return
    if not set(step.who) & _parts(case, by, receipt):
        raise Refused("who")


def _parts(case: Case, by: Person | None, receipt: Keyring | None) -> frozenset[Who]:
    if by is not None:
        return hats(case, by)
    if receipt is None:
        return frozenset({Who.SYSTEM})
    return frozenset({Who.SURVIVOR} if receipt.pair.id == case.receipt_id else ())


def _require_two(case: Case, step: Transition, by: Person | None, pair: Pair | None) -> None:
    """The second of the two is who takes the step; the first has asked for it in a signed record."""
    if pair is None or by is None or pair.first == pair.second or by.id != pair.second:
        raise Refused("two")
    if not set(step.second) & hats(case, by):
        raise Refused("who")
    asker = Person.objects.filter(id=pair.first).first()
    if asker is None or not set(step.who) & hats(case, asker):
        raise Refused("asker")


def _store(case: Case, changed: dict[str, Any]) -> None:
    rows.change(case, **changed)
    for name, value in changed.items():
        setattr(case, name, value)
