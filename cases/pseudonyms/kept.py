"""The key table of a case, sealed in its identity compartment: the same person has the same code in every version."""

from __future__ import annotations

from cases import access, keys, records
from cases.access import Parts
from cases.dossier.pseudonym.table import Identity
from cases.models import Case
from vault.heads import write_head
from vault.keyring import Keyring

TABLE, FIELD = "pseudonyms", "table"


def read(case: Case, ring: Keyring) -> Identity:
    """As it was kept last, or an empty one. Raises vault.errors.NoGrant; Forged also for one that no member signed."""
    return _read(case, access.open_epochs(case, ring))


def keep(case: Case, table: Identity, ring: Keyring) -> None:
    """Seal it as the next version, within a transaction; unchanged it is not written again."""
    Case.objects.select_for_update().get(id=case.id)
    parts = access.open_epochs(case, ring)
    if _read(case, parts) == table:
        return
    room = keys.open_latest(case, keys.IDENTITY, ring)
    records.write_next(room, TABLE, FIELD, case.id, table.to_plain(), ring.signer)
    write_head(case.id, parts.messages[-1], ring.signer)


def code_of(case: Case) -> str:
    """What the survivor is called: of the random reference, so that it says nothing and is the same for ever."""
    return f"C-{case.reference.replace('-', '')}"


def _read(case: Case, parts: Parts) -> Identity:
    found = records.read_newest(parts.told, TABLE, FIELD, case.id, never_by=case.receipt_id)
    return Identity.from_plain(found) if found else Identity(code_of(case))
