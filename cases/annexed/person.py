"""Who the survivor is, what they ask for, and what medicine says: each only as far as they allowed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cases.access import Account
from cases.annexed.people import STORY
from cases.annexed.seen import beside, code, codes, day, newest, place, seen, words
from cases.dossier.annex_inputs import Care, Identity, Medical, Need
from cases.permission import HEALTH, is_withdrawn
from cases.somebody import TheCard
from cases.statement import catalogue

NAMING = "CNS-04"
NAMED = ("full", "name_sealed")  # answers that let the name be given to the authority
NEEDS = ("REP-06", "CNS-14", "LNG-03", "LNG-06", "LNG-07", "WSH-01", "WSH-02", "WSH-03", "WSH-04", "WSH-05", "WSH-06")
NO_EXAM, HELPED = ("none", "unknown"), frozenset({"on_site", "ambulance", "hospital", "after_release", "abroad"})


def may_be_named(account: Account) -> bool:
    """Did the survivor say that the authority may be given the name?"""
    answer = account.answer(NAMING)
    return not is_withdrawn(answer) and code(answer or {}) in NAMED


def identity(account: Account) -> Identity | None:
    """The identity sheet, or None without the survivor's word that the name may be used, or without any name.

    A postal address is never among it: letters go to counsel.
    """
    if not may_be_named(account):
        return None
    family, given, latin, other = (words(newest(account, f"IDN-{number:02d}")) for number in range(1, 5))
    born, birth_place, gender, papers = (newest(account, each) for each in ("IDN-05", "IDN-06", "IDN-07", "IDN-09"))
    found = Identity(
        family, given, latin, other, day(born), place(birth_place), code(gender), codes(papers), beside(papers)
    )
    return found if family or given or latin else None


def needs(account: Account) -> Iterator[Need]:
    """The answers on which requests rest, those alone that a lawyer may see."""
    for question_id in NEEDS:
        answer = newest(account, question_id)
        if catalogue.question(question_id).type == "long":
            if words(answer):
                yield Need(question_id, "", words(answer), str(answer.get("lang") or ""))
            continue
        for each in codes(answer):
            yield Need(question_id, each)


def medical(account: Account, cards: Iterable[TheCard], exhibits: Iterable[str], language: str) -> Medical | None:
    """Annex B8, or None without the survivor's word that health information may be kept, or without anything in it.

    exhibits: labels of those that a member named medical papers.
    """
    if code(newest(account, HEALTH)) != "yes" or is_withdrawn(account.answer(HEALTH)):
        return None
    exam = code(newest(account, "CSQ-04"))
    care = tuple(each for card in cards if (each := _care(card, language)) and (each.codes or each.provider))
    found = Medical("" if exam in NO_EXAM else exam, "", care, tuple(exhibits))
    return found if found.exam or found.care or found.exhibits else None


def _care(card: TheCard, language: str) -> Care | None:
    if card.section.id != STORY or not card.number:
        return None
    answers: dict[str, Any] = card.answers
    helped = tuple(each for each in codes(seen(answers, "EPI-17")) if each in HELPED)
    provider = seen(answers, "EPI-18")
    return Care(card.number, str(provider.get("lang") or language or "en"), helped, words(provider))
