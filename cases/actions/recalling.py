"""Recalling a dossier for filing: what no lawyer has fetched is erased, whoever has fetched it is told to stop."""

from __future__ import annotations

from django.db import transaction

from cases import records
from cases.actions.packages import package_opened
from cases.actions.withdrawing import stop
from cases.errors import NotReady, Refused
from cases.models import Case, Dossier
from people.models import Person
from vault import audit
from vault.keyring import Keyring
from vault.models import today

DESTROYED, FILED = "destroyed", "filed"
ANSWERS = (DESTROYED, FILED)
FIELD = "recall"


@transaction.atomic
def recall(case: Case, *, variant: str = "") -> None:
    """Stop every dossier for filing of a case, or of one text, in the transaction of whoever took a word back.

    What a lawyer has fetched cannot be taken back from here: the row says so, and the lawyer's page asks for a word.
    """
    rows = Dossier.objects.select_for_update().filter(case=case, is_for_filing=True)
    for dossier in rows.filter(variant=variant) if variant else rows:
        stop(dossier)


@transaction.atomic
def answer_recall(*, dossier: Dossier, by: Person, ring: Keyring, answer: str, words: str) -> None:
    """The lawyer says, signed, what became of a dossier that was recalled: destroyed unfiled, or filed already.

    Raises Refused for another lawyer or answer, NotReady("package") when there is nothing to answer.
    """
    if dossier.lawyer_id != by.id:
        raise Refused("another_lawyer")
    if dossier.recalled_on is None:
        raise NotReady("package")
    if answer not in ANSWERS:
        raise Refused("answer")
    content = {"answer": answer, "words": words, "on": today().isoformat()}
    records.write_next(package_opened(dossier, ring), "dossier", FIELD, dossier.id, content, ring.signer)
    audit.record("dossier.recall_answered", "dossier", dossier.id, by=by.id)


def answer_to(dossier: Dossier, ring: Keyring) -> dict[str, str]:
    """What the lawyer answered, or nothing yet. Raises vault.errors.Forged for another hand, NoGrant."""
    opened = package_opened(dossier, ring)
    found = records.read_newest([opened], "dossier", FIELD, dossier.id, by=dossier.lawyer.pair_id)
    return dict(found or {})
