"""The road from a name to a brief, step by step."""

from __future__ import annotations

from typing import Any

from cases.actions import agreed, approving, briefing, offering, proposing
from cases.actions.lawyer_records import keep, note_bar_check
from cases.lawyers.record import Apart
from cases.models import Approval, Case, LawyerRecord, Proposal
from tests.factories.cast import Cast, Member, Survivor

State = Proposal.State
COLUMNS = {"states": "LT,PL", "languages": "lt,ru,be", "experience": "crimes,trauma", "gender": "woman"}
APART = Apart(bar="Vilnius", bar_number="1234", channel="Signal", conflicts="none declared")
NAME = {"country": "LT", "profile": "Працуе ў Вільні.", "language": "be"}


def record_of(lawyer: Member, cast: Cast, **columns: Any) -> LawyerRecord:
    row = keep(lawyer=lawyer.person, by=cast.dana.person, ring=cast.dana.ring, columns=COLUMNS | columns, apart=APART)
    note_bar_check(lawyer=lawyer.person, by=cast.dana.person)
    return row


def ask(case: Case, by: Member, kind: str, content: dict[str, Any] | None = None) -> Approval:
    return approving.ask(case=case, kind=kind, by=by.person, ring=by.ring, reason="why", content=content)


def decide(approval: Approval, by: Member) -> None:
    agreed.decide(approval=approval, by=by.person, ring=by.ring, reason="yes", is_agreed=True)


def named(case: Case, cast: Cast, lawyer: Member | None = None) -> Proposal:
    content = {**NAME, "lawyer": str((lawyer or cast.lena).person.id)}
    decide(ask(case, cast.ben, Approval.Kind.PROPOSE, content), cast.dana)
    return Proposal.objects.get(state=State.SHOWN)


def answered(proposal: Proposal, amina: Survivor, answer: str = "yes") -> Proposal:
    proposing.answer(proposal=proposal, receipt=amina.ring, answer=answer, words="Дзякуй", language="be")
    return fresh(proposal)


def offered(proposal: Proposal, cast: Cast) -> Proposal:
    offering.offer(proposal=proposal, by=cast.ben.person, ring=cast.ben.ring, summary="Held in 2020.", language="en")
    return fresh(proposal)


def checked(proposal: Proposal, lawyer: Member, names: tuple[str, ...] = (), ticked: tuple[str, ...] = ()) -> list[str]:
    return offering.check(
        proposal=proposal, by=lawyer.person, ring=lawyer.ring, names=names, ticked=ticked, words=""
    )  # fmt: skip


def accepted(proposal: Proposal, lawyer: Member) -> Proposal:
    offering.accept(proposal=proposal, by=lawyer.person, ring=lawyer.ring)
    return fresh(proposal)


def briefed(proposal: Proposal, by: Member) -> Proposal:
    briefing.hand_over(proposal=proposal, by=by.person, ring=by.ring)
    return fresh(proposal)


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("case__receipt", "lawyer__pair").get(id=proposal.id)


def briefed_road(case: Case, amina: Survivor, cast: Cast) -> Proposal:
    """Lena, named, agreed to, checked, with the mandate and the brief."""
    record_of(cast.lena, cast)
    proposal = offered(answered(named(case, cast), amina), cast)
    checked(proposal, cast.lena)
    return briefed(accepted(proposal, cast.lena), cast.ben)
