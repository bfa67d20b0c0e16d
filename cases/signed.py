"""Records of `work` that must be in one person's own hand, whatever key that person had at the time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from cases import records, work
from cases.models import Case
from vault.directory import statement_for
from vault.errors import Forged
from vault.keyring import Keyring
from vault.models import KeyPair


@dataclass(frozen=True, slots=True)
class Signed:
    """A record and whose it is: the member whom the directory names for the key that signed it, on that day."""

    holder: UUID
    on: date
    content: dict[str, Any]


def signed_at(
    case: Case, ring: Keyring, table: str, field: str, row: UUID, roles: Collection[str] | None = None
) -> Signed | None:
    """The newest record at a place and who signed it; None if there is none.

    roles: of which one must have been the signer's then. Raises NoGrant, or Forged or Unstated when the directory names
    nobody for the key.
    """
    values = records.read_all(work.opened(case, ring), table, row, field)
    found = max(values, key=lambda each: each[0].version, default=None)
    if found is None:
        return None
    value, content = found
    holder = statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, roles).holder
    if holder is None:
        raise Forged(f"sealed value {value.id}: in nobody's hand")
    return Signed(holder, value.made_on, dict(content))


def read_by(case: Case, ring: Keyring, table: str, field: str, row: UUID, person: UUID) -> dict[str, Any]:
    """The newest record at a place, empty if there is none.

    person: the id of the member who must have signed it. Raises like signed_at(), and Forged for another hand.
    """
    found = signed_at(case, ring, table, field, row)
    if found is None:
        return {}
    if found.holder != person:
        raise Forged(f"{table} {row}: in another hand")
    return found.content
