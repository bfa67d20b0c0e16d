"""All rules together: every base and every situation becomes one route."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from jurisdictions.assess import (
    abroad,
    confidence,
    crime,
    filing,
    gatekeeper,
    general,
    icc,
    immunity,
    in_force,
    limitation,
    order,
    parallel,
    practice,
    safety,
    treaty,
)
from jurisdictions.assess.context import Context
from jurisdictions.assess.facts import Facts
from jurisdictions.assess.filing import Step
from jurisdictions.assess.finding import BLOCKS, FOR, Finding, Missing, merge
from jurisdictions.assess.icc import Matter
from jurisdictions.assess.limitation import Deadline
from jurisdictions.assess.order import Standing
from jurisdictions.assess.prepared import prepare, prepared
from jurisdictions.assess.presence import Stages, stages
from jurisdictions.assess.texts import LANGUAGE, MISSING_ORDER
from jurisdictions.assess.verdicts import BLOCKED, RANK, worst
from jurisdictions.snapshot import Basis, Reference, Situation

RULES: tuple[Callable[[Context], Finding], ...] = (
    practice.rule,
    crime.rule,
    in_force.rule,
    treaty.rule,
    confidence.consent_for_state,
    parallel.rule,
    limitation.rule,
    immunity.rule,
    abroad.rule,
    safety.rule,
)


class Route(NamedTuple):
    """One assessed route, still without words."""

    matter: Context | Matter
    standing: Standing
    finding: Finding
    deadline: Deadline

    @property
    def law(self) -> Basis | Situation:
        """The base or the situation that carries the route."""
        return self.matter.basis if isinstance(self.matter, Context) else self.matter.situation

    @property
    def forum_name(self) -> str:
        """The authority by its name, as the file has it."""
        if isinstance(self.matter, Matter):
            return self.matter.situation.forum_name
        return self.matter.national.authority_name if self.matter.national else self.matter.forum_name.english

    @property
    def steps(self) -> list[Step]:
        """What to do next."""
        if isinstance(self.matter, Matter):
            return filing.steps_before(self.matter.situation)
        return filing.steps_in(self.matter)

    @property
    def flags(self) -> list[str]:
        """What must be acted on at once."""
        return [abroad.FLAG] if self.standing.lift != abroad.NEVER else []


def assess(facts: Facts, on: date, reference: Reference) -> list[Route]:
    """Every route, best first. A pure function: the same facts, day and reference give the same answer."""
    seen = [prepare(basis, reference) for basis in general.bases(facts, reference)]
    bases = [*prepared(reference), *seen]
    memo: dict[Any, Any] = {}
    contexts = [Context(facts, on, it.ground.basis, reference, it.ground, memo) for it in bases]
    found = [_national(*parts) for parts in _looked_at(contexts, [it.finding for it in bases])]
    found += [_international(Matter(facts, situation, reference)) for situation in reference.situations]
    return sorted(_best_lifted(found), key=lambda route: order.key(route.standing))


def routes(facts: Facts, on: date, reference: Reference, language: str = LANGUAGE) -> list[dict[str, Any]]:
    """The same in words, in one of the staff languages."""
    found = assess(facts, on, reference)
    below = [*[route.standing for route in found[1:]], None] if found else []
    return [_in_words(route, follower, language) for route, follower in zip(found, below, strict=True)]


def _looked_at(contexts: list[Context], by_law: list[Finding]) -> Iterator[tuple[Context, Stages, Finding]]:
    """Every rule on every base, one rule after the other, which is quicker than one base after the other."""
    reached = [stages(context) for context in contexts]
    columns = [[rule(context) for context in contexts] for rule in RULES]
    for context, here, *found in zip(contexts, reached, *columns, by_law, strict=True):
        yield context, here, merge([here.finding, *found])


def _national(context: Context, reached: Stages, finding: Finding) -> Route:
    basis, law = context.basis, context.national
    verdict = worst(reached.file, reached.open, finding.cap)
    standing = Standing(
        forum=context.forum_name,
        crime=basis.crime,
        number=basis.number,
        verdict=verdict,
        stages=reached,
        safety=basis.safety,
        practice=_practice(context),
        gatekeeper=basis.gatekeeper,
        remedies=gatekeeper.remedies(basis),
        resides=context.facts.victim.residence_now == context.forum,
        speaks=law is not None and any(it in law.filing_languages for it in context.facts.languages),
        confidence=basis.confidence,
        lift=_lift(context, verdict),
    )
    return Route(context, standing, finding, limitation.deadline(context))


def _practice(context: Context) -> str:
    """An own complaint that is being looked at counts like an open file: joining goes before beginning anew."""
    if parallel.is_running_here(context):
        return "open_file"
    return context.basis.practice if context.about_practice() else "none_found"


def _lift(context: Context, verdict: str) -> int:
    """A sighting lifts neither what something else blocks nor what is held back for safety."""
    if verdict == BLOCKED or safety.is_held_back(context.basis.safety, context.facts):
        return abroad.NEVER
    return abroad.lift(context)


def _best_lifted(found: list[Route]) -> Iterator[Route]:
    """A fresh sighting brings a State's best routes to the top and leaves its weaker ones within their verdict."""
    best: dict[str | None, int] = {}
    for route in found:
        if route.standing.lift == abroad.NOW:
            rank, forum = RANK[route.standing.verdict], route.standing.forum.code
            best[forum] = min(rank, best.get(forum, rank))
    if not best:
        yield from found
        return
    for route in found:
        is_weaker = RANK[route.standing.verdict] > best.get(route.standing.forum.code, len(RANK))
        if is_weaker and route.standing.lift == abroad.NOW:
            yield route._replace(standing=route.standing._replace(lift=abroad.EARLIER))
        else:
            yield route


