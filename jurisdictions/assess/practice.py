"""What the forum has done so far with acts in the same State, as a reason; nothing found is no reason."""

from jurisdictions.assess.context import Context
from jurisdictions.assess.finding import FOR, NOTHING, Authority, Finding, reason
from jurisdictions.assess.verdicts import OPEN

OUTCOMES = {
    "open_file": ("opened", "pending"),
    "indictment": ("opened", "conviction", "acquittal"),
    "filed_stalled": (),
}


def rule(context: Context) -> Finding:
    """An open file, charges, or a filing without known progress."""
    basis = context.basis
    if basis.practice == "none_found" or not context.about_practice():
        return NOTHING
    values = {"name": context.forum_name, "year": basis.practice_year, "about": context.place(_about(context))}
    authority = Authority(basis.provision, _source(context), basis.confidence)
    return Finding(OPEN, (reason(f"practice_{basis.practice}", FOR, authority, **values),))


def _about(context: Context) -> str:
    return context.basis.practice_about_id


def _source(context: Context) -> str:
    """The address of the matching entry of the State's practice, else of the law."""
    outcomes = OUTCOMES[context.basis.practice]
    events = [
        event
        for event in context.reference.events
        if event.state_id == context.forum and event.about_id == _about(context)
    ]
    events.sort(key=lambda event: (event.year != context.basis.practice_year, event.outcome not in outcomes))
    return events[0].source if events else context.law().source
