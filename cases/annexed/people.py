"""Persons and witnesses by code, and episodes, from the cards of an account."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace as changed
from itertools import count

from cases.access import Account, OpenedVersion
from cases.annexed.seen import beside, code, codes, day, newest, seen, town, words
from cases.dossier.annex_inputs import AccusedPerson, Episode, Whereabouts, Witness, WitnessContact
from cases.dossier.inputs import FactSentence
from cases.somebody import AGREED, TheCard, told_cards
from cases.statement import catalogue
from cases.statement.conditions import has_answer
from cases.told import Section

PEOPLE, WITNESSES, STORY = "people", "witnesses", "story"
NAME, NOW, WITNESS_NAME, CONTACT = "PRP-02", "PRP-12", "WIT-02", "WIT-03"  # of the sealed part
AGREES, ABROAD, COUNTRY = "yes", ("BY", "RU"), "ELG-01"
NO_STATE = frozenset({"XX", "XN", "XS", "ZZ"})
REGIONS = ("minsk", "minsk_region", "brest_region", "vitsebsk_region", "homel_region", "hrodna_region",
           "mahiliou_region")  # fmt: skip


def merged(account: Account, sealed: Iterable[OpenedVersion]) -> Account:
    """The account with what the sealed part holds of the same versions."""
    apart = {version.id: version.sections for version in sealed}
    versions = [
        changed(version, sections=_both(version.sections, apart.get(version.id, {}))) for version in account.versions
    ]
    return Account(versions, account.exhibits)


def _both(one: dict[str, Section], other: dict[str, Section]) -> dict[str, Section]:
    return {key: {**one.get(key, {}), **other.get(key, {})} for key in {**one, **other}}


def coded(cards: Iterable[TheCard], section: str, letter: str, width: int) -> list[tuple[str, TheCard]]:
    """The cards of a section with codes. Those of which the account itself says something come first, so that their
    numbers stay the same whether or not the sealed part was opened."""
    own = [card for card in cards if card.section.id == section and card.number]
    ordered = [*filter(_is_open, own), *(card for card in own if not _is_open(card))]
    return [(f"{letter}-{number:0{width}d}", card) for number, card in zip(count(1), ordered, strict=False)]


def _is_open(card: TheCard) -> bool:
    return any(each.compartment != "sealed" and has_answer(card.answers[each.id]) for each in card.questions)


def persons(cards: Iterable[TheCard], facts: Iterable[FactSentence], language: str) -> Iterator[AccusedPerson]:
    """Every person or group on a card. facts: a sentence that names a code ties the exhibits it rests on to it."""
    sentences = list(facts)
    for label, card in coded(cards, PEOPLE, "P", 3):
        answers = card.answers
        yield AccusedPerson(
            label, _language(answers.get("PRP-05") or answers.get("PRP-03") or answers.get(NAME), language),
            kind=code(seen(answers, "PRP-01")), name=words(seen(answers, NAME)),
            agency=code(seen(answers, "PRP-04")), other_agency=beside(seen(answers, "PRP-04")),
            unit=words(seen(answers, "PRP-05")), rank=words(seen(answers, "PRP-03")),
            roles=codes(seen(answers, "PRP-08")), episodes=codes(seen(answers, "PRP-11")),
            bases=codes(seen(answers, "PRP-09")), certainty=code(seen(answers, "PRP-10")),
            exhibits=_exhibits(label, sentences),
        )  # fmt: skip


def _exhibits(label: str, facts: list[FactSentence]) -> tuple[str, ...]:
    named = [fact for fact in facts if re.search(rf"\b{label}\b", fact.text)]
    places = [source.where.split("/")[0] for fact in named for source in fact.rests_on if source.kind == "exhibit"]
    return tuple(sorted(set(places)))


def whereabouts(cards: Iterable[TheCard], language: str) -> Iterator[Whereabouts]:
    """Where persons were last known to be; only with the sealed part."""
    for label, card in coded(cards, PEOPLE, "P", 3):
        answer = seen(card.answers, NOW)
        if words(answer):
            yield Whereabouts(label, _language(answer, language), words(answer))


def witnesses(cards: Iterable[TheCard], language: str) -> Iterator[Witness]:
    """Every witness by code, with what they can tell."""
    for label, card in coded(cards, WITNESSES, "W", 2):
        answer = seen(card.answers, "WIT-05")
        yield Witness(label, _language(answer, language), words(answer))


def contacts(cards: Iterable[TheCard], language: str) -> Iterator[WitnessContact]:
    """Who witnesses are, of those alone who agreed to be named; how to reach them only where that is not dangerous."""
    for label, card in coded(cards, WITNESSES, "W", 2):
        agreed, country = code(seen(card.answers, AGREED)) == AGREES, code(seen(card.answers, "WIT-04"))
        name = words(seen(card.answers, WITNESS_NAME))
        if agreed and name:
            contact = "" if country in ABROAD else words(seen(card.answers, CONTACT))
            lang = _language(seen(card.answers, WITNESS_NAME), language)
            yield WitnessContact(label, lang, name, contact, "" if country in NO_STATE else country)


def episodes(cards: Iterable[TheCard], account: Account, language: str) -> Iterator[Episode]:
    """When and where each episode was. A facility of the list lies in Belarus; else the country of the account."""
    state = code(newest(account, COUNTRY))
    told = "" if state in NO_STATE or len(state) != 2 else state
    for card in cards:
        if card.section.id == STORY and card.number:
            yield _episode(card, told, language)


def _episode(card: TheCard, state: str, language: str) -> Episode:
    answers = card.answers
    facility = seen(answers, "EPI-05")
    region = region_of(code(facility))
    return Episode(
        card.number, _language(answers.get("EPI-06") or answers.get("EPI-05"), language),
        day(seen(answers, "EPI-02")), day(seen(answers, "EPI-03")), code(facility), beside(facility),
        codes(seen(answers, "EPI-04")), town(seen(answers, "EPI-06")), region, "BY" if region else state,
    )  # fmt: skip


def region_of(facility: str) -> str:
    """The region of a facility: the place of its group in the list of the catalogue; "" for kinds of facilities."""
    groups = catalogue.question("EPI-05").groups
    found = (name for name, group in zip(REGIONS, groups, strict=False) if facility in group.codes)
    return next(found, "")


def cards_of(account: Account, corrections: Collection[int]) -> list[TheCard]:
    """The cards with what later versions corrected."""
    return told_cards(account, corrections)


def _language(answer: object, language: str) -> str:
    typed = answer.get("lang") if isinstance(answer, dict) else ""
    return str(typed or language or "en")
