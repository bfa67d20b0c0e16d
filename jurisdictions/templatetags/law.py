"""Tags for pages on one State: what reviewers have signed of it, and the way to its values, changes and checks."""

from __future__ import annotations

from typing import Any

from django import template

from jurisdictions.models import Proposal

register = template.Library()


@register.inclusion_tag("desk/law_links.html")
def law_links(iso2: str) -> dict[str, Any]:
    """Links to the values of a State, what changed, what is to be checked."""
    return {"iso2": iso2}


@register.simple_tag
def law_signed(iso2: str) -> str:
    """How many values of a State a reviewer has signed, and the names: a sentence."""
    rows = Proposal.objects.filter(iso2=iso2, state=Proposal.State.SIGNED)
    signed = {(row.kind, row.key, row.field): row.decided_by for row in rows.order_by("decided_on", "pk")}
    if not signed:
        return "Confirmed by an admitted lawyer: not yet."
    values = "value is" if len(signed) == 1 else "values are"
    return f"{len(signed)} {values} signed by {', '.join(sorted(set(signed.values())))}; the rest by nobody yet."
