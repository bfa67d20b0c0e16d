"""The one thing to do next in a case, and the second choice beside it, from its readable columns alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import keys
from cases.asked import wanting_erasing
from cases.models import Approval, Case, Dossier, Proposal
from cases.wording import language, lowerfirst
from cases.workflow import ENDED
from people.models import Person
from people.recipients import is_intake_staff
from vault.models import SealedValue

CLOSED = _("the person closed the number: no letter reaches them here")
State, Status = Dossier.State, Case.Status
BEFORE_PERSON = {Status.LEGAL_REVIEW, Status.SURVIVOR_APPROVAL, Status.READY_TO_FILE}
REVIEWED = {Status.STATEMENT_RECEIVED, Status.IN_REVIEW, Status.DRAFTING}  # where a finished dossier is the last word


@dataclass(frozen=True, slots=True)
class Step:
    """What to do: words, a half-sentence below, and the name of the page where it is done ("" for waiting).

    other, other_page: the second choice. asking: the id of what a lead is asked, for the page "agreement".
    """

    words: str | Promise
    note: str | Promise = ""
    page: str = ""
    other: str | Promise = ""
    other_page: str = ""
    asking: UUID | None = None


OF_DOSSIER: dict[str, Step] = {
    State.REQUESTED: Step(_("Wait: a lead decides about the dossier"), _("four eyes"), "dossier"),
    State.APPROVED: Step(_("Wait: the dossier is about to be built"), "", "dossier"),
    State.BUILDING: Step(_("Wait: the dossier is being built"), "", "dossier"),
    State.READY: Step(_("Wait: the lawyer has not confirmed the dossier yet"), "", "dossier"),
    State.ACKNOWLEDGED: Step(_("Nothing: the lawyer has the dossier"), "", "dossier"),
    State.REFUSED: Step(_("Read why the dossier was refused"), "", "dossier"),
    State.FAILED: Step(_("Ask for the dossier again"), _("it stopped by an error"), "dossier"),
}
CLOSE = (_("Close the case"), "close")
ASK = (_("Ask the person something"), "ask")
LETTER, ANSWER = (_("Write a letter"), "letters"), (_("Answer the person"), "letters")
WITH_LAWYER = (Status.ENGAGED, Status.INTERVIEW, Status.TRANSLATION, Status.DRAFTING)
NAMES = (_("Look at the lawyers"), "lawyers")
ANOTHER = (_("Another way"), "ways")
OF_STATUS: dict[str, Step] = {
    Status.ACKNOWLEDGED: Step(_("Wait: the person may tell more"), _("they were answered"), "", *ASK),
    Status.STATEMENT_OPEN: Step(_("Wait: the person is telling more"), "", "", *ASK),
    Status.AWAITING_SURVIVOR: Step(_("Wait: the person was asked"), _("after 90 days it goes on pause"), "", *LETTER),
    Status.DORMANT: Step(_("Wait: the person is silent"), _("it goes on when they write"), "", *CLOSE),
    Status.IN_REVIEW: Step(_("Look for a lawyer"), _("four eyes"), "match", *ANOTHER),
    Status.SUPPORT_ONLY: Step(_("Nothing: support without a complaint"), _("a lead may look again"), "", *CLOSE),
    Status.REFERRED: Step(_("Nothing: another body has it"), _("a lead may look again"), "", *CLOSE),
    Status.MATCHING: Step(_("Name a lawyer to the person"), _("one name at a time, four eyes"), "lawyers", *ANOTHER),
    Status.ENGAGED: Step(_("Wait: the lawyer plans the work"), "", "brief"),
    Status.INTERVIEW: Step(_("Wait: the lawyer interviews"), "", "brief"),
    Status.TRANSLATION: Step(_("Wait: it is being translated"), "", "brief"),
    Status.DRAFTING: Step(_("Choose a route and ask for a dossier"), _("four eyes"), "routes"),
    Status.LEGAL_REVIEW: Step(_("Put the text before the person"), _("a lead reads it as the second"), "texts"),
    Status.SURVIVOR_APPROVAL: Step(_("Wait: the person reads the text"), _("three days at least"), "texts"),
    Status.READY_TO_FILE: Step(_("Ask for the dossier for filing"), _("the person said yes"), "routes"),
    Status.FILED: Step(_("Wait for the authority"), "", "brief"),
    Status.FOLLOW_UP: Step(_("Wait for the authority"), "", "brief"),
    Status.WITHDRAWN: Step(_("Stop: the person withdrew"), _("nothing goes outside"), "letters", *CLOSE),
    Status.CLOSED: Step(_("Nothing: the case is closed"), ""),
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
        return Step(_("Decide about a dossier"), _("%(name)s asked") % {"name": newest.requested_by.name}, "approval")
    working = [each for each in case.assignments.all() if each.ended_on is None]
    if any(each.person_id == viewer.id and each.accepted_on is None for each in working):
        return Step(_("Accept or decline the case"), _("it waits for you"), "accept")
    if not any(each.accepted_on for each in working):
        if working:
            return Step(
                _("Wait: the case was given to somebody"),
                _("%(name)s has not accepted it yet") % {"name": working[0].person.name},
            )
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
        return Step(_("Look at the safety hold"), _("nothing goes outside while it lasts"), "hold")
    if found is not None:
        return found
    if of_lawyer is not None:
        return of_lawyer
    if newest and _is_last_word(newest, case) and (newest.state != State.ACKNOWLEDGED or case.status in REVIEWED):
        return OF_DOSSIER[newest.state]
    return _by_status(case, viewer, has_facts)


def _is_last_word(newest: Dossier, case: Case) -> bool:
    """Does the newest dossier say what comes? Of a text before the person, only one for filing does."""
    return case.status not in ENDED and (newest.is_for_filing or case.status not in BEFORE_PERSON)


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
        note = _("%(name)s asked: %(what)s") % {"name": waiting.requested_by.name, "what": lowerfirst(what)}
        return Step(_("Decide about a step"), note, "agreement", asking=waiting.id)
    return Step(
        _("Wait: a lead decides"),
        _("asked: %(what)s") % {"what": lowerfirst(what)},
        "",
        _("Read the asking"),
        "agreement",
        waiting.id,
    )


def takes_new(viewer: Person) -> bool:
    """May this person take a case that the intake key opens: a lead, or intake staff?"""
    return viewer.is_lead or is_intake_staff(viewer)


def _by_taker(case: Case, viewer: Person, reads_new: bool | None) -> Step:
    if takes_new(viewer) if reads_new is None else reads_new:
        return Step(_("Take the case"), _("answer in %(language)s") % {"language": language(case.language)}, "take")
    return Step(_("Wait: intake staff take it"), _("nobody has accepted it yet"))


def _by_lead(viewer: Person) -> Step:
    if viewer.is_lead:
        return Step(_("Give the case to somebody"), _("nobody works on it any more"), "assign")
    return Step(_("A lead assigns it"), _("nobody works on it any more"))


def _answer(case: Case, has_facts: bool) -> Step:
    if is_closed(case):
        return Step(_("Read what is new"), CLOSED, "account")
    if case.answer_day is not None and case.status in (Status.RECEIVED, Status.SAFETY_HOLD, Status.STATEMENT_OPEN):
        return Step(
            _("Read and write the first answer"),
            _("in %(language)s") % {"language": language(case.language)},
            "account",
        )
    if case.status == Status.STATEMENT_RECEIVED and not has_facts:
        return Step(_("Read the account"), _("it arrived and nobody answered yet"), "account")
    return Step(_("Answer the person"), _("in %(language)s") % {"language": language(case.language)}, "letters")


def _erase(case: Case) -> Step:
    note = CLOSED if is_closed(case) else _("tell them in a letter first what happens, then ask a lead")
    return Step(_("They asked to erase everything"), note, "erasing")


def _of_lawyer(case: Case) -> Step | None:
    """What the lawyer who is named now waits for, or what we wait for of the lawyer."""
    open_now = next((each for each in case.proposals.all() if each.state in Proposal.OPEN), None)
    if open_now is None:
        return _mandate_over(case)
    return _named(open_now) if open_now.state != Proposal.State.ENGAGED else _engaged(open_now)


def _mandate_over(case: Case) -> Step | None:
    """A lawyer had the case and has it no more."""
    has_ended = any(each.state == Proposal.State.ENDED for each in case.proposals.all())
    if not has_ended or case.status not in WITH_LAWYER:
        return None
    return Step(_("Look at the case again"), _("the mandate is over"), "ways", *NAMES)


def _named(proposal: Proposal) -> Step:
    name, state = proposal.lawyer.name, Proposal.State(proposal.state)
    if state == Proposal.State.AGREED:
        return Step(
            _("Offer the case to the lawyer"), _("the person said yes to %(name)s") % {"name": name}, "offer", *NAMES
        )
    if state == Proposal.State.CONFLICT:
        return Step(_("Look at the conflict"), _("%(name)s saw one") % {"name": name}, "lawyers")
    if state == Proposal.State.SHOWN:
        return Step(_("Wait: the person reads about a lawyer"), name, "", *NAMES)
    return Step(_("Wait: the lawyer answers"), _("%(name)s, 14 days at most") % {"name": name}, "", *NAMES)


def _engaged(proposal: Proposal) -> Step | None:
    name = proposal.lawyer.name
    if proposal.briefed_on is None:
        return Step(_("Hand the brief over"), _("%(name)s has the mandate") % {"name": name}, "brief")
    if proposal.has_news:
        return Step(_("Look at what is new in the brief"), name, "brief")
    return None


def _by_status(case: Case, viewer: Person, has_facts: bool) -> Step:
    if is_closed(case) and case.status not in ENDED:
        return Step(_("Nothing is waited for"), CLOSED)
    if case.status == Status.STATEMENT_RECEIVED:
        return _before_review(viewer) if has_facts else FACTS
    step = OF_STATUS.get(case.status, Step(_("Nothing: waiting for the person")))
    return replace(step, other="", other_page="") if is_closed(case) else step


FACTS = Step(_("Confirm the facts"), _("from the account, before any route"), "facts", *ASK)


def _before_review(viewer: Person) -> Step:
    """The facts are there; a review begins when a second person works on the case."""
    if viewer.is_lead:
        return Step(_("Give the case to a second person"), _("two people review an account"), "assign", *ASK)
    return Step(
        _("Wait: a lead names a second person"),
        _("two people review an account"),
        "",
        _("Look at the routes"),
        "routes",
    )


def is_closed(case: Case) -> bool:
    """Did the person end what the number opens? Expects `receipt` joined for lists."""
    return case.receipt.retired_on is not None
