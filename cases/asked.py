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
from cases.permission import WITHDRAWN as TAKEN_BACK
from cases.retention import months_later
from vault.errors import Forged
from vault.heads import check_head, settled
from vault.keyring import Keyring
from vault.models import AuditEvent, SealedValue, today
from vault.opened import Opened
from vault.places import Place
from vault.signers import Signer

TABLE = "asked"
WITHDRAWN, ERASING, CLOSED, SENT = "withdrawn", "erasing", "closed", "sent"
ERASING_ASKED = "erasing.asked"  # in the audit trail
ERASING_MONTHS = 1  # GDPR art. 12(3): an answer within one month


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Permissions taken back at once. scopes: ids of questions; version: the number of the version that says so."""

    scopes: tuple[str, ...]
    on: date
    version: int


@dataclass(frozen=True, slots=True)
class Sent:
    """What both sides know of a version. version, catalogue: which, and in which wording it was asked.

    said: outcome (see cases.permission) and language of each permission that it answers, by question; reviewed: the
    languages whose wording a native speaker had signed off then. known: answers on which later questions hang.
    corrects: does it say anew what an earlier one said? feels: how the person was after sending, as a code, or "".
    """

    on: date
    version: int
    catalogue: str
    said: dict[str, list[str]]
    reviewed: tuple[str, ...]
    known: dict[str, dict[str, Any]]
    corrects: bool
    feels: str


@dataclass(frozen=True, slots=True)
class Said:
    """One answer about a permission. outcome: see cases.permission, or "withdrawn".

    language, catalogue: the wording in which it was asked; is_reviewed: had a native speaker signed it off then?
    """

    on: date
    version: int
    scope: str
    outcome: str
    language: str = ""
    catalogue: str = ""
    is_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that was asked; the days are None for what was not."""

    withdrawals: tuple[Withdrawal, ...] = ()
    sent: tuple[Sent, ...] = ()
    erasing_on: date | None = None
    closed_on: date | None = None

    @property
    def erasing_by(self) -> date | None:
        """The day by which an asking for erasing is answered."""
        return months_later(self.erasing_on, ERASING_MONTHS) if self.erasing_on else None

    @property
    def corrections(self) -> frozenset[int]:
        """The numbers of the versions that say anew what an earlier one said."""
        return frozenset(each.version for each in self.sent if each.corrects)

    @property
    def known(self) -> dict[str, dict[str, Any]]:
        """The newest answers on which questions hang; a permission that was taken back since is no answer of before."""
        found = {key: (each.version, answer) for each in self.sent for key, answer in each.known.items()}
        for each in self.withdrawals:
            for scope in found.keys() & set(each.scopes):
                if each.version > found[scope][0]:
                    found[scope] = (each.version, {"value": None, "said": TAKEN_BACK})
        return {key: answer for key, (_, answer) in found.items()}

    def history(self) -> list[Said]:
        """What was said about permissions, oldest first."""
        given = [
            Said(each.on, each.version, scope, outcome, language, each.catalogue, language in each.reviewed)
            for each in self.sent
            for scope, (outcome, language) in each.said.items()
        ]
        taken = [Said(each.on, each.version, scope, TAKEN_BACK) for each in self.withdrawals for scope in each.scopes]
        return sorted([*given, *taken], key=lambda said: said.version)

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
    sent = tuple(
        Sent(date.fromisoformat(each["on"]), each["version"], each["catalogue"], each["said"], tuple(each["reviewed"]),
             each["known"], each["corrects"], each["feels"])
        for each in _records(case, opened, SENT)
    )  # fmt: skip
    return Asked(taken, sent, _first_day(case, opened, ERASING), _first_day(case, opened, CLOSED))


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


def noted(
    case: Case, messages: Opened, field: str, signer: Signer, *, is_new_case: bool = False, **content: Any
) -> SealedValue:
    """Like note(), but not saved yet, for what goes into the database and the head together.

    is_new_case: nothing can have been noted of it before.
    """
    version = 1 if is_new_case else 1 + records.newest_version(TABLE, field, case.id)
    place = Place(TABLE, field, case.id, version)
    return records.sealed(messages, place, {"on": today().isoformat(), **content}, signer)


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
