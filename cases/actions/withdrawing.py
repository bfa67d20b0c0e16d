"""Taking permissions back, as short as giving them: a further version says so, and what was under way stops at once."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from cases import asked, keys
from cases.actions import moving
from cases.actions.caring import stop_care
from cases.actions.dossiers import KIND, PACKAGE
from cases.actions.drafting import load_draft, save_section
from cases.actions.ending import stop_work
from cases.actions.offering import stop_lawyers
from cases.actions.opening import FIRST
from cases.actions.telling import new_epochs
from cases.drafted import CARRIED
from cases.errors import DraftExpired, Refused
from cases.models import Case, Dossier, StatementVersion
from cases.permission import READING, RECALLED, SCOPES, STOPPED, STOPS_CARE, STOPS_DOSSIERS, WITHDRAWN, why_stopped
from cases.statement import catalogue
from cases.told import Section, seal_told
from vault import audit, erasing
from vault.heads import write_head
from vault.keyring import Keyring
from vault.models import Compartment, today

SECTION, CHECKPOINT = "consent", "checkpoint"
State = Dossier.State
# A worker that builds holds the shares already; it asks before it delivers.
STOPPABLE = (State.REQUESTED, State.APPROVED, State.FAILED, State.READY)


@transaction.atomic
def withdraw(*, case: Case, receipt: Keyring, scopes: Collection[str], language: str) -> StatementVersion:
    """Take permissions back, signed and sealed as the next version of the account, and return that.

    scopes: ids of questions; without the permission to read nothing else is permitted either. Dossiers that no lawyer
    has fetched are stopped, and what was copied for them is erased; lawyers and clinicians read on no more. Raises
    Refused("scope") when none of them is known.
    """
    keys.require_receipt(case, receipt)
    Case.objects.select_for_update().get(id=case.id)
    taken = [each for each in SCOPES if each in scopes or READING in scopes]
    if not taken:
        raise Refused("scope")
    _leave_draft(case, receipt, taken)
    version = _say(case, receipt, taken, language)
    if STOPS_DOSSIERS & set(taken):
        for dossier in Dossier.objects.select_for_update().filter(case=case):
            stop(dossier)
        stop_lawyers(case)
    if STOPS_CARE & set(taken):
        stop_care(case)
    return version


@transaction.atomic
def drop(dossier: Dossier) -> None:
    """Erase what was copied and built for a dossier that was stopped; the row says why."""
    why = why_stopped(dossier.id)
    state = State.CANCELLED if why == "cancelled" else State.REFUSED
    owned = Compartment.objects.filter(kind__in=[KIND, CHECKPOINT, PACKAGE], owner=dossier.id)
    file = [dossier.file_id] if dossier.file_id else []
    Dossier.objects.filter(id=dossier.id).update(state=state, trouble=why, file=None, claimed_until=None)
    dossier.stamps.all().delete()
    erasing.erase_and_forget(owned, also=file)


def _say(case: Case, receipt: Keyring, taken: list[str], language: str) -> StatementVersion:
    opened = new_epochs(case, receipt)
    number = 1 + max(case.versions.values_list("number", flat=True))
    version = StatementVersion.objects.create(case=case, number=number, catalogue=catalogue.VERSION, language=language)
    seal_told(_answers(taken, language), version, opened, receipt.signer)
    asked.note(case, opened[keys.MESSAGES], asked.WITHDRAWN, receipt.signer, scopes=taken, version=number)
    moving.heard(case, receipt)
    if READING in taken:
        stop_work(case, receipt)
    audit.record("consent.withdrawn", "case", case.id, by=None, detail={"version": number})
    write_head(case.id, opened[keys.MESSAGES], receipt.signer)
    return version


def _answers(taken: list[str], language: str) -> dict[str, Section]:
    said = {each: {"value": None, "said": WITHDRAWN, "lang": language} for each in taken}
    told = {FIRST: {each: said[each] for each in taken if each == READING}}
    told[SECTION] = {each: said[each] for each in taken if each != READING}
    return {section: answers for section, answers in told.items() if answers}


def _leave_draft(case: Case, receipt: Keyring, taken: list[str]) -> None:
    """Take the same permissions out of the draft: sent later, it would give again what was taken back."""
    try:
        sections = load_draft(case, receipt).sections
    except DraftExpired:
        return
    for key in (SECTION, CARRIED):
        saved = sections.get(key)
        if saved is not None and saved.version and saved.answers.keys() & set(taken):
            rest = {each: answer for each, answer in saved.answers.items() if each not in taken}
            save_section(case=case, receipt=receipt, section=key, answers=rest, seen_version=saved.version)


def stop(dossier: Dossier) -> None:
    """Erase what no lawyer has fetched. What a lawyer has fetched is recalled: the lawyer's page asks for a word."""
    if dossier.delivered_at is not None:
        _recall(dossier)
    elif dossier.state in (*STOPPABLE, State.BUILDING):
        audit.record(STOPPED, "dossier", dossier.id, by=None)
        if dossier.state in STOPPABLE:
            drop(dossier)


def _recall(dossier: Dossier) -> None:
    """Once: from then on our copy is not handed out any more."""
    if dossier.recalled_on is None:
        Dossier.objects.filter(id=dossier.id).update(recalled_on=today())
        audit.record(RECALLED, "dossier", dossier.id, by=None)