def _international(matter: Matter) -> Route:
    situation = matter.situation
    found = icc.rule(matter)
    reached = icc.stages(matter, found)
    finding = merge([found, reached.finding])
    standing = Standing(
        forum=matter.forum,
        crime=situation.crime,
        number=situation.slug,
        verdict=worst(reached.file, reached.open, finding.cap),
        stages=reached,
        safety="normal",
        practice=situation.practice if situation.about_id in matter.facts.places else "none_found",
        gatekeeper="none",
        remedies=0,
        resides=False,
        speaks=bool(set(situation.filing_languages) & set(matter.facts.languages)),
        confidence=situation.confidence,
    )
    return Route(matter, standing, finding, limitation.LAPSES_NEVER)


def _in_words(route: Route, below: Standing | None, language: str) -> dict[str, Any]:
    law, standing, finding = route.law, route.standing, route.finding
    return {
        "forum": standing.forum.code,
        "forum_name": route.forum_name,
        "crime": standing.crime,
        "basis": law.kind if isinstance(law, Basis) else law.basis,
        "provision": law.provision,
        "verdict": standing.verdict,
        "flags": route.flags,
        "stages": standing.stages.as_dict(),
        "reasons": _reasons(finding, language),
        "missing": _missing(finding.missing, standing.verdict, language),
        "deadline": route.deadline.as_dict(),
        "next_steps": [step.as_dict(language) for step in route.steps],
        "cautions": [caution.as_dict(language) for caution in finding.cautions],
        "unverified": list(dict.fromkeys(finding.unverified)),
        "confidence": law.confidence,
        "order_reason": order.explain(standing, below, language),
    }


def _reasons(finding: Finding, language: str) -> list[dict[str, Any]]:
    rank = {BLOCKS: 0, FOR: 1}
    return [it.as_dict(language) for it in sorted(finding.reasons, key=lambda it: rank.get(it.effect, 2))]


def _missing(found: tuple[Missing, ...], verdict: str, language: str) -> list[dict[str, str]]:
    """Weightiest first: what costs most, then the order in which facts are usually asked; each path and text once.

    What blocks a route is not lifted by an answer that costs less, so a blocked route asks only for what blocks it.
    """
    asked = [it for it in found if verdict != BLOCKED or it.cap == BLOCKED]
    heaviest = sorted(asked, key=lambda it: (-RANK[it.cap], MISSING_ORDER.index(it.code)))
    words = {tuple(it.as_dict(language).items()): None for it in heaviest}
    return [dict(it) for it in words]
