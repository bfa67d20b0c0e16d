"""Erasing a compartment: nothing of it opens again, and nothing else is touched."""

from __future__ import annotations

import os
import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import ProtectedError

from tests.factories.cast import Cast
from vault import compartments, erasing, files
from vault.errors import Forged, NoGrant
from vault.models import Compartment, Epoch, EraseShare, Grant, Head, SealedFile, SealedValue, today
from vault.opened import Opened, open_epoch
from vault.purge import ORPHAN_SECONDS, purge
from vault.recipients import stated
from vault.writing import FileWriter


def kept(box: Opened, cast: Cast) -> SealedFile:
    with FileWriter() as writer:
        writer.write(b"bytes" * 5000)
        return writer.keep(box, cast.ben.ring.signer)


def other_box(cast: Cast) -> Opened:
    recipient = stated(cast.ben.person.pair, {"person"})
    return compartments.create(
        kind="box", owner=uuid4(), recipients=[recipient], giver=cast.ben.ring.signer, purpose="test"
    )


def erased(box: Opened) -> Compartment:
    erasing.erase([box.epoch.compartment])
    return Compartment.objects.get(id=box.epoch.compartment_id)


def test_shares_grants_values_and_heads_go_and_the_day_stays(box: Opened, note: SealedValue) -> None:
    row = erased(box)
    assert row.erased_on == today()
    for left in (EraseShare, Grant, SealedValue):
        assert not left.objects.filter(epoch=box.epoch).exists()


def test_the_secret_that_was_granted_opens_nothing_any_more(cast: Cast, box: Opened) -> None:
    secret = cast.ben.ring.open(box.epoch).secret
    erased(box)
    with pytest.raises(Forged, match="was erased"):
        open_epoch(box.epoch, secret)
    with pytest.raises(NoGrant):
        cast.ben.ring.open(box.epoch)


def test_every_epoch_goes(cast: Cast, box: Opened) -> None:
    recipient = stated(cast.ben.person.pair, {"person"})
    compartments.next_epoch(box.epoch.compartment, recipients=[recipient], giver=cast.ben.ring.signer, purpose="test")
    assert erasing.erase([box.epoch.compartment]) == 2
    assert cast.ben.ring.open_all(box.epoch.compartment) == []


def test_other_compartments_stay_readable(cast: Cast, box: Opened, note: SealedValue) -> None:
    other = other_box(cast)
    erased(other)
    assert cast.chloe.ring.open(box.epoch).open(note) == b"words"


def test_forgetting_leaves_no_row(box: Opened) -> None:
    erasing.erase_and_forget([box.epoch.compartment])
    assert not Compartment.objects.filter(id=box.epoch.compartment_id).exists()
    assert not Epoch.objects.filter(id=box.epoch.id).exists()


def test_a_file_goes_with_the_last_key_to_it(
    cast: Cast, box: Opened, django_capture_on_commit_callbacks: object
) -> None:
    file, other = kept(box, cast), other_box(cast)
    path = files.stored_path(file.storage_name)
    files.share_key(files.find_key(file, box), other, cast.ben.ring.signer)
    with django_capture_on_commit_callbacks(execute=True):
        erased(box)
    assert path.exists()
    assert files.find_key(file, other).size == 25_000
    with django_capture_on_commit_callbacks(execute=True):
        erased(other)
    assert not path.exists()
    assert not SealedFile.objects.filter(id=file.id).exists()


def test_a_file_whose_unlinking_failed_is_an_orphan_for_the_purge(
    cast: Cast, box: Opened, django_capture_on_commit_callbacks: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.stored_path(kept(box, cast).storage_name)

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(5, "disk")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", fail)
        with django_capture_on_commit_callbacks(execute=True):
            erased(box)
    assert path.exists()
    purge()
    assert path.exists(), "a request might be about to write its row"
    old = time.time() - ORPHAN_SECONDS - 1
    os.utime(path, (old, old))
    purge()
    assert not path.exists()


def test_when_it_fails_in_the_middle_everything_is_still_readable(
    cast: Cast, box: Opened, note: SealedValue, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = kept(box, cast)

    def fail(row: SealedFile) -> None:
        raise ProtectedError("held", {row})

    monkeypatch.setattr(erasing.files, "remove", fail)
    with pytest.raises(ProtectedError):
        erasing.erase([box.epoch.compartment])
    reopened = cast.ben.ring.open(Epoch.objects.get(id=box.epoch.id))
    assert reopened.open(note) == b"words"
    assert files.find_key(file, reopened).size == 25_000
    assert not Head.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_no_older_page_keeps_the_share(cast: Cast, box: Opened) -> None:
    """On SQLite the share is in no file any more. On PostgreSQL that needs VACUUM FULL, as docs/retention.md says."""
    share = bytes(EraseShare.objects.get(epoch=box.epoch).share)
    assert share in on_disk("CHECKPOINT")
    erased(box)
    assert is_soon_gone(share), transactions()


def transactions() -> list[tuple[object, ...]]:
    """Who else is at work on this PostgreSQL database and may still see what was erased."""
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, backend_type, state, backend_xmin, backend_xid, left(query, 80), now() - xact_start"
            " FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return list(cursor.fetchall())


def is_soon_gone(share: bytes) -> bool:
    """PostgreSQL keeps what another transaction might still see, its own cleaning included: so more than one try."""
    for _ in range(150):
        if share not in on_disk("VACUUM FULL vault_eraseshare"):
            return True
        time.sleep(0.2)
    return False


def on_disk(before: str) -> bytes:
    """Everything that the database keeps of the table on its disk; before: what its owner runs on PostgreSQL."""
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        return b"".join(path.read_bytes() for path in map(Path, (name, f"{name}-wal")) if path.exists())
    with connection.cursor() as cursor:
        cursor.execute(before)
        cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath('vault_eraseshare'))")
        return bytes(cursor.fetchone()[0])
