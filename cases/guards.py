"""What must be true before a case takes a step: words for the page, and a check that opens the records it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import work
from cases.complaint import checked
from cases.errors import NotReady
from cases.lawyers import aftercare, offers, papers, plans, received
from cases.limits import Limits, limits_of
from cases.models import Case, Message, Paper, Proposal, Text
from cases.permission import outcome
from cases.rounds import MOST, newest_question, rounds
from cases.texts import limits, shown
from cases.workflow import BY_CODE
from vault.keyring import Keyring
from vault.models import today

SILENT_DAYS, MATCHING_DAYS = 90, 60
OTHERS, LAWYERS = "CNS-08", "CNS-03"


class Sight:
    """What the guards of one case look at; each part is opened once, when a guard asks for it."""

    def __init__(self, case: Case, ring: Keyring | None = None, content: dict[str, Any] | None = None) -> None:
        """content: what was written with the step, such as the letter that goes out with it."""
        self.case, self.content = case, content or {}
        self._ring = ring

    @property
    def ring(self) -> Keyring:
        """The keys. Raises NotReady("keys") for the system, which has none."""
        if self._ring is None:
            raise NotReady("keys")
        return self._ring

    @cached_property
    def limits(self) -> Limits:
        """The newest answers about permission."""
        return limits_of(self.case, self.ring)

    @cached_property
    def facts(self) -> dict[str, Any] | None:
        """The facts that were confirmed last."""
        found: dict[str, Any] | None = work.read(self.case, self.ring, "facts", "confirmed", self.case.id)
        return found

    def since(self, days: int) -> bool:
        """Has it stood where it stands for so many days?"""
        return self.case.status_on <= today() - timedelta(days=days)

    def agreed(self, scope: str) -> bool:
        """Does the newest answer to a permission say yes?"""
        return outcome(scope, self.limits.answers.get(scope)) == "yes"


Check = Callable[[Sight], bool]


@dataclass(frozen=True, slots=True)
class Guard:
    """One condition. words: what is true when it holds."""

    words: str | Promise
    check: Check


@dataclass(frozen=True, slots=True)
class Line:
    """One condition of a step as a page shows it."""

    code: str
    words: str | Promise
    is_met: bool


def lines(code: str, sight: Sight) -> Iterator[Line]:
    """The conditions of a step, each with whether it is met now."""
    for name in BY_CODE[code].guards:
        guard = GUARDS[name]
        yield Line(name, guard.words, guard.check(sight))


def require(code: str, sight: Sight) -> None:
    """Raise NotReady with the name of the first condition of a step that is not met."""
    for line in lines(code, sight):
        if not line.is_met:
            raise NotReady(line.code)


def _has_answer(sight: Sight) -> bool:
    return sight.case.messages.filter(side=Message.Side.TEAM).exists()


def _has_second(sight: Sight) -> bool:
    return sight.case.assignments.filter(ended_on=None).exclude(accepted_on=None).count() > 1


def _is_asked(sight: Sight) -> bool:
    return newest_question(sight.case, sight.ring) is not None


def _is_linked(sight: Sight) -> bool:
    """Each part of the newest question says why it is asked, and on which element it bears."""
    asked = newest_question(sight.case, sight.ring)
    return asked is not None and all(each.why and each.element for each in asked.parts)


def _of_offer(is_met: Callable[[Proposal, Keyring], bool]) -> Check:
    """A condition on the lawyer who is named now."""

    def check(sight: Sight) -> bool:
        proposal = offers.current(sight.case)
        return proposal is not None and is_met(proposal, sight.ring)

    return check


def _has_paper(kind: Paper.Kind) -> Check:
    """A condition on the papers that were brought to the lawyer who is named now."""
    return _of_offer(lambda proposal, ring: papers.has_paper(proposal, ring, kind))


def _nobody(sight: Sight) -> bool:
    """No lawyer in 60 days; of a case that a lawyer had, the mandate is over."""
    if sight.case.status == Case.Status.MATCHING:
        return sight.since(MATCHING_DAYS)
    return offers.current(sight.case) is None


def _letter(sight: Sight) -> bool:
    """A letter goes out with the step."""
    return bool(str(sight.content.get("letter", "")).strip())


def _closing(sight: Sight) -> bool:
    """A letter goes out, or it is said why none does."""
    return _letter(sight) or bool(str(sight.content.get("no_letter", "")).strip())


def _is_shown(sight: Sight) -> bool:
    """A text that waits for the person, as a lead signed it."""
    waiting = sight.case.texts.select_related("case__receipt").filter(state=Text.State.SHOWN)
    return any(shown.read(text, sight.ring) for text in waiting)


def _is_agreed(sight: Sight) -> bool:
    """A signed yes to a text that counts still; no column is believed."""
    said = (shown.read(text, sight.ring)[1] for text in shown.open_texts(sight.case))
    return any(each is not None and each.answer == shown.YES for each in said)


def silent_since(today_: date) -> date:
    """The day on or before which a case must have begun to wait, so that it goes to sleep today."""
    return today_ - timedelta(days=SILENT_DAYS)


GUARDS: dict[str, Guard] = {
    "consent_to_read": Guard(
        _("The person said yes to reading and answering."), lambda sight: not sight.limits.is_over
    ),
    "reply_sent": Guard(_("A first answer was written, in the person’s language."), _has_answer),
    "question_sent": Guard(_("A question was sent."), _is_asked),
    "question_linked": Guard(_("Each question says why it is asked and what it is for."), _is_linked),
    "rounds": Guard(_("No more than two rounds of questions."), lambda sight: rounds(sight.case, sight.ring) <= MOST),
    "silent": Guard(_("The person has been silent for 90 days."), lambda sight: sight.since(SILENT_DAYS)),
    "second_person": Guard(_("Two people work on the case."), _has_second),
    "facts": Guard(_("The facts are confirmed."), lambda sight: sight.facts is not None),
    "letter_sent": Guard(_("A letter with the reasons goes out with it."), _letter),
    "agreed_other": Guard(_("The person agreed to other groups that document crimes."), lambda s: s.agreed(OTHERS)),
    "agreed_country": Guard(_("The person agreed to a complaint in a country."), lambda s: bool(s.limits.countries)),
    "asked_lawyers": Guard(_("The person was asked about partner lawyers."), lambda s: LAWYERS in s.limits.answers),
    "nobody_found": Guard(_("No lawyer was found in 60 days, or the mandate is over."), _nobody),
    "no_conflict": Guard(_("The lawyer checked for conflicts and found none."), _of_offer(offers.is_clean)),
    "said_yes": Guard(_("The person said yes to this lawyer."), _of_offer(offers.has_yes)),
    "mandate": Guard(_("The lawyer signed for the mandate."), _of_offer(offers.has_mandate)),
    "plan_accepted": Guard(_("The person agreed to the plan of the interview."), _of_offer(plans.is_accepted)),
    "called_after": Guard(_("Somebody called the person after the interview."), _of_offer(aftercare.was_called)),
    "interview_stored": Guard(_("The record of the interview is here."), _has_paper(Paper.Kind.INTERVIEW)),
    "certificate": Guard(_("The certificate of the translation is here."), _has_paper(Paper.Kind.CERTIFICATE)),
    "released": Guard(_("The lawyer confirmed the dossier."), _of_offer(received.is_received)),
    "receipt_stored": Guard(_("The receipt of the authority is here."), _has_paper(Paper.Kind.RECEIPT)),
    "closing_letter": Guard(_("A closing letter goes out, or it is said why none does."), _closing),
    "no_legal_hold": Guard(
        _("No legal hold stands."), lambda s: not s.case.legal_holds.filter(lifted_on=None).exists()
    ),
    "facts_sourced": Guard(
        _("Each sentence of the draft has its source."), lambda s: checked.is_sourced(s.case, s.ring)
    ),
    "text_sent": Guard(_("The text is with the person, in the own language."), _is_shown),
    "text_approved": Guard(_("The person said yes to this text and this country."), _is_agreed),
    "limits_explained": Guard(
        _("The lawyer explained what can still be taken back."), lambda s: limits.is_explained(s.case, s.ring)
    ),
}
WITH_FORM = {"letter_sent", "closing_letter", "question_sent", "question_linked"}  # true once the form is filled in
