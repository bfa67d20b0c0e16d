"""Everything that the annexes are made of, gathered in one request and handed to the input of a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace as changed
from secrets import token_hex
from typing import Any

from cases import said_of_exhibits, sealed_part
from cases.access import Account, OpenedVersion
from cases.actions import certifying, translating
from cases.annexed import papers, people, person
from cases.annexed.translated import translated
from cases.asked import asked_of
from cases.dossier.annex_inputs import Certificate, Translated, Witness
from cases.dossier.inputs import AccountSection, FactSentence, Lawyer
from cases.dossier.variant import find
from cases.lawyers import office
from cases.models import Case
from cases.told_sections import account_sections
from people.models import Person
from vault.keyring import Keyring

PURPOSE, MEDICAL, TELLS = "dossier", "medical", "WIT-05"


@dataclass(frozen=True, slots=True)
class Asked:
    """For which dossier. with_names: whether the sealed part is opened for the envelope, by whoever was lent it."""

    case: Case
    account: Account
    lawyer: Person
    variant: str
    facts: tuple[FactSentence, ...] = ()
    with_names: bool = False


def gather(asked: Asked, *, by: Person, ring: Keyring) -> dict[str, Any]:
    """The fields of a dossier's input from `persons` on, and the lawyer with the office as the lawyer gave it.

    Raises Refused, vault.errors.NoGrant for the sealed part without a release that holds today, and for what this
    person holds no key to; vault.errors.Forged.
    """
    apart = _sealed(asked, by, ring)
    account = people.merged(asked.account, apart)
    cards = people.cards_of(account, asked_of(asked.case, ring).corrections)
    language, sections = _language(account), tuple(account_sections(asked.account))
    passages = _passages(asked, sections, ring)
    found: dict[str, Any] = {
        "lawyer": Lawyer(asked.lawyer.name, office.read(asked.lawyer, ring).line(find(asked.variant))),
        "persons": tuple(people.persons(cards, asked.facts, language)),
        "whereabouts": tuple(people.whereabouts(cards, language)),
        "witnesses": tuple(_told(people.witnesses(cards, language), passages, sections)),
        "witness_contacts": tuple(people.contacts(cards, language)),
        "episodes": tuple(people.episodes(cards, account, language)),
        "identity": person.identity(account), "needs": tuple(person.needs(account)),
        "medical": person.medical(account, cards, _reports(asked, ring), language),
        "translation": passages, "certificates": _certificates(asked, passages, ring), "salt": token_hex(32),
    }  # fmt: skip
    return found | _brief(asked, ring)


def _sealed(asked: Asked, by: Person, ring: Keyring) -> list[OpenedVersion]:
    if not asked.with_names:
        return []
    return sealed_part.open_sealed(asked.case, by=by, ring=ring, purpose=PURPOSE).versions


def _brief(asked: Asked, ring: Keyring) -> dict[str, Any]:
    """Papers and mandate of the lawyer who gets it; nothing for a lawyer without a mandate."""
    proposal = papers.engaged(asked.case, asked.lawyer)
    if proposal is None:
        return {}
    named = person.may_be_named(asked.account)
    return {"mandate": papers.mandate(proposal, ring), "papers": papers.papers(proposal, ring, may_be_named=named)}


def _passages(asked: Asked, sections: tuple[AccountSection, ...], ring: Keyring) -> tuple[Translated, ...]:
    found = translating.translations(asked.case, ring)
    return tuple(translated(asked.account, sections, found, find(asked.variant).language))


def _certificates(asked: Asked, passages: tuple[Translated, ...], ring: Keyring) -> tuple[Certificate, ...]:
    """Those of translated versions."""
    wanted = {each.version for each in passages}
    found = certifying.certificates(asked.case, ring, find(asked.variant).language)
    return tuple(each for each in found if each.version in wanted)


def _told(
    witnesses: Iterable[Witness], passages: Iterable[Translated], sections: Iterable[AccountSection]
) -> Iterable[Witness]:
    """With what each can tell in the language of filing, where that answer was translated."""
    said = {(s.id, s.version): a.value for s in sections for a in s.answers if a.question_id == TELLS}
    texts = {said.get((each.section_id, each.version), ""): each.text for each in passages if each.question_id == TELLS}
    return (changed(each, translated=texts.get(each.can_tell, "") if each.can_tell else "") for each in witnesses)


def _reports(asked: Asked, ring: Keyring) -> list[str]:
    """The exhibits that a member named medical papers."""
    bears = said_of_exhibits.bearings(asked.case, ring)
    return [each.label for each in asked.account.exhibits if each.id in bears and bears[each.id].kind == MEDICAL]


def _language(account: Account) -> str:
    return account.versions[-1].language if account.versions else "en"
