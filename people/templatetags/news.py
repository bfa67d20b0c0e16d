"""The lines at the top of a desk page: alarms for leads, announcements for everybody on the first page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse

from people import alarms, news
from people.permissions import Permission, may
from people.requests import once

register = template.Library()
HOME = ("cases:queue", "cases:dossiers", "cases:cares", "people:account")  # where one begins
ALARMS = "people:alarms"


@register.inclusion_tag("desk/news_lines.html", takes_context=True)
def desk_lines(context: Context) -> dict[str, Any]:
    """How many alarms wait for this lead, and on the first page how many announcements this person has not seen."""
    request = context["request"]
    person = getattr(request, "person", None)  # the pages of one room may be drawn without the desk around them
    if person is None or request.keyring is None:
        return {"alarms": 0, "unseen": 0}
    is_there = request.path == reverse(ALARMS)
    is_home = request.path in [reverse(name) for name in HOME]
    return {
        "alarms": 0 if is_there else once(request, alarms.count_for),
        "unseen": once(request, news.count_unseen) if is_home and may(person, Permission.SEE_NEWS) else 0,
    }
