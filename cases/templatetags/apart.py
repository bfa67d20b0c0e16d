"""The boxes of a case page about what two people decide: the sealed part and the safety hold."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from cases.actions.releasing import standing
from cases.models import Case, SealedRelease

register = template.Library()


@register.inclusion_tag("desk/sealed_box.html", takes_context=True)
def sealed_box(context: Context, case: Case) -> dict[str, Any]:
    """What the sealed part is and whether somebody asked; the same whether anything is in it or not."""
    found = list(standing(case).select_related("requested_by"))
    waiting = [each for each in found if each.state == SealedRelease.State.REQUESTED]
    open_now = [each for each in found if each.state == SealedRelease.State.RELEASED]
    return {"case": case, "waiting": waiting, "open_now": open_now, "request": context["request"]}


@register.inclusion_tag("desk/hold_box.html", takes_context=True)
def hold_box(context: Context, case: Case) -> dict[str, Any]:
    """Whether the case is held, and where to change that."""
    note = case.hold_releases.filter(is_alone=False, reviewed_at=None).select_related("by").first()
    is_held = case.status == Case.Status.SAFETY_HOLD
    return {"case": case, "is_held": is_held, "note": note, "request": context["request"]}
