"""All rules together: every base and every situation becomes one route."""

from datetime import date
from typing import Any

from jurisdictions.assess import conditions, confidence, crime, filing, icc, in_force, practice, safety, treaty
from jurisdictions.assess.context import Context
from jurisdictions.assess.facts import Facts
from jurisdictions.assess.finding import BLOCKS, FOR, Finding, Missing, merge
from jurisdictions.assess.icc import Matter
from jurisdictions.assess.order import Candidate, ordered
from jurisdictions.assess.presence import Stages, stages
from jurisdictions.assess.texts import MISSING_ORDER
from jurisdictions.assess.verdicts import BLOCKED, RANK, worst
from jurisdictions.snapshot import Basis, Reference, Situation

RULES = (
    practice.rule,
    crime.rule,
    in_force.rule,
    treaty.rule,
    confidence.consent_for_state,
    conditions.rule,
    safety.rule,
    confidence.data,
)


def routes(facts: Facts, on: date, reference: Reference) -> list[dict[str, Any]]:
    """Every route, best first. A pure function: the same facts, day and reference give the same answer."""
    candidates = [_national(Context(facts, on, basis, reference)) for basis in reference.bases]
    candidates += [_international(Matter(facts, situation, reference)) for situation in reference.situations]
    return ordered(candidates)


def _national(context: Context) -> Candidate:
    basis = context.basis
    reached = stages(context)
    finding = merge([reached.finding, *(rule(context) for rule in RULES)])
    law = context.reference.laws.get(context.forum)
    route = _head(context.forum, law.authority_name if law else context.forum_name, basis.crime, basis.kind, basis)
    route |= _body(reached, finding) | {
        "deadline": filing.deadline(basis.limitation),
        "next_steps": filing.steps_in(context),
    }
    return Candidate(
        route=_sorted(route),
        name=context.forum_name,
        number=basis.number,
        safety=basis.safety,
        practice=basis.practice if context.about_practice() else "none_found",
        gatekeeper=basis.gatekeeper,
        resides=context.facts.victim.residence_now == context.forum,
        speaks=bool(law and set(law.filing_languages) & set(context.facts.languages)),
        confidence=basis.confidence,
    )


def _international(matter: Matter) -> Candidate:
    situation = matter.situation
    finding = icc.rule(matter)
    reached = icc.stages(matter, finding)
    route = _head(situation.forum, situation.forum_name, situation.crime, situation.basis, situation)
    route |= _body(reached, merge([finding, reached.finding])) | {
        "deadline": filing.deadline("none"),
        "next_steps": filing.steps_before(situation),
    }
    about = any(act.country == situation.about_id for act in matter.facts.acts)
    return Candidate(
        route=_sorted(route),
        name=f"the {situation.forum}",
        number=0,
        safety="normal",
        practice=situation.practice if about else "none_found",
        gatekeeper="none",
        resides=False,
        speaks=bool(set(situation.filing_languages) & set(matter.facts.languages)),
        confidence=situation.confidence,
    )


def _head(forum: str, name: str, crime_: str, basis: str, row: Basis | Situation) -> dict[str, Any]:
    return {
        "forum": forum,
        "forum_name": name,
        "crime": crime_,
        "basis": basis,
        "provision": row.provision,
        "confidence": row.confidence,
    }


def _body(reached: Stages, finding: Finding) -> dict[str, Any]:
    order = {BLOCKS: 0, FOR: 1}
    verdict = worst(reached.file, reached.open, finding.cap)
    return {
        "verdict": verdict,
        "stages": reached.as_dict(),
        "reasons": [it.as_dict() for it in sorted(finding.reasons, key=lambda it: order.get(it.effect, 2))],
        "missing": _missing(finding.missing, verdict),
        "cautions": [caution.as_dict() for caution in finding.cautions],
        "unverified": list(dict.fromkeys(finding.unverified)),
    }


def _missing(found: tuple[Missing, ...], verdict: str) -> list[dict[str, str]]:
    """Weightiest first: what costs most, then the order in which facts are usually asked; each path and text once.

    What blocks a route is not lifted by an answer that costs less, so a blocked route asks only for what blocks it.
    """
    asked = [it for it in found if verdict != BLOCKED or it.cap == BLOCKED]
    heaviest = sorted(asked, key=lambda it: (-RANK[it.cap], MISSING_ORDER.index(it.code)))
    once = dict.fromkeys((it.code, it.text) for it in heaviest)
    return [{"code": code, "text": text} for code, text in once]


KEYS = (
    "forum",
    "forum_name",
    "crime",
    "basis",
    "provision",
    "verdict",
    "stages",
    "reasons",
    "missing",
    "deadline",
    "next_steps",
    "cautions",
    "unverified",
    "confidence",
)


def _sorted(route: dict[str, Any]) -> dict[str, Any]:
    return {key: route[key] for key in KEYS}
