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

CAT = "Torture (Convention against Torture, article 1)"
CAH = "Torture as a crime against humanity (Rome Statute, article 7(1)(f))"
DEPORTATION = "Deportation (Rome Statute, article 7(1)(d))"
LIABILITY = "Modes of liability (Rome Statute, articles 25 and 28)"


@dataclass(frozen=True)
class Element:
    """An element of a crime. needs: the confirmed fact without which the own words are not offered as support."""

    group: str
    name: str
    code: str
    needs: str
    gap: str
    is_context: bool = False


OFFICIALS = "torture_by_officials"
ELEMENTS = (
    Element(CAT, "Severe pain or suffering", "T1", OFFICIALS, "Clinical examination (Istanbul Protocol)"),
    Element(CAT, "Intent", "T2", OFFICIALS, "Counsel to mark the paragraphs that bear on intent"),
    Element(CAT, "Purpose or discrimination", "T3", OFFICIALS, "Counsel to mark words said, reasons given"),
    Element(CAT, "Public official", "T4", OFFICIALS, "Identify the unit: ask for duty lists"),
    Element(CAT, "Not merely a lawful sanction", "T5", OFFICIALS, "Obtain the administrative or criminal file"),
    Element(CAH, "Severe pain or suffering", "T1", OFFICIALS, "As above"),
    Element(CAH, "Custody or control", "H5", "custody", "Registers of detention; persons held at the same time"),
    Element(CAH, "Not merely a lawful sanction", "T5", OFFICIALS, "As above"),
    Element(CAH, "Attack on a civilian population", "H1", "pattern", "Public findings (annex A8)", True),
    Element(CAH, "Widespread or systematic", "H2, H3", "pattern", "Public findings; similar cases, counts only", True),
    Element(CAH, "State or organisational policy", "H1", "policy", "Orders, statements, same paperwork", True),
    Element(CAH, "Knowledge of the attack", "H4", "policy", "Position and conduct of those responsible"),
    Element(DEPORTATION, "Expulsion or other coercive act", "D1", "deportation", "One open question to the person"),
    Element(DEPORTATION, "Lawful presence", "D2", "deportation", "Papers on residence or nationality"),
    Element(DEPORTATION, "No permitted ground", "D3", "deportation", "Any order or decision that was shown"),
    Element(DEPORTATION, "Border crossed into a State Party", "D4", "deportation", "Border stamp, asylum record"),
    Element(LIABILITY, "Direct commission", "SUP", OFFICIALS, "Descriptions, unit, photographs held by others"),
    Element(LIABILITY, "Ordering, aiding", "SUP", "policy", "Who was present, who gave instructions"),
    Element(LIABILITY, "Superior: knew or should have known", "SUP", "policy", "Chain of command, place and time"),
)


def propose_elements(
    facts: dict[str, Any], sections: Sequence[AccountSection], public_sources: Sequence[PublicSource] = ()
) -> list[ElementRow]:
    """One row for each element; the rows on deportation only when the facts speak of displacement."""
    paragraphs = number_account(sections)
    known = {code for act in facts.get("acts", ()) for code in act.get("crime_facts", ())}
    if facts.get("displacement"):
        known.add("deportation")
    return [
        _row(element, sections, paragraphs if element.needs in known else (), public_sources)
        for element in ELEMENTS
        if element.group != DEPORTATION or "deportation" in known
    ]


def _row(
    element: Element,
    sections: Sequence[AccountSection],
    paragraphs: Sequence[Paragraph],
    public_sources: Sequence[PublicSource],
) -> ElementRow:
    support = ", ".join(part for part in (span(paragraphs), *_asked(element.code, sections)) if part)
    sources = ", ".join(source.id for source in public_sources) if element.is_context else ""
    independent = element.is_context and len(public_sources) > 1
    strength = "several independent" if independent else "account only" if support else "none"
    return ElementRow(element.group, element.name, element.code, support, "", sources, strength, element.gap)


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
