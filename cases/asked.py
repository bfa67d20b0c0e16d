"""What the survivor asked of us on the own page: permissions taken back, erasing, an end of access.

Each is a record in `messages`, which both sides hold, signed by the receipt and listed in the head of the case: whoever
writes to the database can neither ask in somebody's name nor make an asking undone unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from cases import keys, records
from cases.models import Case, Erasure
from cases.retention import months_later
from vault.errors import Forged
from vault.heads import check_head, settled
from vault.keyring import Keyring
from vault.models import AuditEvent, today
from vault.opened import Opened
from vault.signers import Signer

TABLE = "asked"
WITHDRAWN, ERASING, CLOSED = "withdrawn", "erasing", "closed"
ERASING_ASKED = "erasing.asked"  # in the audit trail
ERASING_MONTHS = 1  # GDPR art. 12(3): an answer within one month


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Permissions taken back at once. scopes: ids of questions; version: the number of the version that says so."""

    scopes: tuple[str, ...]
    on: date
    version: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that was asked; the days are None for what was not."""

    withdrawals: tuple[Withdrawal, ...] = ()
    erasing_on: date | None = None
    closed_on: date | None = None

    @property
    def erasing_by(self) -> date | None:
        """The day by which an asking for erasing is answered."""
        return months_later(self.erasing_on, ERASING_MONTHS) if self.erasing_on else None

    def days(self) -> dict[str, date]:
        """The last day on which each permission was taken back, by question."""
        return {scope: each.on for each in self.withdrawals for scope in each.scopes}


def asked_of(case: Case, ring: Keyring) -> Asked:
    """Open what was asked, after checking the head of the case. Raises vault.errors.Forged, NoGrant."""
    return settled(case.id, lambda: _checked(case, ring))


def asked_in(case: Case, messages: Iterable[Opened]) -> Asked:
    """Read what was asked from every epoch of `messages`, whose head was checked. Raises vault.errors.Forged."""
    opened = list(messages)
    taken = tuple(
        Withdrawal(tuple(each["scopes"]), date.fromisoformat(each["on"]), each["version"])
        for each in _records(case, opened, WITHDRAWN)
    )
    return Asked(taken, _first_day(case, opened, ERASING), _first_day(case, opened, CLOSED))


def wanting_erasing(cases: Iterable[Case]) -> set[UUID]:
    """Those of the cases whose person asked for erasing and nobody has asked a lead since, as the audit trail says.

    For screens: whether it was asked, the case's own page says from a signed record.
    """
    ids = [case.id for case in cases]
    days = dict(AuditEvent.objects.filter(action=ERASING_ASKED, subject__in=ids).values_list("subject", "on"))
    taken_up = Erasure.objects.filter(case__in=list(days)).values_list("case_id", "requested_on") if days else []
    return set(days) - {case for case, on in taken_up if case is not None and on >= days[case]}


def note(case: Case, messages: Opened, field: str, signer: Signer, **content: Any) -> None:
    """Seal that something is asked today; the head must be written after it."""
    records.write_next(messages, TABLE, field, case.id, {"on": today().isoformat(), **content}, signer)


def _checked(case: Case, ring: Keyring) -> Asked:
    messages = keys.open_whole(case, keys.MESSAGES, ring)
    check_head(case.id, messages)
    return asked_in(case, messages)


def _first_day(case: Case, opened: list[Opened], field: str) -> date | None:
    found = next(_records(case, opened, field), None)
    return date.fromisoformat(found["on"]) if found else None


def _records(case: Case, opened: list[Opened], field: str) -> Iterator[dict[str, Any]]:
    for value, content in records.read_all(opened, TABLE, case.id, field):
        if value.signer_id != case.receipt_id:
            raise Forged(f"sealed value {value.id}: not signed by this case's receipt")
        yield content
