"""What the desk calls topics, voices and variants of a draft, and why something of it is not done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import hold
from cases.complaint.checked import Count
from cases.dossier.variant import DEFAULT
from cases.errors import NotReady
from cases.routing import BODIES
from cases.wording import country

TOPICS: Mapping[str, Promise] = {
    "time_place": _("Time and place"),
    "arrest": _("Arrest and transport"),
    "treatment": _("What was done"),
    "release": _("How it ended"),
    "facts": _("Further facts"),
    "complainant": _("The complainant"),
    "context": _("Public background"),
    "persons": _("Persons responsible"),
    "harm": _("Harm"),
    "displacement": _("Leaving the country"),
    "complaints": _("Complaints made before"),
}
VOICES: Mapping[str, Promise] = {
    "person": _("The person says it: rests on the account, ¶ and A"),
    "exhibit": _("An exhibit shows it: rests on pages, E-001/2"),
    "counsel": _("Counsel concludes it: rests on anything, and on provisions"),
}
SPOKEN: Mapping[str, Promise] = {
    "person": _("the person says"),
    "exhibit": _("an exhibit shows"),
    "counsel": _("counsel concludes"),
}
GENERAL = _("Universal jurisdiction, in English")
GONE: Mapping[str, Promise] = {
    "corrected": _("The person corrected this answer with version %(version)s."),
    "newer": _("It stands in a version of the account that is not here yet. The team hands the brief over again."),
    "no_place": _("The account has no such place any more."),
    "no_exhibit": _("This exhibit is not here any more."),
    "no_page": _("This exhibit has no such page."),
    "no_public": _("This public source is not in our list any more."),
}
ELSEWHERE = _(
    "The newest draft lies in the brief of a lawyer whose mandate is over, and your keys do not open it. A lead opens "
    "the facts of the complaint once, and the draft is here for everybody."
)
NOT_READY: Mapping[str, str | Promise] = {
    hold.CODE: _(
        "The case is in safety hold: nothing is written into the draft until it is lifted. What you typed is still "
        "here."
    ),
    "ended": _("The case has ended: nothing more is written into the draft. What you typed is still here."),
    "over": _("The permission to read was taken back: nothing more is written. What you typed is still here."),
    "many": _("A draft holds 400 sentences at most. What you typed is still here; delete or join some first."),
    "brief": _("The brief is not handed over yet. The team does it next."),
    "draft_elsewhere": ELSEWHERE,
    "draft_with_team": _(
        "The team has written on the draft since it handed the brief over. Ask them to hand it over again."
    ),
}


def variant(code: str) -> str:
    """Lithuania, for LT."""
    if code == DEFAULT:
        return str(GENERAL)
    return country(code) if len(code) == 2 else str(BODIES.get(code, code))


def topic(code: str) -> str:
    """What was done, for treatment."""
    return str(TOPICS.get(code, code.replace("_", " ")))


def counted(count: Callable[[], list[Count]]) -> dict[str, Any]:
    """For a page that links to the drafts: each with its words, or why none can be counted now."""
    try:
        return {"drafts": [(each, variant(each.variant)) for each in count()]}
    except NotReady as error:
        return {"drafts": [], "draft_away": NOT_READY.get(error.code, error.code)}
