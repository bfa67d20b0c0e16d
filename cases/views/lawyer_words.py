"""Why something about a lawyer is not done, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOT_READY: dict[str, str | Promise] = {
    "safety_hold": _("The case is in safety hold. Nothing of it goes outside until the hold is lifted."),
    "no_yes": _("The person has not said yes to this lawyer."),
    "lawyer": _("The lawyer’s key is not the one to which the person said yes. Name the lawyer again."),
    "mandate": _("The lawyer has not signed for the mandate after a clean conflict check."),
    "no_conflict": _("Do the conflict check first."),
    "said_yes": _("The offer does not carry the person’s yes to your key. Write to the team."),
    "brief": _("The brief is not handed over yet. The team does it next."),
    "flag_media": _("An open flag forbids it: nothing goes to media while it stands."),
    "plan": _("There is no plan of an interview yet. The lawyer makes one."),
    "no_answer": _("The person has not answered about this plan yet."),
    "plan_accepted": _("The person has not agreed to the plan of the interview yet."),
    "interview_stored": _("Bring the record of the interview first."),
    "called_after": _("Note the call after the interview first."),
    "certificate": _("Bring the certificate of the translation first."),
    "stale": _("The case has moved on since then."),
}

FORMS = (  # what the portal makes for signing by hand, by the codes of cases.dossier.to_sign
    ("statement", _("Signed statement")),
    ("power", _("Power of attorney")),
    ("mandate", _("Mandate")),
)
