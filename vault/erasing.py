"""Erasing compartments: without its erase share no epoch opens again, whatever keys and older rows somebody has.

What is out of reach here: a file that was unlinked stays on the disk until its blocks are used again, and writing over
it first would change nothing on an SSD. It is ciphertext, and its key went with the share.
"""

from __future__ import annotations

from collections.abc import Iterable
from secrets import token_bytes
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from vault import files, plain
from vault.models import Compartment, Epoch, EraseShare, Grant, Head, SealedFile, SealedValue, today

BUSY_MILLISECONDS = 500  # how long a request waits for readers before the purge is left to empty the log


@transaction.atomic
def erase(found: Iterable[Compartment], *, also: Iterable[UUID] = ()) -> int:
    """Make compartments unreadable for good and return how many erase shares went.

    The shares are written over, then deleted, with grants, heads, sealed values, and the files whose key nothing else
    holds; these are unlinked after the commit. The empty rows stay, with the day. also: ids of files of the same
    owner, which go even when somebody took their key away. Callers let go of their own rows that name a file first:
    else django.db.models.ProtectedError, and nothing is erased.
    """
    ids = [each.id for each in found]
    gone = _erase(ids, also)
    Compartment.objects.filter(id__in=ids).update(erased_on=today())
    return gone


@transaction.atomic
def erase_and_forget(found: Iterable[Compartment], *, also: Iterable[UUID] = ()) -> int:
    """Like erase(), and delete the empty rows too, so that nothing says that the compartments ever were."""
    ids = [each.id for each in found]
    gone = _erase(ids, also)
    plain.delete(Epoch, "compartment_id", ids)
    plain.delete(Compartment, "id", ids)
    return gone


def _erase(ids: list[UUID], also: Iterable[UUID]) -> int:
    epochs = list(Epoch.objects.select_for_update().filter(compartment__in=ids).values_list("id", flat=True))
    gone = _write_over(epochs)
    lost = list(_only_here(epochs, list(also)))
    plain.delete_with(Head, "value_id", SealedValue, "epoch_id", epochs)
    plain.delete(Grant, "epoch_id", epochs)
    plain.delete(SealedValue, "epoch_id", epochs)
    for file in lost:
        files.remove(file)
    transaction.on_commit(settle, robust=True)
    return gone


def settle() -> None:
    """Bring what was written over into the database file and empty the write-ahead log. For SQLite, and only there.

    Until then the older pages lie in both. With readers about it is tried again by the purge. On PostgreSQL the older
    rows go with VACUUM FULL, which the owner of the tables runs: docs/retention.md.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")


def _write_over(epochs: list[UUID]) -> int:
    for epoch in epochs:
        EraseShare.objects.filter(epoch=epoch).update(share=token_bytes(32))
    return plain.delete(EraseShare, "epoch_id", epochs)


def _only_here(epochs: list[UUID], also: list[UUID]) -> QuerySet[SealedFile]:
    """The files whose key lies in these epochs, and the given ones, but none whose key lies in another epoch too."""
    keys = SealedValue.objects.filter(table="file", field="key")
    named = Q(id__in=keys.filter(epoch__in=epochs).values("row")) | Q(id__in=also)
    elsewhere = keys.exclude(epoch__in=epochs).filter(row__in=SealedFile.objects.filter(named).values("id"))
    return SealedFile.objects.filter(named).exclude(id__in=elsewhere.values("row"))
