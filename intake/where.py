"""What the law may mean for somebody who lives in one country while it happened in another, in small plain sentences.

The sentences are in data/where.json, by language; which of them stand follows from the reference data on States.
Nothing unknown is told as a yes, and nothing is ever told as a no to the person.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from cases.statement import states
from cases.statement.days import MONTHS_OF_DAY
from intake.about import TEXTS
from intake.wizard import RISKY_COUNTRIES
from jurisdictions.models import JurisdictionBasis, State, TreatyStatus
from jurisdictions.pages.lede import strongest
from jurisdictions.pages.standing import best_of
from jurisdictions.pages.subject import Subject, subjects
from jurisdictions.pages.words import chip

DATA = Path(__file__).parent / "data" / "where.json"
CRIMES = {JurisdictionBasis.Crime.TORTURE, JurisdictionBasis.Crime.CRIMES_AGAINST_HUMANITY}
PARTY, SIGNATORY = TreatyStatus.Status.PARTY, TreatyStatus.Status.SIGNATORY
OTHERS, NEXT = ("others", "travels"), ("next_questions", "next_read", "next_law", "next_you")
MEMBERSHIP = {"status", "withdrawn_on"}  # what must be sure before a State counts as bound

Said = tuple[str, dict[str, Any]]  # key of a sentence and what is filled in


class BadSentences(ValueError):
    """where.json does not say what it must; the text names the key and what is wrong."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with sentences below it. is_list: as points, not as a text."""

    heading: SafeString
    sentences: list[SafeString]
    is_list: bool = False


def parts(lives: str, happened: str, language: str) -> list[Part]:
    """What to show for two codes of countries; either may be ""."""
    known = {it.state.iso2: it for it in subjects(State.objects.filter(iso2__in=[lives, happened]))}
    found = []
    if lives:
        found.append(_part("lives_heading", lives, _where_you_live(lives, known.get(lives), happened), language))
    if happened:
        found.append(_part("happened_heading", happened, _where_it_was(known.get(happened)), language))
    others = Part(say("others_heading", language), [say(key, language) for key in OTHERS])
    return [*found, others, Part(say("next_heading", language), [say(key, language) for key in NEXT], is_list=True)]


def say(key: str, language: str, **values: Any) -> SafeString:
    """One sentence; what is filled in keeps its own direction (L4). Raises KeyError."""
    text = escape(sentences()[key][language])
    apart = {name: format_html("<bdi>{}</bdi>", value) for name, value in values.items()}
    return format_html(text, **apart) if apart else text


def _part(heading: str, code: str, said: Iterator[Said], language: str) -> Part:
    title = say(heading, language, country=states.name(code, language))
    return Part(title, [say(key, language, **_worded(values, language)) for key, values in said])


def _worded(values: dict[str, Any], language: str) -> dict[str, Any]:
    return {name: _day(value, language) if isinstance(value, date) else value for name, value in values.items()}


def _day(day: date, language: str) -> str:
    return f"{day.day} {MONTHS_OF_DAY[language][day.month - 1]} {day.year}"


def _where_you_live(code: str, subject: Subject | None, happened: str) -> Iterator[Said]:
    if code in RISKY_COUNTRIES or code == happened:
        yield "risky", {}
    if subject is None:
        yield "not_described", {}
        return
    yield from _convention(subject)
    if code in RISKY_COUNTRIES or code == happened:
        return
    yield from _law(subject)
    yield from _practice(subject, happened)
    if any(basis.safety != JurisdictionBasis.Safety.NORMAL for basis in subject.bases):
        yield "safety", {}
    if subject.law:
        yield "checked", {"day": subject.law.checked_on}


def _convention(subject: Subject) -> Iterator[Said]:
    status = subject.treaties.get(TreatyStatus.Treaty.CAT)
    if status is None:
        yield "not_described", {}
        return
    yield {PARTY: "party", SIGNATORY: "signatory"}.get(TreatyStatus.Status(status.status), "none"), {}
    yield from _check(bool(MEMBERSHIP & set(status.unverified)))


def _law(subject: Subject) -> Iterator[Said]:
    bases = [basis for basis in subject.bases if basis.crime in CRIMES]
    if not bases:
        yield "no_law", {}
        return
    best = best_of(bases)
    unsure = bool({"suspect_link", "victim_link"} & set(best.unverified))
    if best.suspect_open == "unknown":
        yield "not_settled", {}
    elif best.suspect_open != "none":
        yield "needs_suspect", {}
    elif chip(best) == "open" and not unsure:
        yield "can_open", {}
    else:
        yield "can_maybe", {}


def _practice(subject: Subject, happened: str) -> Iterator[Said]:
    """What others did there, where the data is about the very country in which it happened."""
    best = strongest([basis for basis in subject.bases if basis.practice_about_id == happened])
    if best is not None:
        yield best.practice, {"year": best.practice_year} if best.practice_year else {}
        yield from _check("practice_belarus" in best.unverified)


def _where_it_was(subject: Subject | None) -> Iterator[Said]:
    status = subject.treaties.get(TreatyStatus.Treaty.CAT) if subject else None
    if status is None:
        yield "not_described", {}
    elif status.status != PARTY:
        yield "there_none", {}
    elif status.in_force_on is None:
        yield "there_party_undated", {}
    else:
        yield "there_party", {"year": status.in_force_on.year}
        yield "there_earlier", {}
    yield from _check(bool(status and MEMBERSHIP & set(status.unverified)))


def _check(is_unverified: bool) -> Iterator[Said]:
    if is_unverified:
        yield "check", {}


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """The sentences of where.json. Raises BadSentences."""
    return read(json.loads(DATA.read_text(encoding="utf-8")))


def read(content: Any) -> Mapping[str, Mapping[str, str]]:
    """Check that each sentence is there in every language with the same placeholders. Raises BadSentences."""
    for key, texts in content["texts"].items():
        if set(texts) != set(TEXTS) or not all(text.strip() for text in texts.values()):
            raise BadSentences(f"{key}: not a text in every language")
        if len({_placeholders(text) for text in texts.values()}) != 1:
            raise BadSentences(f"{key}: placeholders differ")
    found: Mapping[str, Mapping[str, str]] = content["texts"]
    return found


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _before, name, _form, _turn in Formatter().parse(text) if name)
