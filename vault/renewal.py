"""One batch of new epochs: each compartment whole or not at all, many in one transaction.

The queries are few and the rows are made in memory: an organisation has ten thousand cases, and a lead waits. What
takes long is done before the database is locked; under the lock it is only asked whether anything changed meanwhile.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from secrets import token_bytes
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from vault.apart import require_apart
from vault.compartments import seal_rows
from vault.envelope.shares import split
from vault.errors import Forged, VaultError
from vault.given import Given, Read, ids_of, lasting_of, new_ids, place_info, save_epochs, save_grants
from vault.gone import exposed, gone
from vault.heads import renew_head
from vault.heirs import ORGANISATION, Heir, Heirs
from vault.keyring import Keyring
from vault.models import Compartment, Epoch, Grant, Head, KeyPair, today
from vault.opened import open_epoch
from vault.plain import Native, native
from vault.recipients import Recipient

PURPOSE = "rotation"
Share = Grant.Share
Trouble = Callable[[str, UUID, VaultError], None]  # table, row, what was wrong with it


@dataclass(frozen=True, slots=True)
class Fresh:
    """The next epoch of a compartment with its grants, not saved yet. seen: the grants of the one before."""

    former: Epoch
    seen: frozenset[Native]
    epoch: Epoch
    secret: bytes = field(repr=False)
    grants: list[tuple[Given, bytes, Recipient]] = field(repr=False)  # each with its share and for whom


def has_newer() -> Exists:
    """A condition on grants: their compartment has a later epoch than theirs."""
    later = Epoch.objects.filter(compartment=OuterRef("epoch__compartment"), number__gt=OuterRef("epoch__number"))
    return Exists(later)


def heads_by(keys: set[UUID]) -> QuerySet[Head]:
    """The heads that one of these keys signed, except those of what was erased."""
    return Head.objects.filter(value__signer__in=keys, value__epoch__compartment__erased_on=None)


class Renewal:
    """Opens new epochs with one keyring. It keeps what it finds out about keys, so make a fresh one for each run."""

    def __init__(self, ring: Keyring, trouble: Trouble) -> None:
        self._ring, self._giver, self._trouble = ring, ring.signer, trouble
        self._heirs, self._exposed, self._gone = Heirs(self._giver), exposed(), gone()
        self._hands = {native(each) for each in self._exposed}
        self._ids = new_ids()
        self._lasting: dict[Native, KeyPair] = {}  # all but receipts, of which each case has another one

    def batch(self, ids: Iterable[UUID]) -> int:
        """Renew these compartments and return how many were done.

        The newest epoch is replaced if an exposed key was granted it or gave it; heads by keys that are gone are
        written again. What another run has locked, or somebody changed a moment ago, is left to the next run. A
        compartment that does not fit goes to `trouble` and stays.
        """
        self._ids = new_ids()
        epochs = {each.compartment_id: each for each in _newest(ids).select_related("compartment")}
        with _without_collector():
            made = self._fresh(epochs)
        with transaction.atomic():
            steady = _lock(epochs)
            now = ids_of(steady.values())
            fresh = [each for each in made if now.get(native(each.former.id)) == each.seen]
            _save(fresh)
            return len({each.former.compartment_id for each in fresh} | self._write_heads(steady, fresh))

    def _fresh(self, epochs: dict[UUID, Epoch]) -> list[Fresh]:
        found = lasting_of(epochs.values())
        touched = [(each, rows) for each in epochs.values() if self._is_touched(rows := found[native(each.id)])]
        keys = self._keys(row for _, rows in touched for row in rows)
        made = [self._next(epoch, rows, keys) for epoch, rows in touched]
        fresh = [each for each in made if each is not None]
        seal_rows([grant for each in fresh for grant in each.grants], self._giver)
        return fresh

    def _is_touched(self, rows: list[Read]) -> bool:
        return any(row.recipient in self._hands or row.giver in self._hands for row in rows)

    def _keys(self, rows: Iterable[Read]) -> dict[Native, KeyPair]:
        """The key pairs that these grants name."""
        wanted = {each for row in rows for each in (row.recipient, row.giver)} - self._lasting.keys()
        pairs = KeyPair.objects.defer("password_seed").filter(id__in=[str(each) for each in wanted])
        found = {native(each.id): each for each in pairs}
        known = found | self._lasting
        self._lasting |= {key: each for key, each in found.items() if each.use != KeyPair.Use.RECEIPT}
        return known

    def _next(self, epoch: Epoch, rows: list[Read], keys: dict[Native, KeyPair]) -> Fresh | None:
        place = place_info(epoch)
        given = (row.of(epoch, place, keys) for row in rows if not self._is_left_out(row, keys))
        heirs = self._heirs.of(given)
        try:
            _require_heirs(epoch, heirs)
            self._require_replaced(heirs)
        except VaultError as error:
            self._trouble("compartment", epoch.compartment_id, error)
            return None
        return self._prepared(epoch, rows, heirs)

    def _is_left_out(self, row: Read, keys: dict[Native, KeyPair]) -> bool:
        """An exposed key of the organisation has a successor; any other exposed key has none."""
        return row.recipient in self._hands and keys[row.recipient].use not in ORGANISATION

    def _require_replaced(self, heirs: list[Heir]) -> None:
        for heir in heirs:
            if heir.recipient.pair.id in self._exposed:
                raise Forged(f"organisation key {heir.recipient.pair.id}: exposed and still in use")

    def _prepared(self, epoch: Epoch, former: list[Read], heirs: list[Heir]) -> Fresh:
        day, secret = today(), token_bytes(32)
        made = Epoch(
            id=next(self._ids),
            compartment=epoch.compartment,
            number=epoch.number + 1,
            is_split=epoch.is_split,
            made_on=day,
        )
        parts = dict(zip((Share.A, Share.B), split(secret), strict=True)) if epoch.is_split else {Share.WHOLE: secret}
        place, giver = place_info(made), self._giver.pair
        rows = [
            Given(
                made,
                place,
                heir.recipient.pair,
                heir.share,
                giver,
                PURPOSE,
                heir.until,
                id=next(self._ids),
                made_on=day,
            )
            for heir in heirs
        ]
        grants = [(row, parts[Share(row.share)], heir.recipient) for row, heir in zip(rows, heirs, strict=True)]
        return Fresh(epoch, frozenset(row.id for row in former), made, secret, grants)

    def _write_heads(self, epochs: dict[UUID, Epoch], fresh: list[Fresh]) -> set[UUID]:
        """Write heads by keys that are gone again in the newest epoch; returns the compartments where one was."""
        made = {each.epoch.compartment_id: each for each in fresh}
        rows = heads_by(self._gone).filter(value__epoch__compartment__in=list(epochs))
        done = set()
        for head in rows.select_related("value__epoch__compartment").select_for_update(of=("self",)):
            compartment = head.value.epoch.compartment_id
            try:
                new = made.get(compartment)
                newest = open_epoch(new.epoch, new.secret) if new else self._ring.open(epochs[compartment])
                renew_head(head.owner, [self._ring.open(head.value.epoch)], newest, self._giver)
                done.add(compartment)
            except VaultError as error:
                self._trouble("compartment", compartment, error)
        return done


@contextmanager
def _without_collector() -> Iterator[None]:
    """Thousands of rows live until the end of a batch; the collector would walk through them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _newest(compartments: Iterable[UUID]) -> QuerySet[Epoch]:
    """The newest epoch of each compartment."""
    later = Epoch.objects.filter(compartment=OuterRef("compartment"), number__gt=OuterRef("number"))
    return Epoch.objects.filter(~Exists(later), compartment__in=list(compartments))


