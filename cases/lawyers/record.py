"""What is sealed of a lawyer: for the team and for the lawyer, in a compartment of the lawyer's own."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from cases import records
from cases.models import LawyerRecord
from people.models import Person, Role
from people.recipients import recipient_of
from vault import compartments, rows
from vault.authors import require_founder
from vault.directory import statement_for
from vault.heads import check_head, settled, write_head
from vault.keyring import Keyring
from vault.models import Compartment, KeyPair
from vault.opened import Opened
from vault.recipients import organisations

KIND, TABLE, FIELD = "lawyer", "lawyer", "record"
TEAM = ("caseworkers", "leads", "recovery")


@dataclass(frozen=True, slots=True)
class Apart:
    """In words. channel: how to reach the lawyer safely; ties, conflicts: what was declared."""

    bar: str = ""
    bar_number: str = ""
    channel: str = ""
    insurance: str = ""
    ties: str = ""
    conflicts: str = ""


def read(record: LawyerRecord, ring: Keyring) -> Apart:
    """The newest record, empty if there is none. Raises vault.errors.NoGrant or Forged."""
    found = founded(record.person_id)
    if found is None:
        return Apart()
    return settled(found.id, lambda: _read(found, record.person_id, ring))


@transaction.atomic
def write(record: LawyerRecord, ring: Keyring, apart: Apart) -> None:
    """Seal it as the next version; the first one founds the compartment. Raises Unstated for a key nobody admitted."""
    found = founded(record.person_id)
    latest = _new(record.person, ring) if found is None else ring.latest(found)
    if found is not None:
        check_head(found.id, ring.open_all(found))
    records.write_next(latest, TABLE, FIELD, record.person_id, asdict(apart), ring.signer)
    write_head(latest.epoch.compartment_id, latest, ring.signer)


def _read(found: Compartment, person: UUID, ring: Keyring) -> Apart:
    content = records.read_newest(opened(found, ring), TABLE, FIELD, person)
    return Apart(**content) if content else Apart()


def opened(found: Compartment, ring: Keyring) -> list[Opened]:
    """Every epoch of a lawyer's compartment, after its records were held against their head."""
    epochs = ring.open_many(list(found.epochs.select_related("compartment").order_by("number")))
    check_head(found.id, epochs)
    return epochs


def _new(person: Person, ring: Keyring) -> Opened:
    recipients = [*organisations(*TEAM).values(), recipient_of(person, {Role.LAWYER})]
    return compartments.create(kind=KIND, owner=person.id, recipients=recipients, giver=ring.signer, purpose=KIND)


def founded(person: UUID) -> Compartment | None:
    """The compartment, if there is one. Raises Forged or Unstated unless a lead founded it."""
    found = rows.first(Compartment, kind=KIND, owner=person)
    if found is None:
        return None
    require_founder(found, found.founder)
    statement_for(found.founder, {KeyPair.Use.PERSON}, found.made_on, roles={Role.LEAD})
    return found
