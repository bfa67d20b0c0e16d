"""Where a case stands, in the survivor's words: one sentence for each status of cases.workflow."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.workflow import BEFORE_FILING

S = Case.Status
WORDS: dict[str, Promise] = {
    S.RECEIVED: _("We have it. A person reads it and answers you here."),
    S.SAFETY_HOLD: _("We look at your safety first. Nothing goes to anybody."),
    S.ACKNOWLEDGED: _("You can tell more, if and when you want. Then we look at which ways are open to you."),
    S.AWAITING_SURVIVOR: _("We asked you something. There is no hurry."),
    S.STATEMENT_OPEN: _("You are telling more. It stays yours until you send it."),
    S.STATEMENT_RECEIVED: _("A person reads your account."),
    S.IN_REVIEW: _("We look at which ways are open to you"),
    S.SUPPORT_ONLY: _("There is no complaint now. We help in other ways."),
    S.REFERRED: _("Another group goes on with it, as you agreed."),
    S.MATCHING: _("We look for a lawyer for you."),
    S.ENGAGED: _("A lawyer works for you."),
    S.INTERVIEW: _("The lawyer plans a talk with you."),
    S.TRANSLATION: _("It is being translated."),
    S.DRAFTING: _("The lawyer writes the complaint."),
    S.LEGAL_REVIEW: _("A second lawyer reads the complaint."),
    S.SURVIVOR_APPROVAL: _("The text is ready for you to read. You have time."),
    S.READY_TO_FILE: _("You said yes to the text. The lawyer files it."),
    S.FILED: _("The complaint was filed."),
    S.FOLLOW_UP: _("An authority works on it. We tell you what happens."),
    S.DORMANT: _("It rests. It goes on when you write to us."),
    S.WITHDRAWN: _("You stopped it. Nobody works on it any more."),
    S.CLOSED: _("We have closed it. You can still write to us."),
    S.ERASED: _("It was erased."),
}
SLOWLY = _("This can take weeks. Nothing is sent to anyone without your yes.")


def words(case: Case) -> tuple[Promise, str | Promise]:
    """The sentence, and what is said below it in small letters, "" for what is over or filed."""
    return WORDS[case.status], SLOWLY if case.status in BEFORE_FILING else ""
