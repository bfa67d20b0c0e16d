"""Rule 4: a suspect seen in a State that needs presence lifts it at once, with the flag SUSPECT_ABROAD.

A fresh sighting lifts the State's routes to the top; an older one only within their verdict, because it is less likely
that the person is still there. A sighting is never a verdict.
"""

from collections.abc import Iterator
from datetime import timedelta

from jurisdictions.assess.context import Context
from jurisdictions.assess.facts import Suspect
from jurisdictions.assess.finding import NOTHING, Finding, caution
from jurisdictions.assess.immunity import is_shielded

FLAG = "SUSPECT_ABROAD"
FRESH = timedelta(days=90)
NOW, EARLIER, NEVER = 0, 1, 2  # how far a sighting lifts; smaller is higher
NEEDING = frozenset({"presence", "residence", "unknown"})


def rule(context: Context) -> Finding:
    """A caution that asks to act within hours, one for each suspect seen in the forum."""
    found = [
        caution(FLAG, context.law(), name=context.forum_name, who=it.id, day=it.last_seen and it.last_seen.on)
        for it in _seen(context)
    ]
    return Finding(cautions=tuple(found)) if found else NOTHING


def lift(context: Context) -> int:
    """NOW for a fresh sighting, EARLIER for an older or undated one, NEVER without any."""
    return min((NOW if _is_fresh(context, it) else EARLIER for it in _seen(context)), default=NEVER)


def _seen(context: Context) -> Iterator[Suspect]:
    """Suspects whom no office shields, last seen in the forum and not before the acts."""
    if not {context.basis.suspect_open, context.basis.suspect_try} & NEEDING:
        return
    for suspect in context.facts.suspects or ():
        seen, since = suspect.last_seen, context.facts.begins
        is_here = seen is not None and seen.country == context.forum and not is_shielded(suspect)
        if is_here and not (seen and seen.on and since and seen.on < since):
            yield suspect


def _is_fresh(context: Context, suspect: Suspect) -> bool:
    seen = suspect.last_seen
    return seen is not None and seen.on is not None and context.on - FRESH <= seen.on <= context.on
