"""Words of the steps: what each way is, what follows from it, and how a letter says why something is asked."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Approval

Kind = Approval.Kind


@dataclass(frozen=True, slots=True)
class Way:
    """One way on. code: of the table, or of the asking; page: the address; kind: what a lead is asked, if anybody is.

    is_step: does the case move? is_lead: for leads alone. is_post: done with the button, without a page.
    """

    code: str
    words: str | Promise
    note: str | Promise
    page: str
    kind: str = ""
    is_step: bool = True
    is_lead: bool = False
    is_post: bool = False


def _by_two(kind: str, note: str | Promise, *, is_step: bool = True) -> Way:
    return Way(kind, Kind(kind).label, note, "cases:ask-lead", kind, is_step)


ASK_NOTE = _("A letter with at most three questions. The case waits for the person, at most 90 days.")
WAYS: tuple[Way, ...] = (
    _by_two(Kind.ACCEPT, _("The account is taken up for a complaint. Then one lawyer is named to the person.")),
    Way("ask", _("Ask the person something"), ASK_NOTE, "cases:questions"),
    Way("ask_more", _("Ask the person something"), ASK_NOTE, "cases:questions"),
    _by_two(Kind.SUPPORT, _("No complaint is wanted, or no way exists now. They get the reasons and help.")),
    _by_two(Kind.REFER, _("Another group goes on. Only with the person’s yes to such groups.")),
    Way(
        "look_again", _("Look at it again"), _("Back into review: no lawyer was found, or something has changed."),
        "cases:look-again", is_lead=True, is_post=True,
    ),
    Way(
        "comment", _("Give the draft back with comments"),
        _("Back to drafting. Lawyer and team read the comments in the brief."), "cases:comment-draft", is_lead=True,
    ),
    _by_two(Kind.CLOSE, _("We stop. The period begins after which everything is erased.")),
    _by_two(Kind.TRANSFER, _("Named papers go to a court or a body. Only with the person’s yes to it."), is_step=False),
    _by_two(Kind.MEDIA, _("Named papers or words go to media. Only with the person’s yes to it."), is_step=False),
)  # fmt: skip
AFTER: dict[str, tuple[str | Promise, ...]] = {
    Kind.ACCEPT: (
        _("The case goes on to looking for a lawyer."),
        _("Nothing goes outside yet: the person first says yes to a named lawyer."),
    ),
    Kind.SUPPORT: (
        _("Your letter goes to the person."),
        _("The case is kept, and looked at again on the day you set."),
    ),
    Kind.REFER: (_("It is recorded who got what."), _("The case rests with us until a lead looks at it again.")),
    Kind.CLOSE: (
        _("Your letter goes to the person, if you wrote one."),
        _("Work stops, and the retention clock starts."),
    ),
    Kind.TRANSFER: (_("It is recorded who got what; the papers themselves go by the lawyer’s safe way."),),
    Kind.PROPOSE: (
        _("The person reads this on the own page and answers yes, no, or another one."),
        _("The lawyer learns nothing yet. Only after a yes does a summary without names go out."),
    ),
    Kind.FLAG: (
        _("It is written into the list of flags, with both of you and the reason."),
        _("What is sent after the asking keeps a flag open, or opens it again."),
        _("The person is told nothing by this."),
    ),
    Kind.WAIVE: (_("The lawyer may take the mandate, and sees that you went on knowing it, and why."),),
    Kind.MEDIA: (_("It is recorded who got what."), _("What was published cannot be taken back.")),
}
# In the letter itself, in its own language, whatever the desk's is.
BECAUSE = {
    "en": "We ask because: %(why)s",
    "be": "Мы пытаемся, бо: %(why)s",
    "ru": "Мы спрашиваем, потому что: %(why)s",
    "ar": "نسأل عن هذا لأن: %(why)s",
}
