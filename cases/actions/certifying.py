"""What a translator certified, written down by a member from the signed sheet: sealed in `work`, bound to both texts.

The digests of the account and of the translation are taken here, as both stand now. When a word of either changes, the
certificate speaks of another text, and a dossier says that there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from cases import records, work
from cases.access import Account
from cases.actions import translating
from cases.annexed.translated import translated
from cases.dossier import certified
from cases.dossier.annex_inputs import Certificate
from cases.errors import NotReady, Refused
from cases.lawyers import offers
from cases.lawyers.papers import papers_of
from cases.models import Case, Paper, Proposal, StatementVersion
from cases.told_sections import account_sections
from people.models import Person
from people.permissions import Permission, may
from vault import audit
from vault.directory import statement_for
from vault.keyring import Keyring
from vault.models import KeyPair
from vault.opened import values_in

TABLE = "certificate"  # the row is a version of the account, the field a language


@dataclass(frozen=True, slots=True)
class Word:
    """What stands on the sheet. on: ISO day; paper: the label of the paper in the brief, "L-003", or ""."""

    translator: str
    qualification: str
    place: str
    on: str
    is_complete: bool
    remarks: str = ""
    paper: str = ""


@transaction.atomic
def certify(
    *, case: Case, version: StatementVersion, account: Account, by: Person, ring: Keyring, language: str, word: Word,
    seen: int,
) -> None:  # fmt: skip
    """Seal what a translator signed for the translation as it stands now; a further one takes its place.

    account: as it was opened for the page. seen: the revision of the translation that the page showed. Raises Refused,
    NotReady: "translation" without one, "stale" when it was changed meanwhile, "paper" for one that is no certificate
    in the brief; vault.errors.NoGrant, Forged.
    """
    decision = may(by, Permission.READ_ACCOUNT, case)
    if not decision.ok or version.case_id != case.id:
        raise Refused(decision.reason or "no such version")
    Case.objects.select_for_update().get(id=case.id)
    now = translating.translation(case, ring, version, language)
    if now is None:
        raise NotReady("translation")
    if now.revision != seen:
        raise NotReady("stale")
    if word.paper and word.paper not in labels(case, ring):
        raise NotReady("paper")
    sections = tuple(account_sections(account))
    passages = tuple(translated(account, sections, [now], language))
    content = {
        **asdict(word), "number": version.number, "source_language": version.language,
        "source": certified.source_digest(sections, version.number),
        "translation": certified.translation_digest(passages, version.number),
    }  # fmt: skip
    work.write(case, ring, TABLE, language, version.id, content)
    audit.record("account.certified", "case", case.id, by=by.id, detail={"version": version.number})


def certificates(case: Case, ring: Keyring, language: str) -> Iterator[Certificate]:
    """The newest certificate of each version in a language, as members wrote them down. Raises NoGrant, Forged."""
    opened = work.opened(case, ring)
    newest = {value.row: value for value in values_in(opened, table=TABLE, field=language)}
    for value in newest.values():
        statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on)
        yield _certificate(records.content_of(value, opened), language)


def labels(case: Case, ring: Keyring) -> list[str]:
    """The certificates among the papers of the brief: "L-003". Empty without a lawyer who has the mandate."""
    proposal = offers.current(case)
    if proposal is None or proposal.state != Proposal.State.ENGAGED:
        return []
    return [each.label for each in papers_of(proposal, ring) if each.kind == Paper.Kind.CERTIFICATE]


def _certificate(content: dict[str, Any], language: str) -> Certificate:
    return Certificate(
        content["number"], content["translator"], content["qualification"], content["source_language"], language,
        content["source"], content["translation"], content["place"], content["on"], content["is_complete"],
        content["remarks"], content["paper"],
    )  # fmt: skip
