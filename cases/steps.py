"""The one thing to do next in a case, and the second choice beside it, from its readable columns alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from cases import keys
from cases.asked import wanting_erasing
from cases.models import Approval, Case, Dossier, Proposal
from cases.wording import language
from cases.workflow import ENDED
from people.models import Person
from people.recipients import is_intake_staff
from vault.models import SealedValue

CLOSED = "the person closed the number: no letter reaches them here"
State, Status = Dossier.State, Case.Status
REVIEWED = {Status.STATEMENT_RECEIVED, Status.IN_REVIEW, Status.DRAFTING}  # where a finished dossier is the last word


@dataclass(frozen=True, slots=True)
class Step:
    """What to do: words, a half-sentence below, and the name of the page where it is done ("" for waiting).

    other, other_page: the second choice. asking: the id of what a lead is asked, for the page "agreement".
    """

    words: str
    note: str = ""
    page: str = ""
    other: str = ""
    other_page: str = ""
    asking: UUID | None = None


OF_DOSSIER: dict[str, Step] = {
    State.REQUESTED: Step("Wait: a lead decides about the dossier", "four eyes", "dossier"),
    State.APPROVED: Step("Wait: the dossier is about to be built", "", "dossier"),
    State.BUILDING: Step("Wait: the dossier is being built", "", "dossier"),
    State.READY: Step("Wait: the lawyer has not confirmed the dossier yet", "", "dossier"),
    State.ACKNOWLEDGED: Step("Nothing: the lawyer has the dossier", "", "dossier"),
    State.REFUSED: Step("Read why the dossier was refused", "", "dossier"),
    State.FAILED: Step("Ask for the dossier again", "it stopped by an error", "dossier"),
}
CLOSE = ("Close the case", "close")
ASK = ("Ask the person something", "ask")
LETTER, ANSWER = ("Write a letter", "letters"), ("Answer the person", "letters")
NAMES = ("Look at the lawyers", "lawyers")
ANOTHER = ("Another way", "ways")
OF_STATUS: dict[str, Step] = {
    Status.ACKNOWLEDGED: Step("Wait: the person may tell more", "they were answered", "", *ASK),
    Status.STATEMENT_OPEN: Step("Wait: the person is telling more", "", "", *ASK),
    Status.AWAITING_SURVIVOR: Step("Wait: the person was asked", "after 90 days it goes on pause", "", *LETTER),
    Status.DORMANT: Step("Wait: the person is silent", "it goes on when they write", "", *CLOSE),
    Status.IN_REVIEW: Step("Look for a lawyer", "four eyes", "match", *ANOTHER),
    Status.SUPPORT_ONLY: Step("Nothing: support without a complaint", "a lead may look again", "", *CLOSE),
    Status.REFERRED: Step("Nothing: another body has it", "a lead may look again", "", *CLOSE),
    Status.MATCHING: Step("Name a lawyer to the person", "one name at a time, four eyes", "lawyers", *ANOTHER),
    Status.ENGAGED: Step("Wait: the lawyer plans the work", "", "brief"),
    Status.INTERVIEW: Step("Wait: the lawyer interviews", "", "brief"),
    Status.TRANSLATION: Step("Wait: it is being translated", "", "brief"),
    Status.DRAFTING: Step("Choose a route and ask for a dossier", "four eyes", "routes"),
    Status.LEGAL_REVIEW: Step("Wait: a second lawyer reads the draft", "", "brief"),
    Status.SURVIVOR_APPROVAL: Step("Wait: the person reads the text", "", "brief"),
    Status.READY_TO_FILE: Step("Wait: the lawyer files", "", "brief"),
    Status.FILED: Step("Wait for the authority", "", "brief"),
    Status.FOLLOW_UP: Step("Wait for the authority", "", "brief"),
    Status.WITHDRAWN: Step("Stop: the person withdrew", "nothing goes outside", "letters", *CLOSE),
    Status.CLOSED: Step("Nothing: the case is closed", ""),
}  # fmt: skip


def next_step(
    case: Case,
    viewer: Person,
    *,
    is_free: bool | None = None,
    reads_new: bool | None = None,
    wants_erasing: bool | None = None,
    has_facts: bool | None = None,
) -> Step:
    """The next step as this person sees it. Expects `assignments`, `dossiers`, `approvals` and
    `proposals` prefetched for lists.

    is_free: does the intake key open the case? reads_new: may this person take what it opens? wants_erasing: did the
    person ask to erase everything, and nobody took it up yet? has_facts: were facts confirmed? None: looked up.
    """
    found = _waiting_asking(case, viewer)
    if found is not None and found.page:
        return found
    newest = next(iter(case.dossiers.all()), None)
    if newest and newest.state == State.REQUESTED and viewer.is_lead and newest.requested_by_id != viewer.id:
        return Step("Decide about a dossier", f"{newest.requested_by.name} asked", "approval")
    working = [each for each in case.assignments.all() if each.ended_on is None]
    if any(each.person_id == viewer.id and each.accepted_on is None for each in working):
        return Step("Accept or decline the case", "it waits for you", "accept")
    if not any(each.accepted_on for each in working):
        if working:
            return Step("Wait: the case was given to somebody", f"{working[0].person.name} has not accepted it yet")
        is_free = keys.is_with_intake(case) if is_free is None else is_free
        return _by_taker(case, viewer, reads_new) if is_free else _by_lead(viewer)
    has_facts = _has_facts(case) if has_facts is None else has_facts
    if case.id in wanting_erasing([case]) if wants_erasing is None else wants_erasing:
        return _erase(case)
    of_lawyer = _of_lawyer(case)
    if of_lawyer is not None and of_lawyer.page and case.answer_by is None:
        return replace(of_lawyer, other=ANSWER[0], other_page=ANSWER[1]) if case.has_news else of_lawyer
    if case.has_news:
        return _answer(case, has_facts)
    if case.status == Status.SAFETY_HOLD:
        return Step("Look at the safety hold", "nothing goes outside while it lasts", "hold")
    if found is not None:
        return found
    if of_lawyer is not None:
        return of_lawyer
    if newest and case.status not in ENDED and (newest.state != State.ACKNOWLEDGED or case.status in REVIEWED):
        return OF_DOSSIER[newest.state]
    return _by_status(case, viewer, has_facts)


def with_facts(cases: list[Case]) -> set[UUID]:
    """The ids of those cases in which somebody has confirmed facts."""
    values = SealedValue.objects.filter(table="facts", field="confirmed", row__in=[case.id for case in cases])
    return set(values.values_list("row", flat=True))


def _has_facts(case: Case) -> bool:
    return bool(with_facts([case]))


def _waiting_asking(case: Case, viewer: Person) -> Step | None:
    """What a lead is asked about the case: to decide for a lead who did not ask, to wait for for everybody else."""
    waiting = next((each for each in case.approvals.all() if each.state == Approval.State.REQUESTED), None)
    if waiting is None:
        return None
    what = str(waiting.get_kind_display())
    if viewer.is_lead and waiting.requested_by_id != viewer.id:
        note = f"{waiting.requested_by.name} asked: {what.lower()}"
        return Step("Decide about a step", note, "agreement", asking=waiting.id)
    return Step("Wait: a lead decides", f"asked: {what.lower()}", "", "Read the asking", "agreement", waiting.id)


def takes_new(viewer: Person) -> bool:
    """May this person take a case that the intake key opens: a lead, or intake staff?"""
    return viewer.is_lead or is_intake_staff(viewer)


def _by_taker(case: Case, viewer: Person, reads_new: bool | None) -> Step:
    if takes_new(viewer) if reads_new is None else reads_new:
        return Step("Take the case", f"answer in {language(case.language)}", "take")
    return Step("Wait: intake staff take it", "nobody has accepted it yet")


def _by_lead(viewer: Person) -> Step:
    if viewer.is_lead:
        return Step("Give the case to somebody", "nobody works on it any more", "assign")
    return Step("A lead assigns it", "nobody works on it any more")


def _answer(case: Case, has_facts: bool) -> Step:
    if is_closed(case):
        return Step("Read what is new", CLOSED, "account")
    if case.answer_day is not None and case.status in (Status.RECEIVED, Status.SAFETY_HOLD, Status.STATEMENT_OPEN):
        return Step("Read and write the first answer", f"in {language(case.language)}", "account")
    if case.status == Status.STATEMENT_RECEIVED and not has_facts:
        return Step("Read the account", "it arrived and nobody answered yet", "account")
    return Step("Answer the person", f"in {language(case.language)}", "letters")


def _erase(case: Case) -> Step:
    note = CLOSED if is_closed(case) else "tell them in a letter first what happens, then ask a lead"
    return Step("They asked to erase everything", note, "erasing")


def _of_lawyer(case: Case) -> Step | None:
    """What the lawyer who is named now waits for, or what we wait for of the lawyer."""
    open_now = next((each for each in case.proposals.all() if each.state in Proposal.OPEN), None)
    if open_now is None:
        return None
    return _named(open_now) if open_now.state != Proposal.State.ENGAGED else _engaged(open_now)


def _named(proposal: Proposal) -> Step:
    name, state = proposal.lawyer.name, Proposal.State(proposal.state)
    if state == Proposal.State.AGREED:
        return Step("Offer the case to the lawyer", f"the person said yes to {name}", "offer", *NAMES)
    if state == Proposal.State.CONFLICT:
        return Step("Look at the conflict", f"{name} saw one", "lawyers")
    if state == Proposal.State.SHOWN:
        return Step("Wait: the person reads about a lawyer", name, "", *NAMES)
    return Step("Wait: the lawyer answers", f"{name}, 14 days at most", "", *NAMES)


def _engaged(proposal: Proposal) -> Step | None:
    name = proposal.lawyer.name
    if proposal.briefed_on is None:
        return Step("Hand the brief over", f"{name} has the mandate", "brief")
    if proposal.has_news:
        return Step("Read what the lawyer wrote", name, "brief")
    return None


def _by_status(case: Case, viewer: Person, has_facts: bool) -> Step:
    if is_closed(case) and case.status not in ENDED:
        return Step("Nothing is waited for", CLOSED)
    if case.status == Status.STATEMENT_RECEIVED:
        return _before_review(viewer) if has_facts else FACTS
    step = OF_STATUS.get(case.status, Step("Nothing: waiting for the person"))
    return replace(step, other="", other_page="") if is_closed(case) else step


FACTS = Step("Confirm the facts", "from the account, before any route", "facts", *ASK)


def _before_review(viewer: Person) -> Step:
    """The facts are there; a review begins when a second person works on the case."""
    if viewer.is_lead:
        return Step("Give the case to a second person", "two people review an account", "assign", *ASK)
    return Step(
        "Wait: a lead names a second person", "two people review an account", "", "Look at the routes", "routes"
    )


def is_closed(case: Case) -> bool:
    """Did the person end what the number opens? Expects `receipt` joined for lists."""
    return case.receipt.retired_on is not None
