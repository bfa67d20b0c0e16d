"""Rule 12: material for an open situation before an international court.

It fits when a border into a State Party was crossed under coercion on or after the first day of the situation's period;
otherwise no. Which situation, which States and which day are data.
"""

from dataclasses import dataclass

from jurisdictions.assess.confidence import consent
from jurisdictions.assess.context import treaty_authority
from jurisdictions.assess.days import NO, YES
from jurisdictions.assess.facts import Act, Facts
from jurisdictions.assess.finding import (
    AGAINST,
    BLOCKS,
    FOR,
    NOTHING,
    Authority,
    Finding,
    caution,
    merge,
    missing,
    reason,
)
from jurisdictions.assess.immunity import is_shielded
from jurisdictions.assess.presence import Stages
from jurisdictions.assess.texts import Place
from jurisdictions.assess.treaty import party
from jurisdictions.assess.verdicts import BLOCKED, CONDITIONAL, OPEN, UNKNOWN, worst
from jurisdictions.snapshot import Reference, Situation


@dataclass(frozen=True)
class Matter:
    """One situation looked at with one person's facts."""

    facts: Facts
    situation: Situation
    reference: Reference

    @property
    def forum(self) -> Place:
        """The court as texts name it."""
        return Place(self.situation.forum, f"the {self.situation.forum}")

    def place(self, state: str | None) -> Place:
        """A State as texts name it."""
        return Place(state, self.reference.name(state))

    @property
    def authority(self) -> Authority:
        """The situation as authority for a reason."""
        return Authority(self.situation.provision, next(iter(self.situation.sources), ""), self.situation.confidence)


def rule(matter: Matter) -> Finding:
    """Every condition of the situation."""
    return merge(
        [
            _place(matter),
            _forced(matter),
            _day(matter),
            _border(matter),
            _data(matter),
            _agreed(matter),
            _time(matter),
            _immunity(matter),
            _remarks(matter),
        ]
    )


def stages(matter: Matter, finding: Finding) -> Stages:
    """Anybody may send; opening is done once the situation is open; a trial needs a suspect before the court."""
    opened = OPEN if matter.situation.opened_on else CONDITIONAL
    found = reason("icc_trial_unknown", AGAINST, matter.authority)
    fits = BLOCKED if finding.cap == BLOCKED else OPEN
    return Stages(OPEN, worst(opened, fits), worst(UNKNOWN, fits), Finding(reasons=(found,)))


def _place(matter: Matter) -> Finding:
    """The acts happened in the State that the situation is about."""
    countries = {act.country for act in matter.facts.known_acts}
    values = {"name": matter.place(matter.situation.about_id), "situation": matter.situation.name}
    if matter.situation.about_id in countries:
        return Finding(reasons=(reason("icc_place", FOR, matter.authority, **values),))
    if None in countries:
        found = reason("icc_place_unknown", AGAINST, matter.authority, **values)
        return Finding(UNKNOWN, (found,), (missing("acts.country", UNKNOWN),))
    return Finding(BLOCKED, (reason("icc_other_place", BLOCKS, matter.authority, **values),))


def _forced(matter: Matter) -> Finding:
    forced = matter.facts.displacement.forced
    if forced:
        return Finding(reasons=(reason("icc_forced", FOR, matter.authority),))
    if forced is None:
        found = reason("icc_forced_unknown", AGAINST, matter.authority)
        return Finding(UNKNOWN, (found,), (missing("displacement.forced", UNKNOWN),))
    return Finding(BLOCKED, (reason("icc_not_forced", BLOCKS, matter.authority),))


def _day(matter: Matter) -> Finding:
    day, start = matter.facts.displacement.on, matter.situation.acts_from
    if day is None:
        found = reason("icc_day_unknown", AGAINST, matter.authority, start=start)
        return Finding(UNKNOWN, (found,), (missing("displacement.date", UNKNOWN),))
    if day < start:
        return Finding(BLOCKED, (reason("icc_before_period", BLOCKS, matter.authority, day=day, start=start),))
    return Finding(reasons=(reason("icc_in_period", FOR, matter.authority, day=day, start=start),))


def _border(matter: Matter) -> Finding:
    """The State entered was a party on the day of crossing."""
    into, day = matter.facts.displacement.crossed_into, matter.facts.displacement.on
    if into is None:
        found = reason("icc_border_unknown", AGAINST, matter.authority)
        return Finding(UNKNOWN, (found,), (missing("displacement.crossed_into", UNKNOWN),))
    status = matter.reference.treaties.get((into, matter.situation.treaty))
    answer = party(status, Act(first=day, last=day))
    authority = treaty_authority(status) if status else matter.authority
    values = {"name": matter.place(into), "treaty": matter.situation.treaty}
    if answer == NO:
        return Finding(BLOCKED, (reason("icc_border_no_party", BLOCKS, authority, **values),))
    if answer != YES:
        return Finding(UNKNOWN, (reason("icc_border_party_unknown", AGAINST, authority, **values),))
    doubts = (f"treaty_status_{into}_{matter.situation.treaty}",) if status and status.doubtful else ()
    cap = CONDITIONAL if doubts or authority.confidence == "low" else OPEN
    return Finding(cap, (reason("icc_border", FOR, authority, **values),), unverified=doubts)


def _data(matter: Matter) -> Finding:
    unverified = matter.situation.unverified
    if matter.situation.confidence != "low":
        return Finding(unverified=unverified)
    found = reason("confidence_low", AGAINST, matter.authority, name=matter.forum)
    return Finding(CONDITIONAL, (found,), unverified=unverified)


def _agreed(matter: Matter) -> Finding:
    return consent(matter.facts.consents.icc, matter.forum, "consents.icc")


def _time(matter: Matter) -> Finding:
    return Finding(reasons=(reason("icc_no_limitation", FOR, matter.authority, name=matter.forum),))


def _immunity(matter: Matter) -> Finding:
    """Office shields nobody from this court: what closes a national trial is said to be no obstacle here."""
    if not any(is_shielded(it) for it in matter.facts.suspects or ()):
        return NOTHING
    return Finding(reasons=(reason("icc_no_immunity", FOR, matter.authority, name=matter.forum),))


def _remarks(matter: Matter) -> Finding:
    """The referral names one State; a border into another party is within it only in part."""
    into, named = matter.facts.displacement.crossed_into, matter.situation.referred_by_id
    if into is None or named is None or into == named:
        return Finding()
    values = {"name": matter.place(into), "named": matter.place(named)}
    return Finding(cautions=(caution("icc_other_border", matter.authority, **values),))
