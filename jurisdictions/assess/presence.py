"""Rule 3: for each stage (file, open, try) whether the links that this base asks for are there.

Most people need "file" and "open". A complaint can be sent wherever the law asks for nothing; to open and to try, the
survivor's link and the suspect's link count. No stage can be reached when the one before it is blocked.
"""

from dataclasses import dataclass

from jurisdictions.assess import immunity
from jurisdictions.assess.context import Context
from jurisdictions.assess.finding import AGAINST, BLOCKS, FOR, NOTHING, Finding, Reason, merge, missing, reason
from jurisdictions.assess.suspect import alternatives, present, suspect_link
from jurisdictions.assess.texts import Place
from jurisdictions.assess.verdicts import BLOCKED, CONDITIONAL, OPEN, UNKNOWN, worst
from jurisdictions.assess.victim import Link, all_of, either, victim_link

# Links that a base allows instead and that no confirmed fact settles.
OTHER_LINKS = (
    "extradition_obtained_alternative",
    "foreign_victim_on_minister_request",
    "national_interest_limb",
    "political_crime_alternative",
    "service_personnel_alternative",
    "stateless_resident_victim",
    "terrorist_character_link",
)
EFFECTS = {OPEN: FOR, CONDITIONAL: FOR, UNKNOWN: AGAINST, BLOCKED: BLOCKS}


@dataclass(frozen=True)
class Stages:
    """The verdict of each stage, and why."""

    file: str
    open: str
    try_: str
    finding: Finding

    def as_dict(self) -> dict[str, str]:
        """The shape of matching.md."""
        return {"file": self.file, "open": self.open, "try": self.try_}


def stages(context: Context) -> Stages:
    """All three stages of one base."""
    file = suspect_link(context, context.basis.suspect_file)
    needed = _needed(context, context.basis.suspect_open)
    opened, softened = _open(context, needed)
    tried, trial = _try(context, opened, needed)
    finding = merge([_links(context, opened), softened, trial])
    reached = worst(opened.verdict, softened.cap)
    return Stages(file.verdict, reached, worst(tried.verdict, reached), finding)


def _needed(context: Context, link: str, *, trial: bool = False) -> Link:
    """The survivor's and the suspect's link together, or another link where the base allows one instead."""
    links = [all_of(victim_link(context), suspect_link(context, link, trial=trial))]
    if context.basis.victim_link != "none":
        links += alternatives(context)
    if context.has(*OTHER_LINKS):
        links.append(Link(UNKNOWN))
    return either(*links)


def _open(context: Context, needed: Link) -> tuple[Link, Finding]:
    lifted = _lifted(context, needed)
    return lifted, merge([_practice(context, needed, lifted), _ties(context), _expected(context), _heard(context)])


def _lifted(context: Context, link: Link) -> Link:
    """Unclear law, but the authority already has a file on this base about the same State: it can be done."""
    unclear_law = link.verdict == UNKNOWN and context.basis.suspect_open == "unknown"
    if unclear_law and context.investigated() and victim_link(context).verdict in {OPEN, CONDITIONAL}:
        return Link(CONDITIONAL, link.asks)
    return link


def _practice(context: Context, before: Link, after: Link) -> Finding:
    if before == after:
        return NOTHING
    return Finding(after.verdict, (reason("presence_unclear_but_open_file", FOR, context.law(), **_name(context)),))


def _ties(context: Context) -> Finding:
    """Case law asks for some tie to the forum: the survivor's residence, nationality, or a suspect there."""
    if not context.has("link_to_forum_required"):
        return NOTHING
    if OPEN in {_resides(context), present(context).verdict}:
        return Finding(reasons=(reason("tie_to_forum", FOR, context.law(), **_name(context)),))
    return Finding(CONDITIONAL, (reason("tie_to_forum_needed", AGAINST, context.law(), **_name(context)),))


def _expected(context: Context) -> Finding:
    """The prosecutor may decline while no suspect is, or is expected, in the forum."""
    if not context.has("discretion_if_no_suspect_expected") or present(context).verdict in {OPEN, CONDITIONAL}:
        return NOTHING
    return Finding(CONDITIONAL, (reason("no_suspect_expected", AGAINST, context.law(), **_name(context)),))


