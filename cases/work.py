"""The team's own records of a case: facts, flags, requests, decisions. Only staff open them; a head of their own lists
them, so that an older one put back shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from cases import keys, records
from cases.models import Case
from vault.heads import check_head, settled, write_head
from vault.keyring import Keyring
from vault.opened import Opened


class Held(NamedTuple):
    """What one page has opened already: of which case, with whose keys."""

    case: UUID
    ring: Keyring
    epochs: list[Opened]


HELD: ContextVar[Held | None] = ContextVar("held", default=None)


@contextmanager
def at_once(case: Case, ring: Keyring) -> Iterator[None]:
    """Within the block `work` of the case is opened and its head checked once, however many records are read.

    For a page that reads and writes nothing; writing opens it anew. Raises vault.errors.NoGrant or Forged.
    """
    token = HELD.set(Held(case.id, ring, opened(case, ring)))
    try:
        yield
    finally:
        HELD.reset(token)


def read(case: Case, ring: Keyring, table: str, field: str, row: UUID) -> Any:
    """The newest record at a place, or None. Raises NoGrant, or Forged when a record is missing, old or not ours."""
    return records.read_newest(opened(case, ring), table, field, row, never_by=case.receipt_id)


@transaction.atomic
def write(case: Case, ring: Keyring, table: str, field: str, row: UUID, content: Any) -> int:
    """Seal a record as the next version of its place and return the version; the head is checked and renewed."""
    Case.objects.select_for_update().get(id=case.id)
    newest = _settled(case, ring)[-1]
    version = records.write_next(newest, table, field, row, content, ring.signer)
    write_head(newest.epoch.compartment_id, newest, ring.signer)
    return version


def opened(case: Case, ring: Keyring) -> list[Opened]:
    """Every epoch of `work`, after its head was checked. Raises vault.errors.NoGrant or Forged."""
    held = HELD.get()
    if held is not None and held.case == case.id and held.ring is ring:
        return held.epochs
    return _settled(case, ring)


def _settled(case: Case, ring: Keyring) -> list[Opened]:
    return settled(keys.compartment(case, keys.WORK).id, lambda: _opened(case, ring))


def _opened(case: Case, ring: Keyring) -> list[Opened]:
    found = keys.open_whole(case, keys.WORK, ring)
    check_head(keys.compartment(case, keys.WORK).id, found)
    return found
