"""Tags for pages on one State: what reviewers have signed of it, and the way to its values, changes and checks."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext, ngettext

from jurisdictions.models import Proposal
from jurisdictions.pages import codes, reader
from jurisdictions.vocabulary import UNVERIFIED

register = template.Library()
register.filter("verdict", codes.verdict)
register.filter("sureness", codes.confidence)
register.filter("ground", codes.ground)
register.filter("state_name", reader.state_name)
register.filter("lawday", reader.day)


@register.filter
def unverified_names(codes: list[str]) -> list[str]:
    """Fields that nobody has confirmed, in words."""
    return [str(UNVERIFIED.get(code, code.replace("_", " "))) for code in codes]


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
        return gettext("Confirmed by an admitted lawyer: not yet.")
    words = ngettext(
        "%(count)s value is signed by %(names)s; the rest by nobody yet.",
        "%(count)s values are signed by %(names)s; the rest by nobody yet.",
        len(signed),
    )
    return words % {"count": len(signed), "names": ", ".join(sorted(set(signed.values())))}
