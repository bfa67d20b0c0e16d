"""The line about cases of P0 at the top of every page of a lead."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone

from cases.urgent import line_for
from people.permissions import Permission, may

register = template.Library()


@register.inclusion_tag("desk/urgent_line.html", takes_context=True)
def urgent_line(context: Context) -> dict[str, Any]:
    """The line as it is now, and the address at which the page asks for it again."""
    request = context["request"]
    person = getattr(request, "person", None)
    if person is None or request.keyring is None or not may(person, Permission.SEE_URGENT):
        return {"ask": ""}
    return {"ask": reverse("cases:urgent"), "line": line_for(person, timezone.now())}
