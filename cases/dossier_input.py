"""From an opened account to the input of a dossier: only what a lawyer may see, nothing of contact or safety."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import override

from cases import handwords
from cases.access import Account, OpenedVersion
from cases.actions.opening import FIRST
from cases.custody import custody
from cases.dossier.elements import propose_elements
from cases.dossier.inputs import (
    AccountSection,
    Answer,
    AuditHead,
    Complainant,
    Consent,
    CustodyEvent,
    DossierInput,
    ExhibitInput,
    Lawyer,
)
from cases.dossier.public import public_context
from cases.dossier.sentences import propose_sentences
from cases.dossier.variant import find
from cases.handwords import TELLER
from cases.models import Dossier
from cases.statement import cards, catalogue, wording
from cases.statement.cards import Told
from cases.statement.catalogue import Question
from vault import audit
from vault.models import today

CONSENTS = ("CNS-02", "CNS-03")
NAME = "LNG-04"
LAWYER = "L"  # the catalogue's letter for "seen by the lawyer"


@override(settings.LANGUAGE_CODE)
def compose(dossier: Dossier, account: Account, facts: dict[str, Any], route: dict[str, Any]) -> dict[str, Any]:
    """The dossier's input as JSON, to be sealed for the worker.

    Answers come from the versions that the receipt has signed; sentences and element rows are proposals from confirmed
    facts and list answers. Own words are not interpreted. A dossier is in English, whoever asks for it.
    """
    sections = tuple(_sections(account))
    public, words = public_context(facts), find(dossier.variant)
    built = DossierInput(
        reference=f"D-{dossier.case.reference.replace('-', '')}-{dossier.number}",
        case_reference=dossier.case.reference, variant=dossier.variant, built_on=today().isoformat(), route=route,
        lawyer=Lawyer(dossier.lawyer.name, "with counsel"),
        complainant=Complainant(_name(account), "pseudonym"), account=sections,
        facts=(*propose_sentences(facts, sections, words), *public.sentences),
        elements=tuple(propose_elements(facts, sections, public.sources, words)), public_sources=public.sources,
        exhibits=tuple(_exhibits(account)), consent=tuple(_consents(account)),
        confirmed=facts, audit_head=_audit_head(),
    )  # fmt: skip
    content: dict[str, Any] = json.loads(built.to_bytes())
    return content


def _audit_head() -> AuditHead | None:
    newest = audit.newest()
    return AuditHead(newest.number, bytes(newest.digest).hex()) if newest else None


def _name(account: Account) -> str:
    return str((account.answer(NAME) or {}).get("value") or "")


def _sections(account: Account) -> Iterator[AccountSection]:
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
    english = None if is_own or answer.get("other") else _joined(question, answer, "en")
    yield Answer(
        question.id, question.text[lang], question.text["en"], "\n\n".join(lines) if is_own else "; ".join(lines),
        english, lang, question.type == "long", question.purpose,
    )  # fmt: skip


def _joined(question: Question, answer: dict[str, Any], language: str) -> str:
    return "; ".join(wording.lines(question, answer, language))


def _consents(account: Account) -> Iterator[Consent]:
    for version in account.versions:
        for section_id, section in version.sections.items():
            for question_id in (each for each in CONSENTS if each in section and section_id != FIRST):
                question, answer = catalogue.at(version.catalogue).question(question_id), section[question_id]
                text = _joined(question, answer, "en")
                if text:
                    yield Consent(
                        question.text["en"], text, version.catalogue, answer.get("lang") or version.language,
                        version.sent_on.isoformat(),
                    )  # fmt: skip


def _exhibits(account: Account) -> Iterator[ExhibitInput]:
    steps = custody(account.exhibits)
    for record in account.exhibits:
        events = tuple(CustodyEvent(each["event"], each["on"], each["by"]) for each in steps[record.id])
        yield ExhibitInput(
            record.number, record.name, record.content_type, record.size, record.sha256, record.received_on, events
        )
