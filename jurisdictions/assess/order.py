"""Best first, and why: a suspect seen there, verdict, safety, practice, reachable stage, gatekeeper, residence,
language, data. What is equal in all of these stands by forum and number, so that the order is total and stable.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from jurisdictions.assess import texts
from jurisdictions.assess.abroad import NEVER, NOW
from jurisdictions.assess.gatekeeper import GRADES
from jurisdictions.assess.presence import Stages
from jurisdictions.assess.texts import Place
from jurisdictions.assess.verdicts import CONDITIONAL, OPEN, RANK

SAFETY = ("normal", "check_first", "restricted")
PRACTICE = ("open_file", "indictment", "filed_stalled", "none_found")
CONFIDENCE = ("high", "medium", "low")


class Standing(NamedTuple):
    """What the order looks at. practice: "none_found" unless it is about the State of the acts; lift: see abroad."""

    forum: Place
    crime: str
    number: int | str
    verdict: str
    stages: Stages
    safety: str
    practice: str
    gatekeeper: str
    remedies: int
    resides: bool
    speaks: bool
    confidence: str
    lift: int = NEVER

    @property
    def verdicts(self) -> tuple[str, str, str]:
        """The verdict of each stage."""
        return self.stages.file, self.stages.open, self.stages.try_


# (code of the text, what is compared, what the text shows)
CRITERIA: tuple[tuple[str, Callable[[Standing], Any], Callable[[Standing], str]], ...] = (
    ("suspect_now", lambda it: it.lift != NOW, lambda it: ""),
    ("verdict", lambda it: RANK[it.verdict], lambda it: it.verdict),
    ("suspect_seen", lambda it: it.lift, lambda it: ""),
    ("safety", lambda it: SAFETY.index(it.safety), lambda it: it.safety),
    ("practice", lambda it: PRACTICE.index(it.practice), lambda it: it.practice),
    ("stage", lambda it: _reach(it.verdicts), lambda it: ""),
    ("gatekeeper", lambda it: GRADES.index(it.gatekeeper), lambda it: f"gatekeeper_{it.gatekeeper}"),
    ("remedy", lambda it: -it.remedies, lambda it: ""),
    ("residence", lambda it: not it.resides, lambda it: ""),
    ("language", lambda it: not it.speaks, lambda it: ""),
    ("confidence", lambda it: CONFIDENCE.index(it.confidence), lambda it: it.confidence),
)


def key(standing: Standing) -> tuple[Any, ...]:
    """Sorts best first; no two routes share a key."""
    return (*[compare(standing) for _, compare, _ in CRITERIA], str(standing.forum.code), str(standing.number).zfill(4))


def explain(mine: Standing, below: Standing | None, language: str) -> str:
    """Why a route stands above the next: the first thing in which they differ."""
    if below is None:
        return texts.say("order_last", language)
    place = texts.say("order_route", language, name=below.forum, crime=below.crime)
    for code, compare, show in CRITERIA:
        if compare(mine) != compare(below):
            shown = {"mine": show(mine), "theirs": show(below)} if show(mine) else {}
            return texts.say("order_above", language, below=place, why=texts.say(f"order_{code}", language, **shown))
    return texts.say("order_level", language, below=place)


def _reach(verdicts: tuple[str, str, str]) -> tuple[int, int]:
    """Stages that are open, stages that are at least conditional; fewer is worse."""
    opened = verdicts.count(OPEN)
    return -opened, -opened - verdicts.count(CONDITIONAL)