def _heard(context: Context) -> Finding:
    """In practice the survivor is heard in the forum."""
    if not context.has("complainant_available_in_forum"):
        return NOTHING
    resides = _resides(context)
    if resides == OPEN:
        return Finding(reasons=(reason("survivor_in_forum", FOR, context.law(), **_name(context)),))
    asked = (missing("victim.residence_now", CONDITIONAL),) if resides == UNKNOWN else ()
    return Finding(CONDITIONAL, (reason("survivor_to_be_heard", AGAINST, context.law(), **_name(context)),), asked)


def _resides(context: Context) -> str:
    residence = context.facts.victim.residence_now
    if residence is None:
        return UNKNOWN
    return OPEN if residence == context.forum else BLOCKED


def _try(context: Context, opened: Link, before: Link) -> tuple[Link, Finding]:
    """Where no link is asked for, a trial still needs the accused, unless trials without are known."""
    basis = context.basis
    is_same = basis.suspect_try == basis.suspect_open and not context.facts.has_doubtful_offices
    needed = before if is_same else _needed(context, basis.suspect_try, trial=True)
    shield = Link(immunity.trial(context.facts))
    if context.basis.suspect_try != "none" or needed.verdict == BLOCKED or opened.verdict == BLOCKED:
        return all_of(needed, shield), _trial(context, needed, opened)
    there = present(context, trial=True)
    if there.verdict in {OPEN, CONDITIONAL}:
        return all_of(needed, there, shield), NOTHING
    known = context.has("in_absentia_trial_known")
    code = "trial_without_accused_known" if known else "trial_without_accused_unknown"
    found = Finding(reasons=(reason(code, FOR if known else AGAINST, context.law(), **_name(context)),))
    return Link(worst(needed.verdict, shield.verdict, CONDITIONAL if known else UNKNOWN)), found


def _trial(context: Context, tried: Link, opened: Link) -> Finding:
    """Say what the trial needs when it needs more than the opening."""
    if tried.verdict == opened.verdict or context.basis.suspect_try in {"none", context.basis.suspect_open}:
        return NOTHING
    code = f"try_{context.basis.suspect_try}"
    return Finding(reasons=(reason(code, AGAINST, context.law(), **_name(context)),))


def _links(context: Context, opened: Link) -> Finding:
    """One reason for each link that opening asks for, and what is missing."""
    reasons: list[Reason] = []
    victim = victim_link(context)
    if context.basis.victim_link != "none":
        code = f"victim_{context.basis.victim_link}_{victim.verdict}"
        reasons.append(reason(code, _effect(victim, opened), context.law(), **_name(context)))
    suspect = suspect_link(context, context.basis.suspect_open)
    code = f"suspect_{context.basis.suspect_open}_{suspect.verdict}"
    reasons.append(reason(code, _effect(suspect, opened), context.law(), **_name(context)))
    if BLOCKED in {victim.verdict, suspect.verdict} and opened.verdict != BLOCKED:
        reasons.append(reason("other_link", AGAINST, context.law(), **_name(context)))
    asked = [*opened.asks, *_worth_asking(context, suspect, opened)]
    return Finding(
        reasons=tuple(reasons),
        missing=tuple(missing(path, opened.verdict, **_name(context)) for path in asked),
    )


def _worth_asking(context: Context, suspect: Link, opened: Link) -> list[str]:
    """A suspect who is seen in the forum would lift what the lack of one blocks."""
    lifts = suspect.verdict == opened.verdict == BLOCKED and context.basis.suspect_open in {"presence", "residence"}
    return ["suspects.last_seen"] if lifts and victim_link(context).verdict != BLOCKED else []


def _effect(link: Link, opened: Link) -> str:
    """A link that is lacking blocks only where no other link would do."""
    return AGAINST if link.verdict == BLOCKED and opened.verdict != BLOCKED else EFFECTS[link.verdict]


def _name(context: Context) -> dict[str, Place]:
    return {"name": context.forum_name}
