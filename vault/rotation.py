"""Keys in motion: new epochs after somebody is gone, and the retired intake keys, done in slices of time.

What is left to do is read from the database alone, so a run that was killed goes on where it stopped, and half done
everything opens for those who may still read. It runs in a lead's unlocked session; no key waits anywhere for it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError
from django.db.models import QuerySet

from vault import backlog
from vault.errors import VaultError
from vault.given import drop_grants
from vault.gone import expose, exposed, finish, gone, unfinished
from vault.heirs import carried
from vault.keyring import Keyring
from vault.models import Grant, KeyPair
from vault.renewal import Renewal, Trouble, has_newer, heads_by
from vault.teamkeys import replace_team_key

__all__ = ["Work", "carried", "expose", "remaining", "replace_team_key", "step", "waiting"]

FIRST, BATCH = 125, 1000  # compartments or grants in one transaction: the first of a step, and at most
DROPPED = 5000  # grants in one transaction
PER_SECOND, MOST = 1000, 100_000  # what a step looks up for each second that it has, and at most


@dataclass(frozen=True, slots=True)
class Work:
    """What is left: compartments to open anew, heads to write again, what people who are gone still hold of older
    epochs, grants to give to the new intake key, keys to destroy."""

    epochs: int = 0
    heads: int = 0
    held: int = 0
    grants: int = 0
    keys: int = 0

    @property
    def total(self) -> int:
        """All of it as one number."""
        return self.epochs + self.heads + self.held + self.grants + self.keys


def remaining() -> Work:
    """Count what is left to do."""
    epochs = {each for ids in _touched(exposed()) for each in ids.iterator()}
    heads = heads_by(gone()).count()
    held = _held_by_gone().count() + _still_held().count()
    return Work(len(epochs), heads, held, backlog.waiting().count(), backlog.doomed().count())


def waiting() -> int:
    """The total of what is left, found cheaply when it is nothing."""
    return remaining().total if unfinished() or backlog.doomed().exists() else 0


def step(ring: Keyring, *, seconds: float, trouble: Trouble | None = None) -> int:
    """Work for some seconds with a lead's keys and return how many things were done; 0 when nothing more can be.

    trouble: is told of each row that does not verify or does not open; it stays as it is, and the rest goes on.
    Raises Unstated while there is a retired intake key and none in use.
    """
    end, done = time.monotonic() + seconds, 0
    for count in _slices(ring, trouble or _ignore, min(int(seconds * PER_SECOND), MOST) + BATCH):
        done += count
        if time.monotonic() >= end:
            break
    return done


def _slices(ring: Keyring, trouble: Trouble, limit: int) -> Iterator[int]:
    """The work in pieces of one transaction each; yields how many things each has done."""
    yield from _renewals(ring, trouble, limit)
    while taken := _take_back():
        yield taken
    for ids in _in_batches(list(backlog.waiting().values_list("id", flat=True)[:limit])):
        yield backlog.give_again(ids, ring, trouble)
    yield backlog.destroy_empty()
    left = remaining()
    if not (left.epochs or left.heads or left.held):
        finish(gone())


def _renewals(ring: Keyring, trouble: Trouble, limit: int) -> Iterator[int]:
    lists = [*_touched(exposed()), heads_by(gone()).values_list("value__epoch__compartment", flat=True)]
    ids = {each for found in lists for each in found[:limit]}
    renewal = Renewal(ring, trouble)
    for batch in _in_batches(sorted(ids)):
        try:
            yield renewal.batch(batch)
        except IntegrityError:  # another session opened one of these epochs first; the next step finds what is left
            continue


def _take_back() -> int:
    """Delete some of what people who are gone hold of older epochs; exposed keys of the organisation keep theirs, for
    whoever stays reads with them. Once for all, for row by row it would cost more than the new epochs do."""
    ids = list(_held_by_gone().values_list("id", flat=True)[:DROPPED])
    drop_grants(ids)
    return len(ids)


def _held_by_gone() -> QuerySet[Grant]:
    people = KeyPair.objects.filter(id__in=exposed(), use=KeyPair.Use.PERSON)
    return Grant.objects.filter(has_newer(), recipient__in=people)


def _still_held() -> QuerySet[Grant]:
    """What they hold of newest epochs: it goes after the next epoch is there, and is counted before, so that what is
    left never grows while one works."""
    people = KeyPair.objects.filter(id__in=exposed(), use=KeyPair.Use.PERSON)
    live = Grant.objects.filter(epoch__compartment__founder__use=KeyPair.Use.RECEIPT, is_release=False)
    return live.filter(~has_newer(), recipient__in=people, epoch__compartment__erased_on=None)


def _touched(keys: set[UUID]) -> list[QuerySet[Grant, UUID]]:
    """The live compartments that a receipt founded and whose newest epoch such a key was granted, or gave."""
    live = Grant.objects.filter(
        ~has_newer(), is_release=False, epoch__compartment__founder__use=KeyPair.Use.RECEIPT,
        epoch__compartment__erased_on=None,
    )  # fmt: skip
    by_hand = (live.filter(recipient__in=keys), live.filter(giver__in=keys))
    return [rows.values_list("epoch__compartment", flat=True).distinct() for rows in by_hand]


def _in_batches(ids: list[UUID]) -> Iterator[list[UUID]]:
    """Small batches first, so that a slow machine ends its slice in time; larger ones cost less."""
    start, size = 0, min(FIRST, BATCH)
    while start < len(ids):
        yield ids[start : start + size]
        start, size = start + size, min(2 * size, BATCH)


def _ignore(table: str, row: UUID, error: VaultError) -> None:
    """What does not fit stays in remaining()."""
