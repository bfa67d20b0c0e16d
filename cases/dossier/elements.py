"""Proposed rows of annex A1: for each element, where the account speaks of it, and how a gap could be closed.

The machine cannot weigh evidence. It looks at which answers the catalogue ties to an element (purpose codes) and says
"account only" at most, "several independent" when two or more public sources bear on the attack as a whole.
Sources: Convention against Torture art. 1; Rome Statute art. 7(1)(d), 7(1)(f), 7(2), 25, 28; Elements of Crimes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cases.dossier.inputs import AccountSection, ElementRow, PublicSource
from cases.dossier.paragraphs import Paragraph, number_account, span
from cases.dossier.variant import DEFAULT, Variant, find

OFFICIALS = "torture_by_officials"


@dataclass(frozen=True)
class Element:
    """An element of a crime. crime, name: keys of the variant's words. needs: the confirmed fact without which the own
    words are not offered as support."""

    crime: str
    name: str
    code: str
    needs: str
    is_context: bool = False


DISPLACED = {"deportation", "persecution"}
ELEMENTS = (
    Element("cat", "pain", "T1", OFFICIALS),
    Element("cat", "intent", "T2", OFFICIALS),
    Element("cat", "purpose", "T3", OFFICIALS),
    Element("cat", "official", "T4", OFFICIALS),
    Element("cat", "sanction", "T5", OFFICIALS),
    Element("cah", "pain", "T1", OFFICIALS),
    Element("cah", "custody", "H5", "custody"),
    Element("cah", "sanction", "T5", OFFICIALS),
    Element("cah", "attack", "H1", "pattern", True),
    Element("cah", "widespread", "H2, H3", "pattern", True),
    Element("cah", "policy", "H1", "policy", True),
    Element("cah", "knowledge", "H4", "policy"),
    Element("deportation", "expulsion", "D1", "deportation"),
    Element("deportation", "presence", "D2", "deportation"),
    Element("deportation", "ground", "D3", "deportation"),
    Element("deportation", "border", "D4", "deportation"),
    Element("persecution", "deprivation", "H6", "custody"),
    Element("persecution", "ground", "H7", "policy"),
    Element("persecution", "connection", "H1", "deportation"),
    Element("persecution", "context", "H2, H3", "pattern", True),
    Element("liability", "direct", "SUP", OFFICIALS),
    Element("liability", "ordering", "SUP", "policy"),
    Element("liability", "superior", "SUP", "policy"),
)


def propose_elements(
    facts: dict[str, Any],
    sections: Sequence[AccountSection],
    public_sources: Sequence[PublicSource] = (),
    variant: Variant | None = None,
) -> list[ElementRow]:
    """One row for each element of the crimes that the variant names, in its order and words; rows on deportation and
    persecution only when the facts speak of displacement."""
    words = variant or find(DEFAULT)
    paragraphs = number_account(sections)
    known = {code for act in facts.get("acts", ()) for code in act.get("crime_facts", ())}
    if facts.get("displacement"):
        known.add("deportation")
    crimes = [crime for crime in words.find("elements.groups") if crime not in DISPLACED or "deportation" in known]
    return [
        _row(element, sections, paragraphs if element.needs in known else (), public_sources, words)
        for crime in crimes
        for element in ELEMENTS
        if element.crime == crime
    ]


def _row(
    element: Element,
    sections: Sequence[AccountSection],
    paragraphs: Sequence[Paragraph],
    public_sources: Sequence[PublicSource],
    words: Variant,
) -> ElementRow:
    support = ", ".join(part for part in (span(paragraphs), *_asked(element.code, sections)) if part)
    sources = ", ".join(source.id for source in public_sources) if element.is_context else ""
    independent = element.is_context and len(public_sources) > 1
    strength = "several independent" if independent else "account only" if support else "none"
    name, gap = words.lines(f"elements.{element.crime}.{element.name}")
    group = words.say(f"elements.groups.{element.crime}")
    return ElementRow(group, name, element.code, support, "", sources, strength, gap)


def _asked(code: str, sections: Sequence[AccountSection]) -> list[str]:
    """Ids of answered questions, own words apart, that the catalogue ties to this element."""
    codes = set(code.split(", "))
    found = (
        answer.question_id
        for section in sections
        for answer in section.answers
        if not codes.isdisjoint(answer.purposes) and answer.value.strip() and not answer.own_words
    )
    return list(dict.fromkeys(found))
