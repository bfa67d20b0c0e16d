"""Where a lawyer has the office, in the lawyer's own signed word: the address for service in what the lawyer files."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass

from django.db import transaction

from cases import records
from cases.dossier.variant import Variant
from cases.errors import Refused
from cases.lawyers import record
from people.models import Person, Role
from vault.directory import statement_for
from vault.errors import Forged, Unstated
from vault.heads import check_head, settled, write_head
from vault.keyring import Keyring
from vault.models import Compartment, KeyPair, SealedValue

TABLE, FIELD = "lawyer", "office"


@dataclass(frozen=True, slots=True)
class Office:
    """As it is printed, one line each. Telephone and mail may be empty."""

    address: str = ""
    phone: str = ""
    mail: str = ""

    def line(self, words: Variant) -> str:
        """Address, telephone and mail for one variant; without an address what the variant prints in its place."""
        if not self.address:
            return words.say("counsel.line")
        given = {"phone": self.phone, "mail": self.mail}
        said = [words.say(f"counsel.{name}", **{name: value}) for name, value in given.items() if value]
        missing = "_".join(name for name, value in given.items() if not value)
        without = words.table("office").get(f"without_{missing}", "")
        return ", ".join(filter(None, [self.address, *said, without]))


def read(lawyer: Person, ring: Keyring) -> Office:
    """What the lawyer has said with the key of today; empty if nothing, or if it was with a key of before.

    Raises vault.errors.NoGrant, or Forged, also for another's word.
    """
    found = record.founded(lawyer.id)
    return Office() if found is None else settled(found.id, lambda: _read(found, lawyer, ring))


@transaction.atomic
def write(lawyer: Person, ring: Keyring, office: Office) -> None:
    """Seal it as the lawyer's next word. Raises Refused("no_lawyer") while no lead has written a record."""
    found = record.founded(lawyer.id)
    if found is None:
        raise Refused("no_lawyer")
    check_head(found.id, ring.open_all(found))
    opened = ring.latest(found)
    records.write_next(opened, TABLE, FIELD, lawyer.id, asdict(office), ring.signer)
    write_head(found.id, opened, ring.signer)


def lacking(words: Variant, lawyers: Iterable[Person], ring: Keyring) -> list[Person]:
    """Those without an address, where the law of a variant asks for one."""
    return [each for each in lawyers if not read(each, ring).address] if words.table("office") else []


def _read(found: Compartment, lawyer: Person, ring: Keyring) -> Office:
    values = records.read_all(record.opened(found, ring), TABLE, lawyer.id, FIELD)
    newest = max(values, key=lambda each: each[0].version, default=None)
    if newest is None or not _is_by(lawyer, newest[0]):
        return Office()
    return Office(**newest[1])


def _is_by(lawyer: Person, value: SealedValue) -> bool:
    """Is it signed with the lawyer's key of today? Raises Forged when it never was the lawyer's."""
    if value.signer_id == lawyer.pair_id:
        return True
    with suppress(Unstated):
        if statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, {Role.LAWYER}).holder == lawyer.id:
            return False
    raise Forged(f"sealed value {value.id}: signed by another hand")
