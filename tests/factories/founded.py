"""An organisation that was founded once in this process, put into an empty database again for each test.

Founding takes two hundred queries; what it leaves behind is the same each time, up to its random keys.
"""

from __future__ import annotations

import copy
from typing import Any

from django.conf import settings

from people.models import Person, RecoveryShare, SealedTOTPDevice
from people.organisation import Founded, NewPerson, found, write_fingerprint
from vault.models import (
    AuditEvent,
    Compartment,
    Epoch,
    EraseShare,
    Grant,
    KeyPair,
    Revocation,
    SealedValue,
    Statement,
)

TABLES: tuple[type[Any], ...] = (
    KeyPair, Statement, Revocation, Compartment, Epoch, EraseShare, Grant, SealedValue, Person, SealedTOTPDevice,
    RecoveryShare, AuditEvent,
)  # fmt: skip
COUNTED = (SealedTOTPDevice, AuditEvent)  # their ids are given by the database


class Template:
    """What the first founding of a process left behind."""

    def __init__(self) -> None:
        self._founded: Founded | None = None
        self._rows: dict[type[Any], list[Any]] = {}
        self._place: tuple[object, ...] = ()

    def found(self, people: list[NewPerson]) -> Founded:
        """Found an organisation, or put the one of before into the database."""
        if self._founded is None or self._place != _place() or AuditEvent.objects.exists():
            return self._first(people)
        for table, rows in self._rows.items():
            table.objects.bulk_create([_fresh(row, table) for row in rows])
        settings.ROOT_FINGERPRINT = self._founded.root_fingerprint
        write_fingerprint(self._founded.root_fingerprint)
        return copy.deepcopy(self._founded)

    def _first(self, people: list[NewPerson]) -> Founded:
        is_empty = not AuditEvent.objects.exists()
        founded = found(people, demo=False)
        if is_empty:
            self._founded, self._place = copy.deepcopy(founded), _place()
            self._rows = {table: list(table.objects.order_by("pk")) for table in TABLES}
        return founded


def _place() -> tuple[object, ...]:
    """What is sealed into the keys: another deployment, another day, another price of passwords needs another one."""
    day = KeyPair._meta.get_field("made_on").default()
    return settings.DEPLOYMENT, settings.DEPLOYMENT_SALT, settings.WORKER_DELEGATE, dict(settings.ARGON2), day


def _fresh(row: Any, table: type[Any]) -> Any:
    made = copy.copy(row)
    made._state = copy.copy(row._state)
    made._state.adding, made._state.fields_cache = True, {}
    if table in COUNTED:
        made.pk = None
    return made
