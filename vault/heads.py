"""Signed heads: one sealed list of every record of an owner. An old row put back, or a missing one, does not fit it."""

from __future__ import annotations

import hashlib
import json
from uuid import UUID

from django.db import transaction

from vault.errors import Forged
from vault.models import Head, SealedValue
from vault.opened import Opened
from vault.places import Place
from vault.signers import Signer

UNLISTED = {"draft", "work"}  # a draft changes with each page; `work` is not readable by the survivor's side


@transaction.atomic
def write_head(owner: UUID, opened: Opened, signer: Signer) -> int:
    """Seal the list of the owner's records as they are now and return its counter.

    opened: the compartment that both sides of the owner can open. The former list is dropped.
    """
    former = Head.objects.select_for_update().select_related("value").filter(owner=owner).first()
    counter = former.counter + 1 if former else 1
    content = {"counter": counter, "records": _records(owner)}
    value = opened.seal(Place("head", "records", owner, counter), json.dumps(content).encode(), signer)
    Head.objects.update_or_create(owner=owner, defaults={"counter": counter, "value": value})
    if former:
        former.value.delete()
    return counter


def check_head(owner: UUID, opened: list[Opened]) -> int:
    """Compare the owner's records with the sealed list and return its counter. Raises Forged naming what differs."""
    head = Head.objects.select_related("value__signer", "value__epoch__compartment").filter(owner=owner).first()
    by_epoch = {each.epoch.id: each for each in opened}
    if head is None or head.value.epoch_id not in by_epoch or head.value.row != owner:
        raise Forged(f"head of {owner}: missing or not readable")
    content = json.loads(by_epoch[head.value.epoch_id].open(head.value))
    if content["counter"] != head.counter or head.value.version != head.counter:
        raise Forged(f"head of {owner}: counter")
    _compare(owner, content["records"], _records(owner))
    return head.counter


def _records(owner: UUID) -> dict[str, list[object]]:
    rows = (
        SealedValue.objects.filter(epoch__compartment__owner=owner)
        .exclude(epoch__compartment__kind__in=UNLISTED)
        .exclude(table="head")
    )
    return {str(row.id): [row.version, hashlib.sha256(bytes(row.blob)).hexdigest()] for row in rows}


def _compare(owner: UUID, sealed: dict[str, list[object]], found: dict[str, list[object]]) -> None:
    for record in sorted(sealed.keys() | found.keys()):
        if sealed.get(record) != found.get(record):
            state = "missing" if record not in found else "added" if record not in sealed else "changed"
            raise Forged(f"head of {owner}: record {record} {state}")
