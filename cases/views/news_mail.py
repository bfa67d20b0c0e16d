"""Saying to a member whether the person was told by e-mail that there is something new, and why not."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import notices
from cases.actions.notices import FAILED, tell
from cases.models import Case, Message
from cases.notices import notice_for
from cases.statement import vocab
from jurisdictions.pages import reader
from people.requests import StaffRequest
from vault.keyring import Keyring

TOLD = gettext_lazy("They were told by e-mail that there is something new, and nothing else.")
NOT_TAKEN = gettext_lazy(
    "The letter is sealed and safe. The e-mail could not be sent: the mail server did not take it. You can try once "
    "more below."
)
STANDING: dict[str, str | Promise] = {
    notices.OK: gettext_lazy(
        "They allowed an e-mail that says only that there is something new. It goes out with your letter."
    ),
    notices.BY_TIME: gettext_lazy(
        "They allowed an e-mail that says only that there is something new, at these times where they live: %(times)s. "
        "It does not go out by itself; send it at such a time."
    ),
    notices.HELD: gettext_lazy("While the safety hold lasts, no e-mail goes out."),
    notices.TODAY: gettext_lazy("They were told by e-mail today already. Once a day is enough."),
    notices.NOT_AGREED: gettext_lazy("They allowed no e-mail that says there is something new."),
    notices.PLACE: gettext_lazy("No e-mail goes to Belarus or Russia, nor if we do not know where they live."),
    notices.SERVICE: gettext_lazy("Their mail service belongs to Belarus or Russia. No e-mail goes there."),
    notices.NO_ADDRESS: gettext_lazy("They allowed an e-mail, but what they left is not one e-mail address."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the page of letters says. can_send: may a member send it now, for a letter that nobody has read?"""

    words: str
    can_send: bool


def standing(case: Case, ring: Keyring) -> Standing | None:
    """Whether an e-mail goes out with a letter, and why not; None where there is nothing to say."""
    notice = notice_for(case, ring)
    if notice.why_not not in STANDING:
        return None
    labels = dict(vocab.choices("time_band", reader.language()))
    words = str(STANDING[notice.why_not]) % {"times": ", ".join(labels.get(each, each) for each in notice.times)}
    has_unread = case.messages.filter(side=Message.Side.TEAM, is_read=False).exists()
    return Standing(words, notice.may_be_sent and has_unread)


def tell_of_letter(request: StaffRequest, case: Case) -> None:
    """After a letter was sealed: send the e-mail if it may go out by itself, and say whether it did."""
    _say(request, tell(case=case, by=request.person, ring=request.keyring))


def tell_now(request: StaffRequest, case: Case) -> None:
    """Because a member asks for it, having seen the times: send it, and say so, or why not."""
    why_not = tell(case=case, by=request.person, ring=request.keyring, now_is_fine=True)
    if not _say(request, why_not):
        messages.warning(request, str(STANDING.get(why_not, _("No e-mail was sent."))))


def _say(request: StaffRequest, why_not: str) -> bool:
    """Say what happened, if it is news to whoever has just written a letter; the page says the rest."""
    if why_not == notices.OK:
        messages.success(request, TOLD)
    elif why_not == FAILED:
        messages.warning(request, NOT_TAKEN)
    return why_not in (notices.OK, FAILED)
