"""The one thing to do next in a case, from its readable columns alone."""

from __future__ import annotations

from dataclasses import dataclass

from cases.models import Case, Dossier
from cases.wording import language
from people.models import Person

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


def next_step(case: Case, viewer: Person) -> Step:
    """The next step as this person sees it. Expects `assignments` and `dossiers` prefetched for lists."""
    newest = next(iter(case.dossiers.all()), None)
    if newest and newest.state == State.REQUESTED and viewer.is_lead and newest.requested_by_id != viewer.id:
        return Step("Decide about a dossier", f"{newest.requested_by.name} asked", "approval")
    if not any(each.ended_on is None for each in case.assignments.all()):
        return Step("Take the case", f"answer in {language(case.language)}", "take")
    if case.has_news:
        return _answer(case)
    if newest:
        return OF_DOSSIER[newest.state]
    return _by_status(case)


def _answer(case: Case) -> Step:
    if case.status == Status.RECEIVED:
        return Step("Read and write the first answer", f"in {language(case.language)}", "account")
    if case.status == Status.STATEMENT_RECEIVED:
        return Step("Read the account", "it arrived and nobody answered yet", "account")
    return Step("Answer the person", f"in {language(case.language)}", "letters")


def _by_status(case: Case) -> Step:
    if case.status == Status.STATEMENT_RECEIVED:
        return Step("Confirm the facts", "from the account, before any route", "facts")
    if case.status == Status.IN_REVIEW:
        return Step("Choose a route and ask for a dossier", "four eyes", "routes")
    return Step("Nothing: waiting for the person")
