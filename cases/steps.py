"""The one thing to do next in a case, from its readable columns alone."""

from __future__ import annotations

from dataclasses import dataclass

from cases import keys
from cases.asked import wanting_erasing
from cases.models import Case, Dossier
from cases.wording import language
from people.models import Person
from people.recipients import is_intake_staff

CLOSED = "the person closed the number: no letter reaches them here"
State, Status = Dossier.State, Case.Status


@dataclass(frozen=True, slots=True)
class Step:
    """What to do: words, a half-sentence below, and the name of the page where it is done ("" for waiting)."""

    words: str
    note: str = ""
    page: str = ""


OF_DOSSIER: dict[str, Step] = {
    State.REQUESTED: Step("Wait: a lead decides about the dossier", "four eyes", "dossier"),
    State.APPROVED: Step("Wait: the dossier is about to be built", "", "dossier"),
    State.BUILDING: Step("Wait: the dossier is being built", "", "dossier"),
    State.READY: Step("Wait: the lawyer has not confirmed the dossier yet", "", "dossier"),
    State.ACKNOWLEDGED: Step("Nothing: the lawyer has the dossier", "", "dossier"),
    State.REFUSED: Step("Read why the dossier was refused", "", "dossier"),
    State.FAILED: Step("Ask for the dossier again", "it stopped by an error", "dossier"),
}


def next_step(
    case: Case,
    viewer: Person,
    *,
    is_free: bool | None = None,
    reads_new: bool | None = None,
    wants_erasing: bool | None = None,
) -> Step:
    """The next step as this person sees it. Expects `assignments` and `dossiers` prefetched for lists.

    is_free: does the intake key open the case? reads_new: may this person take what it opens? wants_erasing: did the
    person ask to erase everything, and nobody took it up yet? None: looked up.
    """
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
    if case.id in wanting_erasing([case]) if wants_erasing is None else wants_erasing:
        return _erase(case)
    if case.has_news:
        return _answer(case)
    if case.status == Status.SAFETY_HOLD:
        return Step("Look at the safety hold", "nothing goes outside while it lasts", "hold")
    if newest:
        return OF_DOSSIER[newest.state]
    return _by_status(case)


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


def _answer(case: Case) -> Step:
    if is_closed(case):
        return Step("Read what is new", CLOSED, "account")
    if case.status == Status.RECEIVED or (case.status == Status.SAFETY_HOLD and case.answer_day is not None):
        return Step("Read and write the first answer", f"in {language(case.language)}", "account")
    if case.status == Status.STATEMENT_RECEIVED:
        return Step("Read the account", "it arrived and nobody answered yet", "account")
    return Step("Answer the person", f"in {language(case.language)}", "letters")


def _erase(case: Case) -> Step:
    note = CLOSED if is_closed(case) else "tell them in a letter first what happens, then ask a lead"
    return Step("They asked to erase everything", note, "erasing")


def _by_status(case: Case) -> Step:
    if case.status == Status.STATEMENT_RECEIVED:
        return Step("Confirm the facts", "from the account, before any route", "facts")
    if case.status == Status.IN_REVIEW:
        return Step("Choose a route and ask for a dossier", "four eyes", "routes")
    return Step("Nothing: waiting for the person") if not is_closed(case) else Step("Nothing is waited for", CLOSED)


def is_closed(case: Case) -> bool:
    """Did the person end what the number opens? Expects `receipt` joined for lists."""
    return case.receipt.retired_on is not None
