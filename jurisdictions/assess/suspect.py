"""Rule 3, the suspects' side: presence, residence or nationality of at least one suspect, as one stage asks for it.

Reports are never taken for certainty: only a confirmed sighting of the last RECENT days counts as present.
"""

from collections.abc import Callable
from datetime import timedelta

from jurisdictions.assess.context import Context
from jurisdictions.assess.facts import Suspect
from jurisdictions.assess.immunity import may_stand_trial
from jurisdictions.assess.verdicts import CONDITIONAL, UNKNOWN
from jurisdictions.assess.victim import MET, NOT_MET, Link, all_of, either, nationality

RECENT = timedelta(days=30)
SURE = {"confirmed", "sure"}
# Codes of bases for which being there is not enough: the person must not be handed over either.
STRICT = ("suspect_not_extradited", "present_not_extradited_alternative")

Test = Callable[[Context, Suspect], Link]


def suspect_link(context: Context, link: str, *, trial: bool = False) -> Link:
    """Whether a suspect has the link that a stage asks for: none, presence, residence, nationality or unknown.

    trial: only for suspects whom no office shields.
    """
    if link == "none":
        return MET
    if link == "unknown":
        return either(Link(UNKNOWN), *_instead(context))
    tests: dict[str, Test] = {"presence": _present, "residence": _resident, "nationality": _national}
    return either(_any(context, tests[link], trial=trial), *_instead(context))


def present(context: Context, *, trial: bool = False) -> Link:
    """Whether a suspect is in the forum now."""
    return _any(context, _present, trial=trial)


def alternatives(context: Context) -> list[Link]:
    """Links that would do in place of the survivor's link, on a base that rests on the survivor."""
    links = []
    if context.has("suspect_is_national_alternative"):
        links.append(_any(context, _national))
    if context.has("present_not_extradited_alternative", "suspect_presence_alternative"):
        links.append(present(context))
    return links


def _instead(context: Context) -> list[Link]:
    """Links that would do in place of a suspect in the forum; see `alternatives` where the survivor's link counts."""
    links = []
    if context.has("suspect_is_national_alternative") and context.basis.victim_link == "none":
        links.append(_any(context, _national))
    if context.has("victim_national_alternative"):
        links.append(nationality(context))
    return links


def _any(context: Context, test: Test, *, trial: bool = False) -> Link:
    suspects = context.facts.suspects
    if suspects is None:
        return Link(UNKNOWN, ("suspects",))
    if not suspects:
        return NOT_MET
    key = (test, context.forum, trial, context.has(*STRICT))
    return context.once(key, lambda: either(*[_one(context, test, it, trial=trial) for it in suspects]))


def _one(context: Context, test: Test, suspect: Suspect, *, trial: bool) -> Link:
    link = test(context, suspect)
    return all_of(link, Link(may_stand_trial(suspect))) if trial else link


def _present(context: Context, suspect: Suspect) -> Link:
    seen = suspect.last_seen
    if seen is None or seen.country is None:
        return Link(UNKNOWN, ("suspects.last_seen",))
    if seen.country != context.forum:
        return NOT_MET
    recent = seen.on is not None and context.on - RECENT <= seen.on <= context.on
    if not (recent and seen.certainty in SURE):
        return Link(CONDITIONAL)
    return Link(CONDITIONAL) if context.has(*STRICT) else MET


def _resident(context: Context, suspect: Suspect) -> Link:
    """Having been seen somewhere is a sign of living there, not more."""
    link = _present(context, suspect)
    return Link(CONDITIONAL) if link == MET else link


def _national(context: Context, suspect: Suspect) -> Link:
    if suspect.nationality is None:
        return Link(UNKNOWN, ("suspects.nationality",))
    return MET if suspect.nationality == context.forum else NOT_MET
