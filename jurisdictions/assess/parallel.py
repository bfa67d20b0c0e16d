"""Rule 11: prefer joining an open file over a new one; say where a second filing would harm.

Nothing here caps a verdict: what stands elsewhere changes how one files, and a complaint that nobody told us about must
not make a route look better than one that we know.
"""

from collections.abc import Iterator

from jurisdictions.assess.context import Context
from jurisdictions.assess.facts import Complaint
from jurisdictions.assess.finding import AGAINST, FOR, Caution, Finding, Missing, Reason, caution, missing, reason
from jurisdictions.assess.subsidiarity import yields
from jurisdictions.assess.verdicts import OPEN

RUNNING = frozenset({"opened", "pending"})


def rule(context: Context) -> Finding:
    """Complaints made before, here and elsewhere, and files that others keep open."""
    asked = context.once("complaints", lambda: tuple(_asked(context)))
    return Finding(OPEN, tuple(_here(context)), asked, tuple(_elsewhere(context)))


def is_running_here(context: Context) -> bool:
    """Whether the survivor's own complaint is already being looked at in the forum."""
    return any(it.country == context.forum and it.result in RUNNING for it in context.facts.complaints or ())


def _here(context: Context) -> Iterator[Reason]:
    for complaint in context.facts.complaints or ():
        if complaint.country != context.forum:
            continue
        code, effect = _outcome(context, complaint)
        yield reason(code, effect, context.law(), name=context.forum_name, day=complaint.on)


def _outcome(context: Context, complaint: Complaint) -> tuple[str, str]:
    if complaint.result in RUNNING:
        return "parallel_join", FOR
    if complaint.result == "refused":
        reviewed = context.basis.court_review == "yes"
        return ("parallel_refused_review" if reviewed else "parallel_refused"), AGAINST
    return ("parallel_closed" if complaint.result == "closed" else "parallel_unclear"), AGAINST


def _asked(context: Context) -> Iterator[Missing]:
    if context.facts.complaints is None:
        yield missing("complaints", OPEN)
    elif any(it.result in {None, "unknown"} for it in context.facts.complaints):
        yield missing("complaints.result", OPEN)


def _elsewhere(context: Context) -> Iterator[Caution]:
    others = [it.country for it in context.facts.complaints or () if it.result in RUNNING]
    if not others and not context.ground.joined_elsewhere:
        return
    code = "parallel_harms" if yields(context) else "parallel_tell"
    for country in dict.fromkeys(others):
        if country and country != context.forum:
            yield caution(code, context.law(), name=context.forum_name, other=context.place(country))
    if context.basis.subsidiarity == "yes" and context.about_practice() and not context.investigated():
        yield from _open_files(context)


def _open_files(context: Context) -> Iterator[Caution]:
    """States with an open file about the same State, where this base acts only when nobody else does."""
    for state in context.ground.joined_elsewhere:
        yield caution("parallel_open_file", context.law(), name=context.forum_name, other=context.place(state))
