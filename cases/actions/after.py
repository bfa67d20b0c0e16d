"""What is asked after sending: how the person is, and whether the form was hard. The team sees it at once."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Least

from cases import asked, keys, said, urgency
from cases.actions import moving
from cases.actions.telling import new_epochs
from cases.models import Case, StatementVersion
from cases.said import AFTER, CALL, FEELS
from cases.statement import catalogue
from cases.statement.conditions import has_answer
from cases.told import Section, seal_told
from vault import audit
from vault.heads import write_head
from vault.keyring import Keyring
from vault.models import today

TOLD = "after.told"
CALL_DAYS = 1  # working days


@transaction.atomic
def tell_after(*, case: Case, receipt: Keyring, answers: Section, language: str) -> StatementVersion | None:
    """Seal and sign the answers as the next version of the account and return it; None when nothing was answered.

    Who is not well, or wants a call, is answered within one working day.
    """
    keys.require_receipt(case, receipt)
    Case.objects.select_for_update().get(id=case.id)
    told = {AFTER: {key: answer for key, answer in answers.items() if has_answer(answer)}}
    if not told[AFTER]:
        return None
    opened = new_epochs(case, receipt)
    number = 1 + max(case.versions.values_list("number", flat=True))
    version = StatementVersion.objects.create(case=case, number=number, catalogue=catalogue.VERSION, language=language)
    seal_told(told, version, opened, receipt.signer)
    asked.note(case, opened[keys.MESSAGES], asked.SENT, receipt.signer, **said.content(told, version))
    moving.heard(case, receipt)
    if told[AFTER].get(FEELS, {}).get("value") in CALL:
        _hurry(case)
    audit.record(TOLD, "case", case.id, by=None)
    write_head(case.id, opened[keys.MESSAGES], receipt.signer)
    return version


def _hurry(case: Case) -> None:
    day = urgency.working_day(today(), CALL_DAYS)
    Case.objects.filter(id=case.id).update(answer_day=Least(Coalesce(F("answer_day"), day), day))
