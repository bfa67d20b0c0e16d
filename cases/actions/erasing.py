"""Erasing a case: asked for by one, decided by a lead who did not ask, and never while a legal hold stands.

What stays is the Erasure row (reference, day, why, by whom) and the audit trail, which holds ids and codes only. The
receipt goes too: whoever comes back with the code gets the answer that every unknown code gets.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from cases import keeping, retention, work
from cases.actions import moving
from cases.actions.holding import holds_of, lock
from cases.errors import NotReady, Refused
from cases.evidence import Pair
from cases.models import Case, Dossier, DraftExhibit, Erasure
from cases.second import forget_pair
from cases.signed import signed_at
from cases.workflow import is_possible
from people.models import Person
from people.permissions import Permission, may
from people.recipients import STAFF
from vault import audit, erasing
from vault.errors import Forged
from vault.keyring import Keyring
from vault.models import AuditEvent, Compartment, SealedFile, today

ERASED = "case.erased"
TABLE, ASKED, REFUSED = "erasure", "asked", "refused"
State = Erasure.State


@transaction.atomic
def request_erasing(*, case: Case, by: Person, ring: Keyring, why: str) -> Erasure:
    """Ask a lead to erase a case, in a signed record. why: a code of retention.WHYS.

    Raises Refused: "held", "erased", "already_asked", "no_clock" when no period is over, "why", or the permission.
    """
    _require(by, Permission.REQUEST_ERASING, case)
    lock(case.id)
    if why not in retention.WHYS:
        raise Refused("why")
    if case.legal_holds.filter(lifted_on=None).exists():
        raise Refused("held")
    if case.erasures.filter(state=State.REQUESTED).exists():
        raise Refused("already_asked")
    if why == "clock_over" and keeping.due_of(case, today()) is None:
        raise Refused("no_clock")
    row = Erasure.objects.create(case=case, reference=case.reference, why=why, requested_by=by)
    work.write(case, ring, TABLE, ASKED, row.id, {"why": why})
    audit.record("erasing.requested", "case", case.id, by=by.id, detail={"erasure": str(row.id), "why": why})
    return row


@transaction.atomic
def refuse_erasing(*, erasure: Erasure, by: Person, ring: Keyring, reason: str) -> None:
    """Keep the case; the reason is sealed in `work`. Raises Refused, NoGrant, Forged."""
    locked, case = _locked(erasure, by)
    work.write(case, ring, TABLE, REFUSED, locked.id, {"reason": reason})
    _decide(locked, by, State.REFUSED)
    audit.record("erasing.refused", "case", case.id, by=by.id, detail={"erasure": str(locked.id)})


@transaction.atomic
def approve_erasing(*, erasure: Erasure, by: Person, ring: Keyring, reference: str) -> None:
    """Erase a case with everything that belongs to it. reference: as the lead typed it.

    Raises Refused: "reference", "held", "own_request", "already_decided". NotReady("building") while a worker builds a
    dossier of it. Forged when the record of the holds was changed: a case that does not verify is looked into first.
    """
    locked, case = _locked(erasure, by)
    if "".join(reference.split()).upper() != case.reference:
        raise Refused("reference")
    if any(hold.stands for hold in holds_of(case, ring)):
        raise Refused("held")
    _require_no_job(case)
    _end(case, by, _pair(locked, case, by, ring), {"erasure": str(locked.id), "why": locked.why})
    _decide(locked, by, State.DONE)
    _erase(case, locked)


def _pair(row: Erasure, case: Case, by: Person, ring: Keyring) -> Pair:
    """Who asked, by the signed record, and who decides now. Raises Forged when the row names somebody else."""
    asked = signed_at(case, ring, TABLE, ASKED, row.id, STAFF)
    if asked is None or asked.holder != row.requested_by_id or asked.content["why"] != row.why:
        raise Forged(f"erasure {row.id}: its row says something else than its record")
    return Pair(asked.holder, by.id)


def _end(case: Case, by: Person, pair: Pair, detail: dict[str, object]) -> None:
    """Close the case, unless it is closed or withdrawn, and erase it: the same two people agree to both."""
    if not is_possible(case, "erase"):
        moving.apply(case, "close", by=by, pair=pair)
    moving.apply(case, "erase", by=by, pair=pair, event=ERASED, detail=detail)


def require_not_erased(case: Case) -> None:
    """Raise Forged for rows of a case that was erased: a case that is there after its erasing was put back."""
    if erased([case]):
        raise Forged(f"case {case.id}: it was erased, and its rows are back")


def erased(cases: Iterable[Case]) -> set[UUID]:
    """The ids of those cases that were erased and whose rows are back."""
    wanted = [case.id for case in cases]
    return set(AuditEvent.objects.filter(action=ERASED, subject__in=wanted).values_list("subject", flat=True))


def refusal(erasure: Erasure, case: Case, ring: Keyring) -> str:
    """Why a lead refused, or ""."""
    found = work.read(case, ring, TABLE, REFUSED, erasure.id)
    return str(found["reason"]) if found else ""


def delivered(case: Case) -> list[Dossier]:
    """What lawyers have already: it cannot be taken back."""
    return list(case.dossiers.exclude(delivered_at=None).select_related("lawyer"))


def _erase(case: Case, kept: Erasure) -> None:
    compartments = list(Compartment.objects.filter(owner__in=_rows_of(case)))
    files, receipt = _files_of(case), case.receipt
    forget_pair(case)
    DraftExhibit.objects.filter(draft__case=case).delete()
    case.exhibits.all().delete()
    case.legal_holds.all().delete()
    case.erasures.exclude(id=kept.id).delete()
    case.delete()
    erasing.erase_and_forget(compartments, also=files)
    receipt.delete()


def _rows_of(case: Case) -> list[UUID]:
    """The ids of the case and of every row that names it: whatever may own a compartment of it."""
    found = [case.id]
    for relation in Case._meta.related_objects:
        rows = relation.related_model._base_manager.filter(**{relation.field.name: case})
        found += rows.values_list("pk", flat=True)
    return found


def _files_of(case: Case) -> list[UUID]:
    queries = (
        SealedFile.objects.filter(exhibit__case=case),
        SealedFile.objects.filter(dossier__case=case),
        SealedFile.objects.filter(paper__proposal__case=case),
        SealedFile.objects.filter(id__in=DraftExhibit.objects.filter(draft__case=case).values("file")),
    )
    return [file.id for query in queries for file in query]


def _require_no_job(case: Case) -> None:
    """A worker that builds has opened the request already, and would deliver into what is gone."""
    states = list(Dossier.objects.select_for_update().filter(case=case).values_list("state", flat=True))
    if Dossier.State.BUILDING in states:
        raise NotReady("building")


def _locked(erasure: Erasure, by: Person) -> tuple[Erasure, Case]:
    """The request and its case, both locked, for a lead who did not ask. Raises Refused."""
    case = Case.objects.select_for_update().filter(erasures=erasure).first()
    row = Erasure.objects.select_for_update().get(id=erasure.id)
    if case is None or row.state != State.REQUESTED or row.case_id != case.id:
        raise Refused("already_decided")
    _require(by, Permission.DECIDE_ERASING, case)
    if row.requested_by_id == by.id:
        raise Refused("own_request")
    return row, case


def _decide(row: Erasure, by: Person, state: str) -> None:
    Erasure.objects.filter(id=row.id).update(state=state, decided_by=by, decided_on=today())


def _require(by: Person, permission: Permission, case: Case) -> None:
    decision = may(by, permission, case)
    if not decision.ok:
        raise Refused(decision.reason)
