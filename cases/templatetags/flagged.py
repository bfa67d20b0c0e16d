"""The box of a case page about its risk flags."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from cases.actions.caring import current
from cases.flag_board import board
from cases.models import Case

register = template.Library()


@register.inclusion_tag("desk/flags_box.html", takes_context=True)
def what_first(context: Context, case: Case) -> dict[str, Any]:
    """What is to be done first about each open flag, and whether the clinician wrote something new."""
    return {"case": case, "lines": board(case, context["request"].keyring).lines, "care": current(case)}
