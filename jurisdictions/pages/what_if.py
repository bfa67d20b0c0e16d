"""Facts that are only supposed: read from a form, assessed, compared with those before, and never kept anywhere."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jurisdictions.assess import FactsError, assess_routes
from jurisdictions.pages import reasons
from jurisdictions.pages.factsheet import lines
from jurisdictions.pages.moves import changed_lines, moves
from jurisdictions.pages.ranking import parted
from jurisdictions.pages.supposed_form import SupposedFacts
from jurisdictions.pages.world import opened
from jurisdictions.stored import read

MOST_MOVES = 12  # shown at once; the others are folded
LONGEST = 20_000  # characters of the facts that a form carries along

Facts = dict[str, Any]


def carried(text: str) -> Facts | None:
    """The facts that a form carried along as JSON; None when they are none."""
    try:
        found = json.loads(text[:LONGEST])
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def supposed(posted: Any, before: Facts | None, today: date, kept: Mapping[str, Any] | None = None) -> Facts:
    """What a page shows for a sent form: its parts, the routes, and what moved since `before`, if there is one.

    kept: facts that the form does not ask, as a case has them. With a fault there are only the parts, and they say it.
    """
    forms = SupposedFacts({}, posted)
    if not forms.is_valid():
        return {"parts": forms}
    facts = {**(kept or {}), **forms.facts()}
    try:
        return _shown(facts, before, today, reasons.asked(posted.get("reasons", ""))) | {"parts": SupposedFacts(facts)}
    except FactsError as error:
        forms.person.add_error(None, _("These facts do not fit together: %(fault)s.") % {"fault": error})
        return {"parts": forms}


def _shown(facts: Facts, before: Facts | None, today: date, language: str) -> Facts:
    reference = read()
    routes = assess_routes(facts, today, reference, language=language)
    first, others = parted(routes)
    shown = {"facts": facts, "routes": first, "others": others, "drawing": opened(routes)}
    if before is None:
        return shown
    earlier = assess_routes(before, today, reference, language=language)
    moved = moves(earlier, routes)
    real = [move for move in moved if move.direction][:MOST_MOVES]
    return shown | {
        "compares": True,
        "moves": real,
        "other_moves": [move for move in moved if move not in real],
        "changes": changed_lines(lines(before), lines(facts)),
        "before": parted(earlier)[0],
    }
