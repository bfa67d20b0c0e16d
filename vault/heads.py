"""Signed heads: one sealed list of every record of an owner. An old row put back, or a missing one, does not fit it.

An owner is a case with all compartments that both sides may know of, or a single compartment that only one side opens.
The counter of each head also goes into the audit chain, so that everything put back at once shows too.

Whoever signed a head must be valid on the day of reading. The head of somebody who is gone stands until its compartment
got the next epoch, where a lead writes it again; after that nothing that this key signs is a head any more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from vault import rows
from vault.envelope.encoding import pack
from vault.errors import Forged
from vault.events import event
from vault.gone import exposed, is_exposed, is_finished
from vault.models import AuditEvent, Compartment, Epoch, Grant, Head, SealedValue
from vault.opened import Opened, joined, save_values
from vault.places import Place
from vault.plain import delete
from vault.signers import Signer

APART = {"draft", "work"}  # not in the owner's head: a draft changes with each page, `work` has a head of its own
NOTED = "head.written"
TRIES = 5  # of a reading while others write
Found = TypeVar("Found")
Records = dict[str, list[object]]  # by the id of a record its version and the hash of its ciphertext


@dataclass(frozen=True, slots=True)
class Held:
    """A head that was checked and whose row is locked: what the next one says besides is what this transaction adds."""

    head: Head
    records: Records


@transaction.atomic
def write_head(owner: UUID, opened: Opened, signer: Signer) -> int:
    """Seal the list of the owner's records as they are now and return its counter.

    owner: the owner of compartments, or the id of a compartment that has a head of its own. opened: an epoch that all
    its readers can open. The former list is dropped; whoever writes checks it first.
    """
    former = rows.first(Head, locked=True, owner=owner)
    value = _listed(owner, former, _records(owner), opened, signer)
    save_values([value])
    return _replace(owner, former, value)


def found_heads(
    heads: Mapping[UUID, Opened], values: Collection[SealedValue], signer: Signer, events: Iterable[AuditEvent] = ()
) -> None:
    """Store the first records of new owners, and the first head of each with them.

    heads: by owner (see write_head) the epoch that its head is sealed into. values: from Opened.sealed(), all that
    these owners have. events: from vault.events.event(), what else the audit chain says; they come first.
    """
    made = {owner: _listed(owner, None, _of(owner, values), opened, signer) for owner, opened in heads.items()}
    save_values([*values, *made.values()])
    rows.store(Head(owner=owner, counter=value.version, value=value) for owner, value in made.items())
    rows.store([*events, *(_event(owner, value) for owner, value in made.items())])


def check_head(owner: UUID, opened: list[Opened]) -> int:
    """Compare the owner's records with the sealed list and return its counter. Raises Forged naming what differs."""
    return _steady(owner, lambda head: _check(head, opened)).head.counter


def hold_head(owner: UUID, opened: list[Opened]) -> Held:
    """Like check_head(), within a transaction in which nobody else writes this head. See extend_head()."""
    return _steady(owner, lambda head: _check(head, opened), locked=True)


def extend_head(held: Held, opened: Opened, signer: Signer, added: Collection[SealedValue]) -> int:
    """Store further records of an owner, and with them the head that lists them too; returns its counter.

    added: from Opened.sealed(), not saved yet. What another transaction has added and not committed is in its head.
    """
    owner = held.head.owner
    value = _listed(owner, held.head, held.records | _of(owner, added), opened, signer)
    save_values([*added, value])
    return _replace(owner, held.head, value)


def renew_head(owner: UUID, former: list[Opened], opened: Opened, signer: Signer) -> int:
    """Check a head and write it again in another epoch, although the one who signed it may be gone. Raises Forged."""
    _steady(owner, lambda head: _check(head, former, is_renewed=True))
    return write_head(owner, opened, signer)


def settled(owner: UUID, read: Callable[[], Found]) -> Found:
    """What a reading of an owner's records returns; done again when it did not fit because somebody wrote meanwhile."""
    for _ in range(TRIES):
        counter = _counter(owner)
        try:
            return read()
        except Forged:
            if _counter(owner) == counter:
                raise
    raise Forged(f"head of {owner}: it does not stand still")


def _steady(owner: UUID, read: Callable[[Head], Held], *, locked: bool = False) -> Held:
    """Like settled(), for a reading that begins with the head."""
    for _ in range(TRIES):
        head = rows.first(Head, locked=locked, owner=owner)
        if head is None:
            raise Forged(f"head of {owner}: missing or not readable")
        try:
            return read(head)
        except Forged:
            if _counter(owner) == head.counter:
                raise
    raise Forged(f"head of {owner}: it does not stand still")


def _check(head: Head, opened: list[Opened], *, is_renewed: bool = False) -> Held:
    owner, by_epoch = head.owner, {each.epoch.id: each for each in opened}
    value = rows.first(SealedValue, id=head.value_id)  # gone when another was written meanwhile
    if value is None or value.epoch_id not in by_epoch or value.row != owner:
        raise Forged(f"head of {owner}: missing or not readable")
    head.value = joined([value], by_epoch)[0]
    found = _records(owner)
    require_fit(head, by_epoch[value.epoch_id], found, _noted(owner), is_renewed=is_renewed)
    return Held(head, found)


