"""The account as a dossier prints it: what a lawyer may see, section by section, in the order of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases import handwords
from cases.access import Account, OpenedVersion
from cases.dossier.inputs import AccountSection, Answer
from cases.handwords import TELLER
from cases.statement import cards, catalogue, wording
from cases.statement.cards import Told
from cases.statement.catalogue import Question

CONSENTS = ("CNS-02", "CNS-03")
LAWYER = "L"  # the catalogue's letter for "seen by the lawyer"


def account_sections(account: Account) -> Iterator[AccountSection]:
    """Every section and card in the order of the catalogue; what was sent again stands there with its version."""
    found = [(version, told) for version in account.versions for told in _told(version)]
    places = {each.id: place for place, each in enumerate(catalogue.sections())}
    for version, told in sorted(found, key=lambda pair: (places.get(pair[1].section.id, 0), pair[1].number)):
        answers = tuple(_answers(version, told))
        if answers:
            yield AccountSection(
                told.key, told.section.title["en"], version.number, version.sent_on.isoformat(), version.language,
                answers, _hand(account, version),
            )  # fmt: skip


def _hand(account: Account, version: OpenedVersion) -> str:
    """How a version was told when the person did not write it; nobody of the team is named."""
    helper = handwords.helper_role(account.answer(TELLER))
    return "; ".join(each for each in (helper, handwords.told_to_a_role(version.recorded)) if each)


def _told(version: OpenedVersion) -> Iterator[Told]:
    return cards.in_order(catalogue.at(version.catalogue), version.sections)


def _answers(version: OpenedVersion, told: Told) -> Iterator[Answer]:
    for question in told.questions:
        if LAWYER in question.seen_by and question.compartment == "account" and not _is_apart(question):
            yield from _answer(question, told.answers[question.id], version)


def _is_apart(question: Question) -> bool:
    """Consents have a record of their own, files an index; a mark is not an answer."""
    return question.id in CONSENTS or question.type in {"file", "mark"}


def _answer(question: Question, answer: dict[str, Any], version: OpenedVersion) -> Iterator[Answer]:
    typed = str(answer.get("lang") or "")
    lang = next((each for each in (typed, version.language) if each in question.text), "en")  # Arabic has not all
    lines = wording.lines(question, answer, lang)
    if not lines:
        return
    is_own = question.type in {"long", "short", "place"}
    english = None if is_own or answer.get("other") else joined(question, answer, "en")
    yield Answer(
        question.id, question.text[lang], question.text["en"], "\n\n".join(lines) if is_own else "; ".join(lines),
        english, lang, question.type == "long", question.purpose,
    )  # fmt: skip


def joined(question: Question, answer: dict[str, Any], language: str) -> str:
    return "; ".join(wording.lines(question, answer, language))
