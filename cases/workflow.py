"""The statuses of a case and the ways between them, in the order of triage.md 2; cases.actions.moving applies them.

Wider than that table where life is: an account may come before our first answer, an answer may come while we wait,
danger may show at any time before the end, after a hold a case goes back to where it was, a yes to a text may be taken
back until it is filed, and a lead may look again at a case that was sent on, got support alone, or whose lawyer has
left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from cases.models import Case
from cases.models.case import OVER

Status = Case.Status
NONE = ""  # before the first status
BACK = "back"  # a target: where the case was before a hold or a wait


class Who(StrEnum):
    """Who may take a step, as triage.md 2 abbreviates it."""

    SYSTEM = "SYS"
    SURVIVOR = "SV"
    INTAKE = "IC"
    LEAD = "SU"
    LAWYER = "LW"
    SECOND_LAWYER = "LW2"
    TRANSLATOR = "TR"
    DATA_PROTECTION = "DP"


ENDED = frozenset(map(Status, OVER))
FILED = frozenset({Status.FILED, Status.FOLLOW_UP})
BEFORE_FILING = frozenset(Status) - ENDED - FILED
OPEN = BEFORE_FILING | FILED
WAITING = frozenset({Status.AWAITING_SURVIVOR, Status.DORMANT})
NO_LAWYER = {  # where a lead may look at a case again
    Status.MATCHING, Status.SUPPORT_ONLY, Status.REFERRED, Status.ENGAGED, Status.INTERVIEW, Status.TRANSLATION,
    Status.DRAFTING,
}  # fmt: skip
ASKING = frozenset({Status.ACKNOWLEDGED, Status.IN_REVIEW})  # where a question to the person may be sent from
EARLY = frozenset({Status.RECEIVED, Status.ACKNOWLEDGED, Status.STATEMENT_OPEN})


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table.

    who: whoever of them takes the step. second: a second, different person who must have agreed, if any. guards: what
    must be true, by the names of cases.guards. behind: while the case is held, the step moves where it will return to.
    """

    code: str
    sources: frozenset[str]
    target: str
    who: tuple[Who, ...]
    guards: tuple[str, ...] = ()
    second: tuple[Who, ...] = ()
    behind: bool = False

    @property
    def needs_two(self) -> bool:
        """Does it take two people of ours?"""
        return bool(self.second)


S, W = Status, Who
IC, SU, SV, LW = (W.INTAKE,), (W.LEAD,), (W.SURVIVOR,), (W.LAWYER,)


def _row(
    code: str, sources: Iterable[str], target: str, who: tuple[Who, ...], *guards: str, two: bool = False,
    behind: bool = False,
) -> Transition:  # fmt: skip
    return Transition(code, frozenset(sources), target, who, guards, SU if two else (), behind)


