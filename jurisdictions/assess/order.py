"""Best first, and why: verdict, safety, practice, reachable stage, gatekeeper, residence, language, data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jurisdictions.assess import texts
from jurisdictions.assess.verdicts import CONDITIONAL, OPEN, RANK

SAFETY = ("normal", "check_first", "restricted")
PRACTICE = ("open_file", "indictment", "filed_stalled", "none_found")
GATEKEEPERS = ("none", "prosecutor", "prosecutor_general", "attorney_general", "minister", "unknown")
CONFIDENCE = ("high", "medium", "low")


@dataclass(frozen=True)
class Candidate:
    """A route with what the order looks at. practice: "none_found" unless it is about the State of the acts."""

    route: dict[str, Any]
    name: str
    number: int
    safety: str
    practice: str
    gatekeeper: str
    resides: bool
    speaks: bool
    confidence: str

    def reach(self) -> tuple[int, int]:
        """Stages that are open, stages that are at least conditional; fewer is worse."""
        verdicts = list(self.route["stages"].values())
        return -verdicts.count(OPEN), -(verdicts.count(OPEN) + verdicts.count(CONDITIONAL))


# (code of the text, what is compared, what the text shows)
CRITERIA: tuple[tuple[str, Callable[[Candidate], Any], Callable[[Candidate], str]], ...] = (
    ("verdict", lambda it: RANK[it.route["verdict"]], lambda it: it.route["verdict"]),
    ("safety", lambda it: SAFETY.index(it.safety), lambda it: it.safety),
    ("practice", lambda it: PRACTICE.index(it.practice), lambda it: it.practice),
    ("stage", Candidate.reach, lambda it: ""),
    ("gatekeeper", lambda it: GATEKEEPERS.index(it.gatekeeper), lambda it: it.gatekeeper),
    ("residence", lambda it: not it.resides, lambda it: ""),
    ("language", lambda it: not it.speaks, lambda it: ""),
    ("confidence", lambda it: CONFIDENCE.index(it.confidence), lambda it: it.confidence),
)


def ordered(candidates: list[Candidate]) -> list[dict[str, Any]]:
    """The routes, best first, each with `order_reason`: why it stands above the next."""
    best_first = sorted(candidates, key=_key)
    followers = [*best_first[1:], None] if best_first else []
    return [
        candidate.route | {"order_reason": _why(candidate, follower)}
        for candidate, follower in zip(best_first, followers, strict=True)
    ]


def _key(candidate: Candidate) -> tuple[Any, ...]:
    return (*(compare(candidate) for _, compare, _ in CRITERIA), candidate.name, candidate.number)


def _why(candidate: Candidate, follower: Candidate | None) -> str:
    if follower is None:
        return texts.say("order_last")
    below = texts.say("order_route", name=follower.name, crime=follower.route["crime"])
    for code, compare, show in CRITERIA:
        if compare(candidate) != compare(follower):
            values = {"mine": show(candidate), "theirs": show(follower)}
            return texts.say("order_above", below=below, why=texts.say(f"order_{code}", **values))
    return texts.say("order_level", below=below)
