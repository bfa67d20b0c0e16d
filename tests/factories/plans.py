"""An interview on its way: planned by Lena, passed on by Ben, answered by Amina, copied back by Ben."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cases.actions import planning
from cases.lawyers.plans import Plan, plan_of
from cases.models import Proposal
from tests.factories.cast import Cast, Member, Survivor
from tests.factories.lawyers import fresh
from vault.models import today

DAY = today() + timedelta(days=10)
while f"{DAY:%m-%d}" in ("08-12", "08-14"):
    DAY += timedelta(days=1)
WORDS = {
    "purpose": "Hear it once.", "topics": "Begin where the person likes.", "left_out": "", "place": "By video.",
    "present": "Lena and a note-taker", "interpreter": "", "gender": "", "stop_sign": "a raised hand", "support": "",
    "after_care": "Ben",
}  # fmt: skip


def plan(**more: Any) -> Plan:
    return Plan(**{
        **WORDS, "recording": False, "minutes": 60, "day": DAY.isoformat(), "at": "10:00", "until": "12:00", **more,
    })  # fmt: skip


def planned(proposal: Proposal, lawyer: Member, **more: Any) -> Proposal:
    planning.make_plan(proposal=proposal, by=lawyer.person, ring=lawyer.ring, plan=plan(**more))
    return fresh(proposal)


def passed_on(proposal: Proposal, by: Member) -> Proposal:
    found = plan_of(proposal, by.ring)
    assert found is not None
    planning.pass_on(
        proposal=proposal, by=by.person, ring=by.ring, text="Размова з адвакаткай.", language="be", seen=found.version
    )  # fmt: skip
    return fresh(proposal)


def said(proposal: Proposal, amina: Survivor, answer: str = "yes", hard: list[str] | None = None) -> Proposal:
    planning.answer_plan(proposal=proposal, receipt=amina.ring, answer=answer, hard=hard or [])
    return fresh(proposal)


def copied(proposal: Proposal, by: Member) -> Proposal:
    planning.copy_answer(proposal=proposal, by=by.person, ring=by.ring)
    return fresh(proposal)


def agreed(proposal: Proposal, amina: Survivor, cast: Cast) -> Proposal:
    """The plan stands, with the person's yes in the brief."""
    return copied(said(passed_on(planned(proposal, cast.lena), cast.ben), amina), cast.ben)
