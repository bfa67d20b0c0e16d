"""Who already holds a copy of something of a case, and must be written to when the permission for it was taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cases.actions.dossiers import reference
from cases.actions.handing_over import handed
from cases.limits import limits_of
from cases.models import Care, Case, Proposal
from cases.permission import READING, SCOPES, STOPS_CARE, STOPS_DOSSIERS, is_withdrawn
from cases.signed import signed_at
from people.models import Person
from people.recipients import STAFF
from vault.keyring import Keyring
from vault.models import AuditEvent

TABLE, FIELD = "stop_letter", "sent"


@dataclass(frozen=True, slots=True)
class Copy:
    """One holder. id: of the row that it is about; on: the last day of fetching, reading or handing over.

    language: in which to write. is_over: was a permission that it rests on taken back? sent_on, sent_by: when somebody
    wrote that, since the newest withdrawal.
    """

    id: UUID
    who: str
    what: str | Promise
    on: date
    language: str
    is_over: bool
    sent_on: date | None = None
    sent_by: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """That a letter about a withdrawal went out: when, by whom."""

    on: date
    by: str


def copies(case: Case, ring: Keyring, withdrawal: int) -> list[Copy]:
    """Every holder, oldest first. withdrawal: number of the newest version that takes something back. Raises Forged."""
    answers = limits_of(case, ring).answers
    over = {scope for scope in SCOPES if is_withdrawn(answers.get(scope))}
    found = [*_dossiers(case, over), *_read(case, over), *_handed(case, ring, over)]
    return sorted((_with_letter(each, case, ring, withdrawal) for each in found), key=lambda each: each.on)


def sent_of(case: Case, ring: Keyring, row: UUID, withdrawal: int) -> Sent | None:
    """Was a letter about this withdrawal, or a later one, sent to this holder? For the person: row is the case's id."""
    found = signed_at(case, ring, TABLE, FIELD, row, STAFF)
    if found is None or found.content["withdrawal"] < withdrawal:
        return None
    name = Person.objects.filter(id=found.holder).values_list("name", flat=True).first()
    return Sent(found.on, name or _("a former member"))


def _with_letter(copy: Copy, case: Case, ring: Keyring, withdrawal: int) -> Copy:
    sent = sent_of(case, ring, copy.id, withdrawal) if copy.is_over else None
    if sent is None:
        return copy
    return Copy(copy.id, copy.who, copy.what, copy.on, copy.language, copy.is_over, sent.on, sent.by)


def _dossiers(case: Case, over: set[str]) -> Iterator[Copy]:
    for row in case.dossiers.exclude(delivered_at=None).select_related("lawyer", "case"):
        what = format_lazy(_lazy("Dossier {name}, downloaded"), name=reference(row))
        day = row.delivered_at.date() if row.delivered_at else row.requested_at.date()
        yield Copy(row.id, row.lawyer.name, what, day, row.lawyer.language or "en", bool(over & STOPS_DOSSIERS))


def _read(case: Case, over: set[str]) -> Iterator[Copy]:
    """Briefs and answers about health that were opened, by the audit trail."""
    briefs, cares = _days(case, "brief.opened", "proposal"), _days(case, "care.opened", "care")
    for proposal in Proposal.objects.filter(case=case, id__in=briefs).select_related("lawyer"):
        yield Copy(
            proposal.id, proposal.lawyer.name, _lazy("Brief, opened"), briefs[proposal.id],
            proposal.lawyer.language or "en", bool(over & STOPS_DOSSIERS),
        )  # fmt: skip
    for care in Care.objects.filter(case=case, id__in=cares).select_related("clinician"):
        yield Copy(
            care.id, care.clinician.name, _lazy("Answers about health, opened"), cares[care.id],
            care.clinician.language or "en", bool(over & STOPS_CARE),
        )  # fmt: skip


def _handed(case: Case, ring: Keyring, over: set[str]) -> Iterator[Copy]:
    for each in handed(case, ring):
        yield Copy(each.row.id, each.body, each.what, each.on, "en", bool(over & {each.scope, READING}))


def _days(case: Case, action: str, name: str) -> dict[UUID, date]:
    """The last day of an event, by the id that it names."""
    found: list[tuple[Any, date]] = [
        (event.detail.get(name), event.on) for event in AuditEvent.objects.filter(subject=case.id, action=action)
    ]
    return {UUID(str(each)): on for each, on in sorted(found, key=lambda pair: pair[1]) if each}
