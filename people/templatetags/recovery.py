"""What a signed-in person is asked to do about the recovery kit, above every page of the desk."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from people import opening, recovered, recovery
from people.permissions import Permission, may

register = template.Library()


@register.inclusion_tag("desk/recovery_notices.html", takes_context=True)
def recovery_notices(context: Context) -> dict[str, Any]:
    """A share that waits to be printed; for leads what the portal still waits for, and a kit that is used up."""
    request = context["request"]
    person, here = request.person, getattr(request.resolver_match, "view_name", "")
    is_lead = may(person, Permission.MAKE_RECOVERY_KIT).ok
    return {
        "has_share": here != "people:recovery-share" and recovery.has_to_print(person),
        "is_closed": is_lead and not opening.is_open() and here != "people:recovery",
        "is_spent": is_lead and recovered.is_spent(),
    }
