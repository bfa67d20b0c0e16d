"""From an opened account to the input of a dossier: only what a lawyer may see, nothing of contact or safety."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.translation import override

from cases.access import Account
from cases.actions.opening import FIRST
from cases.complaint.checked import Written
from cases.custody import custody
from cases.dossier.certified import certified_versions
from cases.dossier.elements import propose_elements
from cases.dossier.inputs import (
    AuditHead,
    Cleared,
    Complainant,
    Consent,
    CustodyEvent,
    DossierInput,
    ExhibitInput,
    Lawyer,
)
from cases.dossier.public import public_context
from cases.dossier.sourced import Ground, without_source
from cases.dossier.variant import find
from cases.errors import NotReady
from cases.models import Dossier
from cases.statement import catalogue
from cases.told_sections import CONSENTS, account_sections, joined
from vault import audit
from vault.models import today

NAME = "LNG-04"


@override(settings.LANGUAGE_CODE)
def compose(
    dossier: Dossier, account: Account, facts: dict[str, Any], route: dict[str, Any], written: Written,
    cleared: tuple[Cleared, ...] = (), *, annexed: dict[str, Any],
) -> dict[str, Any]:  # fmt: skip
    """The dossier's input as JSON, to be sealed for the worker.

    Answers come from the versions that the receipt has signed; sentences are those that people wrote, and none else;
    element rows are proposals from confirmed facts and list answers, in the language of filing, whoever asks. Own words
    are not interpreted. cleared: what lawyers have cleared so far. annexed: of cases.annexed.gather; the
    sections speak of what is annexed, so that whoever shows the text must gather it too.
    Raises NotReady("facts_sourced") when a sentence rests on what is not in the dossier.
    """
    sections, words = tuple(account_sections(account)), find(dossier.variant)
    public = public_context(facts, written.cited, words)
    built = DossierInput(
        reference=f"D-{dossier.case.reference.replace('-', '')}-{dossier.number}",
        case_reference=dossier.case.reference, variant=dossier.variant, built_on=today().isoformat(), route=route,
        complainant=_complainant(account, annexed), account=sections,
        facts=written.facts,
        elements=tuple(propose_elements(facts, sections, public.sources, words)), public_sources=public.sources,
        exhibits=tuple(_exhibits(account)), consent=tuple(_consents(account)),
        confirmed=facts, cleared=cleared, audit_head=_audit_head(),
        **{"lawyer": Lawyer(dossier.lawyer.name, words.say("counsel.line")), **annexed},
    )  # fmt: skip
    built = replace(built, certified=certified_versions(built))
    if without_source(built.facts, Ground.of(built)):
        raise NotReady("facts_sourced")
    content: dict[str, Any] = json.loads(built.to_bytes())
    return content


def _audit_head() -> AuditHead | None:
    newest = audit.newest()
    return AuditHead(newest.number, bytes(newest.digest).hex()) if newest else None


def _complainant(account: Account, annexed: dict[str, Any]) -> Complainant:
    """The name that the survivor chose; with an identity sheet the legal one goes to the authority apart."""
    return Complainant(_name(account), "name_sealed" if annexed.get("identity") else "pseudonym")


def _name(account: Account) -> str:
    return str((account.answer(NAME) or {}).get("value") or "")


def _consents(account: Account) -> Iterator[Consent]:
    for version in account.versions:
        for section_id, section in version.sections.items():
            for question_id in (each for each in CONSENTS if each in section and section_id != FIRST):
                question, answer = catalogue.at(version.catalogue).question(question_id), section[question_id]
                text = joined(question, answer, "en")
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
