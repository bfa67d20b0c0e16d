"""Erasing compartments: without its erase share no epoch opens again, whatever keys and older rows somebody has.

What is out of reach here: a file that was unlinked stays on the disk until its blocks are used again, and writing over
it first would change nothing on an SSD. It is ciphertext, and its key went with the share.
"""

from __future__ import annotations

from collections.abc import Iterable
from secrets import token_bytes
from uuid import UUID

from django.db import connection, transaction

from vault import files, plain, rows
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


@transaction.atomic(savepoint=False)
def erase_and_forget(found: Iterable[Compartment], *, also: Iterable[UUID] = ()) -> int:
    """Like erase(), and delete the empty rows too, so that nothing says that the compartments ever were.

    Within a transaction what fails here undoes all of it.
    """
    ids = [each.id for each in found]
    gone = _erase(ids, also)
    plain.delete(Epoch, "compartment_id", ids)
    plain.delete(Compartment, "id", ids)
    return gone


def _erase(ids: list[UUID], also: Iterable[UUID]) -> int:
    epochs = [each.id for each in rows.read(Epoch, locked=True, compartment_id=ids)]
    gone = _write_over(epochs)
    lost = _only_here(epochs, list(also))
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
        plain.update(EraseShare, {"share": token_bytes(32)}, "epoch_id", plain.native(epoch))
    return plain.delete(EraseShare, "epoch_id", epochs)


def _only_here(epochs: list[UUID], also: list[UUID]) -> list[SealedFile]:
    """The files whose key lies in these epochs, and the given ones, but none whose key lies in another epoch too."""
    place = {"table": "file", "field": "key"}
    named = {*also, *(row for (row,) in rows.columns(SealedValue, "row", **place, epoch_id=epochs))}
    lying = rows.columns(SealedValue, "row", "epoch_id", **place, row=named)
    return rows.read(SealedFile, id=named - {row for row, epoch in lying if epoch not in epochs})
