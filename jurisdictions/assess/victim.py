"""Rule 3, the survivor's side: nationality or residence that a base asks for, at the moment it asks for it.

Where the data does not name the moment, the link must exist at both, the acts and the filing, to count as met.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from jurisdictions.assess.context import Context
from jurisdictions.assess.verdicts import BLOCKED, CONDITIONAL, OPEN, UNKNOWN, best, worst


class Link(NamedTuple):
    """Verdict on a link, and the fact that would settle it ("" when none is missing)."""

    verdict: str
    asks: tuple[str, ...] = ()


MET, NOT_MET = Link(OPEN), Link(BLOCKED)


def victim_link(context: Context) -> Link:
    """The survivor's link that this base asks for; met when it asks for none."""
    kind = context.basis.victim_link
    if kind == "none":
        return MET
    if kind == "nationality":
        return nationality(context)
    residence = _refugee(context) if kind == "refugee_or_residence" else _residence(context)
    if context.has("victim_national_suffices") or kind == "refugee_or_residence":
        return either(residence, nationality(context))
    return residence


def nationality(context: Context) -> Link:
    """Whether the survivor is, or was, a national of the forum."""
    held = context.facts.victim.nationalities
    if held is None:
        return Link(UNKNOWN, ("victim.nationalities",))
    since = [nationality_.since for nationality_ in held if nationality_.country == context.forum]
    if not since:
        return NOT_MET
    if any(day is not None and all(_before(day, act.first) for act in context.acts) for day in since):
        return MET
    return _later_national(context, since)


def _before(day: date, first: date | None) -> bool:
    return first is not None and day <= first


def _later_national(context: Context, since: Iterable[date | None]) -> Link:
    """A national, but not surely so at the acts."""
    if context.basis.victim_link_when == "filing" or context.has("later_nationality_suffices"):
        return MET
    if any(day is None for day in since):
        return Link(UNKNOWN, ("victim.nationalities.from",))
    if any(act.first is None for act in context.acts):
        return Link(UNKNOWN, ("acts.from",))
    return NOT_MET if context.basis.victim_link_when == "acts" else Link(CONDITIONAL)


def _residence(context: Context) -> Link:
    victim = context.facts.victim
    at_acts = _same(victim.residence_at_acts, context.forum, "victim.residence_at_acts")
    now = _same(victim.residence_now, context.forum, "victim.residence_now")
    when = context.basis.victim_link_when
    if when:
        return _years(context, at_acts if when == "acts" else now)
    if {at_acts.verdict, now.verdict} == {OPEN, BLOCKED}:
        return Link(CONDITIONAL)
    return _years(context, all_of(at_acts, now))


def _same(country: str | None, forum: str, path: str) -> Link:
    if country is None:
        return Link(UNKNOWN, (path,))
    return MET if country == forum else NOT_MET


def _years(context: Context, link: Link) -> Link:
    """Years of residence are not among the facts: a lawyer counts them."""
    return Link(CONDITIONAL) if link == MET and context.basis.victim_link_years else link


def _refugee(context: Context) -> Link:
    """A recognised refugee or long resident at the acts; how long, and recognised when, is not among the facts."""
    link = _residence(context)
    return Link(CONDITIONAL) if link == MET else link


def either(*links: Link) -> Link:
    """One link is enough."""
    if len(links) == 1:
        return links[0]
    verdict = best(*[link.verdict for link in links])
    return Link(verdict, _asks(links, verdict))


def all_of(*links: Link) -> Link:
    """All links are needed."""
    links = tuple([link for link in links if link is not MET])
    if len(links) < 2:
        return links[0] if links else MET
    verdict = worst(*[link.verdict for link in links])
    return Link(verdict, _asks(links, verdict))


def _asks(links: tuple[Link, ...], verdict: str) -> tuple[str, ...]:
    """What is still worth asking: nothing once the link is met or surely lacking."""
    if verdict in {OPEN, BLOCKED}:
        return ()
    return tuple(dict.fromkeys(path for link in links for path in link.asks))
