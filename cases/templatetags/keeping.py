"""Tags for keeping and erasing: the box at the side of a case, and the mark of a case that is held."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from cases import keeping
from cases.actions.holding import holds_of
from cases.models import Case, Erasure
from cases.retention import WHYS
from people.permissions import Permission, may
from vault.models import today

register = template.Library()
register.filter("why", lambda code: WHYS.get(code, code))


@register.inclusion_tag("desk/erasing_side.html", takes_context=True)
def keeping_and_erasing(context: Context, case: Case) -> dict[str, Any]:
    """What stands for and against keeping a case, for people who work on it. Raises Forged for a changed hold."""
    request = context["request"]
    return {
        "case": case,
        "holds": [hold for hold in holds_of(case, request.keyring) if hold.stands],
        "waiting": case.erasures.filter(state=Erasure.State.REQUESTED).first(),
        "refused": case.erasures.filter(state=Erasure.State.REFUSED).first(),
        "due": keeping.due_of(case, today()),
        "may_hold": bool(may(request.person, Permission.HOLD_CASE, case)),
    }


@register.inclusion_tag("desk/hold_mark.html")
def hold_mark(case: Case) -> dict[str, Any]:
    """A flag when a hold stands, from the readable column. Expects `legal_holds` prefetched for lists."""
    return {"is_held": any(hold.lifted_on is None for hold in case.legal_holds.all())}
