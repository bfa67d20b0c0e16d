"""Signed heads: one sealed list of every record of an owner. An old row put back, or a missing one, does not fit it.

An owner is a case with all compartments that both sides may know of, or a single compartment that only one side opens.
The counter of each head also goes into the audit chain, so that everything put back at once shows too.

Whoever signed a head must be valid on the day of reading. The head of somebody who is gone stands until its compartment
got the next epoch, where a lead writes it again; after that nothing that this key signs is a head any more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from vault import audit
from vault.authors import FOUNDERS_ONLY
from vault.directory import is_root, statement_for
from vault.envelope.encoding import pack
from vault.errors import Forged, Unstated
from vault.gone import exposed, is_exposed, is_finished
from vault.models import AuditEvent, Epoch, Grant, Head, KeyPair, SealedValue
from vault.opened import Opened
from vault.places import Place
from vault.signers import Signer

APART = {"draft", "work"}  # not in the owner's head: a draft changes with each page, `work` has a head of its own
NOTED = "head.written"
TRIES = 5  # of a reading while others write
Found = TypeVar("Found")


@transaction.atomic
def write_head(owner: UUID, opened: Opened, signer: Signer) -> int:
    """Seal the list of the owner's records as they are now and return its counter.

    owner: the owner of compartments, or the id of a compartment that has a head of its own. opened: an epoch that all
    its readers can open. The former list is dropped; whoever writes checks it first.
    """
    former = Head.objects.select_for_update().select_related("value").filter(owner=owner).first()
    counter = former.counter + 1 if former else 1
    content = {"counter": counter, "records": _records(owner)}
    value = opened.seal(Place("head", "records", owner, counter), json.dumps(content).encode(), signer)
    Head.objects.update_or_create(owner=owner, defaults={"counter": counter, "value": value})
    if former:
        former.value.delete()
    audit.record(NOTED, "head", _subject(owner), by=None, detail={"counter": counter})
    return counter


def check_head(owner: UUID, opened: list[Opened]) -> int:
    """Compare the owner's records with the sealed list and return its counter. Raises Forged naming what differs."""
    return settled(owner, lambda: _check(owner, opened))


def renew_head(owner: UUID, former: list[Opened], opened: Opened, signer: Signer) -> int:
    """Check a head and write it again in another epoch, although the one who signed it may be gone. Raises Forged."""
    settled(owner, lambda: _check(owner, former, is_renewed=True))
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


def _check(owner: UUID, opened: list[Opened], *, is_renewed: bool = False) -> int:
    head = Head.objects.select_related("value__signer", "value__epoch__compartment").filter(owner=owner).first()
    by_epoch = {each.epoch.id: each for each in opened}
    if head is None or head.value.epoch_id not in by_epoch or head.value.row != owner:
        raise Forged(f"head of {owner}: missing or not readable")
    _require_current(head, is_renewed)
    content = json.loads(by_epoch[head.value.epoch_id].open(head.value))
    if content["counter"] != head.counter or head.value.version != head.counter:
        raise Forged(f"head of {owner}: counter")
    _compare(owner, content["records"], _records(owner))
    if _noted(owner) != head.counter:
        raise Forged(f"head of {owner}: not the newest that the audit chain knows")
    return head.counter


def _require_current(head: Head, is_renewed: bool) -> None:
    """Raise Forged if the head is by a key that is gone and lies where nobody may have left it."""
    signer = head.value.signer
    if _is_valid(signer):
        return
    if is_finished(signer):
        raise Forged(f"head of {head.owner}: by a key that counts no longer")
    if not is_renewed and is_exposed(signer) and _is_over(head.value.epoch):
        raise Forged(f"head of {head.owner}: by a key that is gone, in an epoch that is over")


def _is_valid(signer: KeyPair) -> bool:
    """Is this the root, somebody whom the directory names today, or a founder of compartments, who stays one?"""
    if signer.use in FOUNDERS_ONLY or is_root(signer):
        return True
    try:
        statement_for(signer, {KeyPair.Use.PERSON})
    except Unstated:
        return False
    return True


def _is_over(epoch: Epoch) -> bool:
    """Is there a later epoch, and did the newest one leave out every exposed key?"""
    newest = Epoch.objects.filter(compartment=epoch.compartment_id).order_by("-number").first()
    if newest is None or newest.id == epoch.id:
        return False
    hands = set(Grant.objects.filter(epoch=newest, is_release=False).values_list("recipient_id", "giver_id"))
    return not exposed() & {key for pair in hands for key in pair}


def _counter(owner: UUID) -> int | None:
    return Head.objects.filter(owner=owner).values_list("counter", flat=True).first()


def _noted(owner: UUID) -> int | None:
    """The counter of the newest head according to the audit chain."""
    details = AuditEvent.objects.filter(subject=_subject(owner), action=NOTED).values_list("detail", flat=True)
    return max((detail.get("counter", 0) for detail in details), default=None)


def _subject(owner: UUID) -> UUID:
    """What the audit chain calls a head; the trail of the owner itself shows acts, not heads."""
    return UUID(bytes=hashlib.sha256(pack("head", owner.bytes)).digest()[:16])


def _records(owner: UUID) -> dict[str, list[object]]:
    shared = Q(epoch__compartment__owner=owner) & ~Q(epoch__compartment__kind__in=APART)
    rows = SealedValue.objects.filter(shared | Q(epoch__compartment_id=owner)).exclude(table="head")
    found = rows.values_list("id", "version", "blob")
    return {str(row): [version, hashlib.sha256(bytes(blob)).hexdigest()] for row, version, blob in found}


def _compare(owner: UUID, sealed: dict[str, list[object]], found: dict[str, list[object]]) -> None:
    for record in sorted(sealed.keys() | found.keys()):
        if sealed.get(record) != found.get(record):
            state = "missing" if record not in found else "added" if record not in sealed else "changed"
            raise Forged(f"head of {owner}: record {record} {state}")
