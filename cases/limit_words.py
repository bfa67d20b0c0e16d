"""Lines of what the survivor asked of us: one sentence each, in which stars stand around the words that matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cases.handwords import NOT_ASKED
from people.models import Person


@dataclass(frozen=True, slots=True)
class Limit:
    """One line: words before, the words that matter, words after."""

    before: str
    strong: str
    after: str = ""


def line(text: str | Promise, **values: str) -> Limit:
    """The line of a sentence; the values are put in after it was cut, so that a star in them is only a star."""
    before, strong, after = (part % values for part in str(text).split("*"))
    return Limit(before, strong, after)


def plain(limits: Iterable[Limit]) -> list[list[str]]:
    """The lines as JSON, to be sealed with what is handed over."""
    return [[each.before, each.strong, each.after] for each in limits]


def spoken_by(reader: Person) -> override:
    """While lines are put into words for somebody outside the team: the language of the desk that they have chosen."""
    return override(reader.language or settings.LANGUAGE_CODE)


FOR_ANOTHER = {  # by the answer whether the person agrees (statement.md 17, triage.md 4)
    NOT_ASKED: _("A helper tells this: *the person was not asked*. Seek their word first; ask for no story."),
    "detained": _("The person is *in detention*. Nothing public; look at the safety of the family first."),
    "missing": _("The person is *missing*. Ask the helper who searches already; write no name outside."),
    "dead": _("The person *died*. Close family speaks; ask who of them, and in what order they want."),
    "child": _("It is about *a child*. What the child wants counts; a lead for children looks first."),
}
WORRIES = {  # how they were after sending, when somebody calls
    "not_well": _(
        "How they were: *not well*, said after sending on %(day)s. Call within one working day, if they allow calls."
    ),
    "want_call": _(
        "How they were: *they want a call*, said after sending on %(day)s. "
        "Call within one working day, if they allow calls."
    ),
}
ADDRESSED = {
    "neutral": _("Address them *neutrally*."),
    "she": _("Address them *as a woman*."),
    "he": _("Address them *as a man*."),
    "they": _("Address them *in the plural*."),
}
AGREED = {  # may the case be shared with a partner lawyer
    "yes": _("Partner lawyers: *yes, when named to them first*."),
    "no": _("Partner lawyers: *no*."),
    "ask_later": _("Partner lawyers: *ask later*."),
}