def _lock(epochs: dict[UUID, Epoch]) -> dict[UUID, Epoch]:
    """Lock the compartments and epochs; returns those that no other run holds and that are the newest still."""
    free = Compartment.objects.filter(id__in=list(epochs), erased_on=None).order_by("id")
    locked = list(free.select_for_update(skip_locked=True).values_list("id", flat=True))
    held = _newest(locked).order_by("id").select_for_update()  # nobody is granted one of these now
    now = dict(held.values_list("compartment_id", "id"))
    return {each: epochs[each] for each in locked if now.get(each) == epochs[each].id}


def _require_heirs(epoch: Epoch, heirs: list[Heir]) -> None:
    """Raise Forged if the next epoch would have no reader, or if one reader would come to hold both shares."""
    wanted = {Share.A, Share.B} if epoch.is_split else {Share.WHOLE}
    if {heir.share for heir in heirs} != wanted:
        raise Forged(f"epoch {epoch.id}: no holder of a share is proved")
    if not epoch.is_split:
        return
    for heir in heirs:
        if heir.recipient.pair.use == KeyPair.Use.PERSON:
            require_apart(epoch, Share.B if heir.share == Share.A else Share.A, heir.recipient, heir.until)


def _save(fresh: list[Fresh]) -> None:
    save_epochs((each.epoch, token_bytes(32)) for each in fresh)
    save_grants(sorted((row for each in fresh for row, _, _ in each.grants), key=lambda row: row.epoch.id.int))
