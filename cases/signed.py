"""Records of `work` that must be in one person's own hand, whatever key that person had at the time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from cases import records, work
from cases.models import Case
from vault.directory import statement_for
from vault.errors import Forged
from vault.keyring import Keyring
from vault.models import KeyPair


def read_by(case: Case, ring: Keyring, table: str, field: str, row: UUID, person: UUID) -> dict[str, Any]:
    """The newest record at a place, empty if there is none.

    person: the id of the member who must have signed it. Raises NoGrant, or Forged or Unstated when the directory names
    somebody else, or nobody, for the key that signed it on its day.
    """
    values = records.read_all(work.opened(case, ring), table, row, field)
    found = max(values, key=lambda each: each[0].version, default=None)
    if found is None:
        return {}
    value, content = found
    if statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on).holder != person:
        raise Forged(f"sealed value {value.id}: in another hand")
    return dict(content)
