"""The points of a dossier that no lawyer has cleared: what the reference data and the variant itself call unverified.

A release asks `open_points` and refuses while there is one. A clearing is bound to the text and the values that the
lawyer read: when one of them changes, the point is open again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cases.dossier.inert import one_line
from cases.dossier.inputs import Cleared, DossierInput, FactSentence
from cases.dossier.marks import UNVERIFIED, field_name, is_low, is_weak
from cases.dossier.variant import DEFAULT, Variant, find

TEMPLATE, BASIS, OFFICE = "template", "basis", "office"
LAW, FACT = "law:", "fact:"  # how keys begin


@dataclass(frozen=True)
class Point:
    """One marked point. text: what is printed, source: what it rests on, why: what is to be confirmed. digest: hex."""

    key: str
    text: str
    source: str
    why: str
    digest: str

    @property
    def is_filed(self) -> bool:
        """Whether the text is in the language of filing; else it is in the English of the house."""
        return self.key == OFFICE or self.key.startswith((LAW, FACT))


def open_points(
    variant: Variant,
    route: Mapping[str, Any],
    cleared: Iterable[Cleared],
    facts: Iterable[FactSentence] = (),
    line: str = "",
) -> tuple[Point, ...]:
    """The points for a variant and a route that nobody has cleared as they stand now."""
    done = {(each.key, each.digest) for each in cleared}
    return tuple(each for each in all_points(variant, route, facts, line) if (each.key, each.digest) not in done)


def open_in(data: DossierInput) -> tuple[Point, ...]:
    """The same for one dossier."""
    return open_points(find(data.variant), data.route, data.cleared, data.facts, data.lawyer.line)


def all_in(data: DossierInput) -> tuple[Point, ...]:
    """Every marked point of one dossier, cleared or not."""
    return all_points(find(data.variant), data.route, data.facts, data.lawyer.line)


def all_points(
    variant: Variant, route: Mapping[str, Any], facts: Iterable[FactSentence] = (), line: str = ""
) -> tuple[Point, ...]:
    """Every marked point, cleared or not, in the order of the page. line: the lawyer's address for service."""
    made = (
        _template(variant),
        _law(variant),
        _route(variant, dict(route)),
        _public(variant, facts),
        _office(variant, line),
    )
    return tuple({point.key: point for points in made for point in points}.values())


def law_key(entry: Mapping[str, Any]) -> str:
    """The key of a fixed paragraph."""
    return f"{LAW}{entry['id']}"


def reason_key(reason: Mapping[str, Any]) -> str:
    """The key of a reason of the route."""
    return f"reason:{reason.get('code')}"


def field_key(code: str) -> str:
    """The key of a field of the reference data."""
    return f"field:{code}"


def fact_key(fact: FactSentence) -> str:
    """The key of a sentence on a public finding."""
    return f"{FACT}{hashlib.sha256(fact.text.encode()).hexdigest()[:16]}"


def _template(variant: Variant) -> Iterator[Point]:
    """The texts of the variant as a whole, until a lawyer of that language has read them."""
    review = str(variant.texts.get("review", ""))
    if review:
        yield _point(variant, TEMPLATE, variant.template, f"variants/{variant.code}", review, variant.texts)


def _law(variant: Variant) -> Iterator[Point]:
    for entries in variant.table("law").values():
        for entry in entries:
            if entry.get("verify"):
                key, text = law_key(entry), str(entry["text"])
                yield _point(variant, key, text, str(entry["source"]), str(entry["verify"]))


def _route(variant: Variant, route: dict[str, Any]) -> Iterator[Point]:
    base = {key: route.get(key) for key in ("forum", "crime", "basis", "provision")}
    provision = one_line(str(route.get("provision") or ""), 500)
    if is_low(route):
        yield _point(variant, BASIS, provision, "", "The data on this route are weak.", base)
    for reason in route.get("reasons", ()):
        if is_weak(reason, route):
            text, source = (one_line(str(reason.get(key) or ""), 1_500) for key in ("text", "source"))
            said = f"{one_line(str(reason.get('provision') or ''), 300)} {source}".strip()
            why = f"confidence: {one_line(str(reason.get('confidence') or 'unknown'), 20)}"
            yield _point(variant, reason_key(reason), text, said, why, base)
    values = base | {"deadline": (route.get("deadline") or {}).get("kind"), "rests_on": _rests_on(route)}
    for code in map(str, route.get("unverified", ())):
        name = field_name(code, find(DEFAULT))
        why = "Nobody has signed this field of the reference data."
        yield _point(variant, field_key(code), name, provision, why, values)


def _rests_on(route: Mapping[str, Any]) -> list[list[str]]:
    """What the route says of the law, without its words. The value of a field is not in a route, but moves this."""
    keys = ("code", "effect", "provision", "source", "confidence")
    return sorted([str(each.get(key) or "") for key in keys] for each in route.get("reasons", ()))


def _public(variant: Variant, facts: Iterable[FactSentence]) -> Iterator[Point]:
    for fact in facts:
        if fact.note.startswith(UNVERIFIED):
            why = one_line(fact.note, 200).removeprefix(f"{UNVERIFIED}: ")
            yield _point(variant, fact_key(fact), one_line(fact.text, 2_000), one_line(fact.where, 120), why)


def _office(variant: Variant, line: str) -> Iterator[Point]:
    """The address of counsel, where the law of the variant asks for one and counsel has given none."""
    law = str(variant.table("office").get("law", ""))
    if law and line == variant.say("counsel.line"):
        yield _point(variant, OFFICE, line, law, "The lawyer has not given the address of the office.")


def _point(variant: Variant, key: str, text: str, source: str, why: str, values: Any = None) -> Point:
    bound = json.dumps([variant.code, key, text, source, why, values], sort_keys=True, ensure_ascii=True)
    return Point(key, text, source, why, hashlib.sha256(bound.encode()).hexdigest())
