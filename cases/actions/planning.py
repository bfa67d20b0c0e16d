"""The interview: a plan by the lawyer, passed on by a member, answered by the person, and the care around it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from cases import records
from cases.actions import moving, tasks
from cases.actions.offering import lock
from cases.actions.papers import require_reader
from cases.actions.proposing import require_agreed
from cases.errors import NotReady, Refused
from cases.hold import require_no_hold
from cases.keys import require_receipt
from cases.lawyers import aftercare, offers, plans, rooms
from cases.lawyers.plans import ANSWERS, YES, Plan, Said, Shown
from cases.lawyers.proposals import opened_messages
from cases.limits import limits_of
from cases.models import Proposal
from people.models import Person
from people.permissions import Permission, may
from vault import audit
from vault.heads import write_head
from vault.keyring import Keyring
from vault.models import today
from vault.places import Place

State = Proposal.State


@transaction.atomic
def make_plan(*, proposal: Proposal, by: Person, ring: Keyring, plan: Plan) -> None:
    """The lawyer seals a plan as the next version. Raises Refused: "hard_day", "long", "past"; NotReady."""
    row = _own(proposal, by)
    if plan.minutes > plans.MOST_MINUTES:
        raise Refused("long")
    _require_day(row, ring, plan.day, set())
    content = asdict(plan)
    del content["version"]
    rooms.write(row, ring, plans.PLAN, content)
    Proposal.objects.filter(id=row.id).update(has_news=True)
    _note("plan.made", row, by)


@transaction.atomic
def pass_on(*, proposal: Proposal, by: Person, ring: Keyring, text: str, language: str, seen: int) -> None:
    """A member shows the plan to the person, in the person's language. seen: the version that was on the page.

    Raises Refused: "hard_day", "past", "stale"; NotReady("safety_hold", "plan"); NotConsented.
    """
    row = _for_member(proposal, by)
    plan = plans.plan_of(row, ring)
    if plan is None:
        raise NotReady("plan")
    if plan.version != seen:
        raise Refused("stale")
    require_agreed(limits_of(row.case, ring), offers.offer_of(row, ring)["country"])
    messages = opened_messages(row.case, ring)
    said = plans.said_in(row, messages)
    _require_day(row, ring, plan.day, set(said.hard) if said else set())
    shown = Shown(plan.version, text, language, plan.day, plan.at, plan.until, plan.minutes, plan.recording)
    records.write_next(messages[-1], plans.TABLE, plans.SHOWN, row.id, asdict(shown), ring.signer)
    write_head(row.case_id, messages[-1], ring.signer)
    _note("plan.passed_on", row, by)


@transaction.atomic
def answer_plan(*, proposal: Proposal, receipt: Keyring, answer: str, hard: list[str]) -> None:
    """The person's word on the plan that was shown last, signed by the receipt.

    hard: days on which nobody should call, as mm-dd. Raises Refused: "answered", "answer".
    """
    require_receipt(proposal.case, receipt)
    row = lock(proposal)
    messages = opened_messages(row.case, receipt)
    shown = plans.shown_in(row, messages)
    if row.state != State.ENGAGED or shown is None or plans.said_in(row, messages) is not None:
        raise Refused("answered")
    if answer not in ANSWERS:
        raise Refused("answer")
    said = Said(answer, today().isoformat(), tuple(sorted(set(hard))), shown[1], shown[0])
    place = Place(plans.TABLE, plans.ANSWER, row.id, shown[0])
    records.write(messages[-1], place, said.signed(row, receipt.signer).to_json(), receipt.signer)
    moving.heard(row.case, receipt)
    Proposal.objects.filter(id=row.id).update(has_news=True)
    write_head(row.case_id, messages[-1], receipt.signer)
    audit.record("plan.answered", "case", row.case_id, by=None)


@transaction.atomic
def copy_answer(*, proposal: Proposal, by: Person, ring: Keyring) -> Said:
    """A member copies the verified answer into the brief; a yes makes the team's tasks before and after.

    Raises NotReady: "safety_hold", "no_answer". A second time changes nothing.
    """
    row = _for_member(proposal, by)
    said = plans.said_in(row, opened_messages(row.case, ring))
    if said is None:
        raise NotReady("no_answer")
    if said in plans.copied(row, ring):
        return said
    rooms.write(row, ring, plans.COPY, said.to_json())
    if said.answer == YES:
        _make_tasks(row, by, ring, said)
    _note("plan.copied", row, by)
    return said


@transaction.atomic
def note_care(*, proposal: Proposal, by: Person, ring: Keyring, kind: str, on: date) -> None:
    """The lawyer or a member notes that it was done, and on which day. Raises Refused: "not_now", "day"."""
    row = lock(proposal)
    _require_engaged(row)
    require_reader(row, by)
    if kind not in {line.kind for line in aftercare.lines(row, ring)}:
        raise Refused("not_now")
    if on > today():
        raise Refused("day")
    rooms.write(row, ring, aftercare.FIELD, {"kind": kind, "on": on.isoformat()})
    if row.lawyer_id != by.id:
        _end_tasks(row, by, ring, kind)
    Proposal.objects.filter(id=row.id).update(has_news=row.lawyer_id == by.id)
    _note("plan.cared", row, by)


def _make_tasks(row: Proposal, by: Person, ring: Keyring, said: Said) -> None:
    hard = plans.hard_days(row, ring)
    for kind in aftercare.DAYS:
        due = max(aftercare.due_on(kind, said.shown.day, hard), today())
        tasks.add(case=row.case, by=by, ring=ring, words="", due_on=due, kind=tasks.CARE[kind])


def _end_tasks(row: Proposal, by: Person, ring: Keyring, kind: str) -> None:
    for each in tasks.tasks_of(row.case, ring):
        if each.kind == tasks.CARE[kind] and each.row.done_on is None:
            tasks.set_done(task=each.row, by=by, ring=ring, is_done=True)


def _require_day(row: Proposal, ring: Keyring, day: str, named: set[str]) -> None:
    """Raise Refused for a day that is over, or that is hard for the person."""
    on = date.fromisoformat(day)
    if on < today():
        raise Refused("past")
    if plans.is_hard(on, plans.hard_days(row, ring) | named):
        raise Refused("hard_day")


def _own(proposal: Proposal, by: Person) -> Proposal:
    """The row, locked, for the lawyer who has the mandate."""
    row = lock(proposal)
    _require_engaged(row)
    if row.lawyer_id != by.id:
        raise Refused("another_lawyer")
    require_reader(row, by)
    return row


def _for_member(proposal: Proposal, by: Person) -> Proposal:
    """The row, locked, for a member on the case while nothing holds it."""
    row = lock(proposal)
    decision: Any = may(by, Permission.FIND_LAWYER, row.case)
    if not decision.ok:
        raise Refused(decision.reason)
    require_no_hold(row.case_id)
    _require_engaged(row)
    return row


def _require_engaged(row: Proposal) -> None:
    if row.state != State.ENGAGED:
        raise Refused("answered")


def _note(action: str, row: Proposal, by: Person) -> None:
    audit.record(action, "case", row.case_id, by=by.id, detail={"proposal": str(row.id)})
