"""Cases of P0 that nobody has answered: a line on every page of the leads, from readable columns alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import saved
from cases.due import moment
from cases.models import Case
from people.models import Person
from people.permissions import Permission, may

LIST = "?view=urgent&level=P0"


@dataclass(frozen=True, slots=True)
class Line:
    """What is said, and the way to the cases; no words when nothing waits."""

    words: str = ""
    link: str = ""
    address: str = ""


def line_for(viewer: Person, now: datetime) -> Line:
    """How many wait, and until when the first of them; nothing for whoever is no lead."""
    if not may(viewer, Permission.SEE_URGENT):
        return Line()
    waiting = saved.opened(viewer).filter(level=Case.Level.P0, answer_by__isnull=False)
    found = waiting.aggregate(number=Count("pk"), first=Min("answer_by"))
    if not found["number"]:
        return Line()
    words = ngettext(
        "%(number)s case of P0 waits for an answer: by %(time)s.",
        "%(number)s cases of P0 wait for an answer, the first by %(time)s.",
        found["number"],
    )
    said = words % {"number": found["number"], "time": moment(found["first"], now)}
    return Line(said, _("Look at it") if found["number"] == 1 else _("Look at them"), reverse("cases:queue") + LIST)