def require_fit(head: Head, opened: Opened, found: Records, noted: int | None, *, is_renewed: bool = False) -> None:
    """Raise Forged unless a head lists just these records and is the newest that was noted.

    head: with its value and the value's signer. opened: the epoch in which the value lies. noted: the highest counter
    in the audit chain.
    """
    _require_current(head, opened, is_renewed)
    content = json.loads(opened.open(head.value))
    if content["counter"] != head.counter or head.value.version != head.counter:
        raise Forged(f"head of {head.owner}: counter")
    _compare(head.owner, content["records"], found)
    if noted != head.counter:
        raise Forged(f"head of {head.owner}: not the newest that the audit chain knows")


def _require_current(head: Head, opened: Opened, is_renewed: bool) -> None:
    """Raise Forged if the head is by a key that is gone and lies where nobody may have left it."""
    signer = head.value.signer
    if opened.authors.is_current(signer):
        return
    if is_finished(signer):
        raise Forged(f"head of {head.owner}: by a key that counts no longer")
    if not is_renewed and is_exposed(signer) and _is_over(head.value.epoch):
        raise Forged(f"head of {head.owner}: by a key that is gone, in an epoch that is over")


def _is_over(epoch: Epoch) -> bool:
    """Is there a later epoch, and did the newest one leave out every exposed key?"""
    newest = Epoch.objects.filter(compartment=epoch.compartment_id).order_by("-number").first()
    if newest is None or newest.id == epoch.id:
        return False
    hands = set(Grant.objects.filter(epoch=newest, is_release=False).values_list("recipient_id", "giver_id"))
    return not exposed() & {key for pair in hands for key in pair}


def _counter(owner: UUID) -> int | None:
    return next((counter for (counter,) in rows.columns(Head, "counter", owner=owner)), None)


def _noted(owner: UUID) -> int | None:
    """The counter of the newest head according to the audit chain."""
    return noted([owner]).get(owner)


def noted(owners: Iterable[UUID]) -> dict[UUID, int]:
    """By owner the counter of the newest head according to the audit chain."""
    by_subject, found = {_subject(owner): owner for owner in owners}, dict[UUID, int]()
    for subject, detail in rows.columns(AuditEvent, "subject", "detail", subject=list(by_subject), action=NOTED):
        owner = by_subject[subject]
        found[owner] = max(found.get(owner, 0), detail.get("counter", 0))
    return found


def _subject(owner: UUID) -> UUID:
    """What the audit chain calls a head; the trail of the owner itself shows acts, not heads."""
    return UUID(bytes=hashlib.sha256(pack("head", owner.bytes)).digest()[:16])


def _records(owner: UUID) -> Records:
    owned = rows.columns(Compartment, "id", "kind", owner=owner)
    compartments = {owner, *(each for each, kind in owned if kind not in APART)}
    epochs = [each for (each,) in rows.columns(Epoch, "id", compartment_id=compartments)]
    found = rows.columns(SealedValue, "id", "table", "version", "blob", epoch_id=epochs)
    return {
        str(row): [version, hashlib.sha256(bytes(blob)).hexdigest()]
        for row, table, version, blob in found
        if table != "head"
    }


def _of(owner: UUID, values: Iterable[SealedValue]) -> Records:
    """What _records() would find of these values once they are stored."""
    return {
        str(each.id): [each.version, hashlib.sha256(each.blob).hexdigest()] for each in values if _is_of(each, owner)
    }


def _is_of(value: SealedValue, owner: UUID) -> bool:
    compartment = value.epoch.compartment
    return compartment.id == owner or (compartment.owner == owner and compartment.kind not in APART)


def _listed(owner: UUID, former: Head | None, records: Records, opened: Opened, signer: Signer) -> SealedValue:
    """The next list of an owner's records, sealed and not stored yet; its version is its counter."""
    counter = former.counter + 1 if former else 1
    content = {"counter": counter, "records": records}
    return opened.sealed(Place("head", "records", owner, counter), json.dumps(content).encode(), signer)


def _replace(owner: UUID, former: Head | None, value: SealedValue) -> int:
    """Make this list the owner's head in place of the former one; returns its counter."""
    if former is None:
        rows.store([Head(owner=owner, counter=value.version, value=value)])
    else:
        rows.change(former, counter=value.version, value_id=value.id)
        delete(SealedValue, "id", [former.value_id])
    rows.store([_event(owner, value)])
    return value.version


def _event(owner: UUID, value: SealedValue) -> AuditEvent:
    """What the audit chain says of a head: its counter."""
    return event(NOTED, "head", _subject(owner), by=None, detail={"counter": value.version})


def _compare(owner: UUID, sealed: Records, found: Records) -> None:
    if sealed == found:
        return
    for record in sorted(sealed.keys() | found.keys()):
        if sealed.get(record) != found.get(record):
            state = "missing" if record not in found else "added" if record not in sealed else "changed"
            raise Forged(f"head of {owner}: record {record} {state}")