TABLE: tuple[Transition, ...] = (
    _row("open", {NONE}, S.RECEIVED, (W.SYSTEM,), "consent_to_read"),
    _row("hold", OPEN - {S.SAFETY_HOLD}, S.SAFETY_HOLD, (W.SYSTEM, W.INTAKE)),
    _row("release", {S.SAFETY_HOLD}, BACK, IC, two=True),
    _row("acknowledge", {S.RECEIVED}, S.ACKNOWLEDGED, IC, "reply_sent"),
    _row("tell", {S.RECEIVED, S.ACKNOWLEDGED}, S.STATEMENT_OPEN, SV + IC, behind=True),
    _row("send", EARLY | WAITING, S.STATEMENT_RECEIVED, SV + IC, behind=True),
    _row("ask", {S.ACKNOWLEDGED}, S.AWAITING_SURVIVOR, IC, "question_sent"),
    _row("rest", {S.AWAITING_SURVIVOR}, S.DORMANT, (W.SYSTEM,), "silent"),
    _row("return", WAITING, BACK, SV + IC, behind=True),
    _row("review", {S.STATEMENT_RECEIVED}, S.IN_REVIEW, IC, "second_person", "facts", behind=True),
    _row("ask_more", {S.IN_REVIEW}, S.AWAITING_SURVIVOR, IC, "question_sent", "question_linked", "rounds"),
    _row("support", {S.IN_REVIEW}, S.SUPPORT_ONLY, IC, "letter_sent", two=True),
    _row("refer", {S.IN_REVIEW}, S.REFERRED, IC, "agreed_other", two=True),
    _row("accept", {S.IN_REVIEW}, S.MATCHING, IC, "agreed_country", "asked_lawyers", two=True),
    _row("engage", {S.MATCHING}, S.ENGAGED, LW, "no_conflict", "said_yes", "mandate"),
    _row("look_again", NO_LAWYER, S.IN_REVIEW, SU, "nobody_found"),
    _row("interview", {S.ENGAGED}, S.INTERVIEW, LW, "plan_accepted"),
    _row("draft", {S.ENGAGED}, S.DRAFTING, LW),
    _row("translate", {S.INTERVIEW}, S.TRANSLATION, LW, "interview_stored", "called_after"),
    _row("draft_interview", {S.INTERVIEW}, S.DRAFTING, LW, "interview_stored", "called_after"),
    _row("draft_translated", {S.TRANSLATION}, S.DRAFTING, (*LW, W.TRANSLATOR), "certificate"),
    _row("review_draft", {S.DRAFTING}, S.LEGAL_REVIEW, LW, "facts_sourced"),
    _row("comment", {S.LEGAL_REVIEW}, S.DRAFTING, (W.SECOND_LAWYER, *SU)),
    _row("clear", {S.LEGAL_REVIEW}, S.SURVIVOR_APPROVAL, (W.SECOND_LAWYER, *SU), "text_sent"),
    _row("change", {S.SURVIVOR_APPROVAL, S.READY_TO_FILE}, S.DRAFTING, SV + SU),
    _row("approve", {S.SURVIVOR_APPROVAL}, S.READY_TO_FILE, SV, "text_approved"),
    _row("file", {S.READY_TO_FILE}, S.FILED, LW, "released", "receipt_stored"),
    _row("follow", {S.FILED}, S.FOLLOW_UP, (W.SYSTEM,)),
    _row("withdraw", BEFORE_FILING, S.WITHDRAWN, SV),
    _row("withdraw_filed", FILED, S.WITHDRAWN, SV, "limits_explained"),
    _row("close", set(S) - {S.CLOSED, S.ERASED}, S.CLOSED, IC, "closing_letter", two=True),
    _row("erase", {S.CLOSED, S.WITHDRAWN}, S.ERASED, (W.DATA_PROTECTION, *IC), "no_legal_hold", two=True),
)
BY_CODE = {each.code: each for each in TABLE}


def ways_from(status: str) -> Iterator[Transition]:
    """The rows that lead away from a status, in the order of the table."""
    return (each for each in TABLE if status in each.sources)


def is_possible(case: Case, code: str) -> bool:
    """Does the table know this step from where the case stands now, or from where a hold will return it to?"""
    return stands(case, BY_CODE[code]) in BY_CODE[code].sources


def stands(case: Case, transition: Transition) -> str:
    """Where a case stands for a step: for one that goes on behind a hold, where it will return to."""
    if case.status == Status.SAFETY_HOLD and transition.behind:
        return case.came_from or Status.RECEIVED
    return case.status


def target(case: Case, transition: Transition) -> str:
    """The status that a step leads to from here."""
    return _back(case) if transition.target == BACK else transition.target


def columns(case: Case, transition: Transition) -> dict[str, str]:
    """What the step writes into `status` and `came_from`. The caller has locked the row and asked is_possible()."""
    goes_to = target(case, transition)
    if case.status == Status.SAFETY_HOLD and transition.behind:
        return {"came_from": goes_to}
    if goes_to == Status.SAFETY_HOLD:
        return {"status": goes_to, "came_from": _resumed(case)}
    if goes_to in WAITING:
        return {"status": goes_to, "came_from": case.came_from or case.status}
    return {"status": goes_to, "came_from": ""}


def arrival(case: Case) -> str:
    """The step that an account makes that arrives now: "send", "return" to the review that waited for it, or ""."""
    if case.status in WAITING and case.came_from == Status.IN_REVIEW:
        return "return"
    return "send" if is_possible(case, "send") else ""


def _back(case: Case) -> str:
    """Where a hold or a wait returns to. Whoever was held before the first answer has been answered since."""
    return Status.ACKNOWLEDGED if case.came_from in ("", Status.RECEIVED) else case.came_from


def _resumed(case: Case) -> str:
    """Where a case goes on after a hold that comes now: it does not go back to waiting."""
    return _back(case) if case.status in WAITING else case.status
