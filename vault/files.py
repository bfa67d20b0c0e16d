"""Sealed files: sealed while they stream in, kept durably, opened in pieces.

The key of a file and its true size are one sealed value at (file, key, id), so moving a file between compartments
moves 40 bytes and never the file.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.envelope.stream import Sealed, StreamOpener
from vault.errors import Forged, NotKept
from vault.models import SealedFile, SealedValue, today
from vault.opened import Opened, save_values
from vault.places import Place
from vault.signers import Signer

STORED = re.compile("[0-9a-f]{2}/[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class FileKey:
    """What opens one stored file: its key and its true size in bytes."""

    file: SealedFile
    key: bytes
    size: int


def file_context(file_id: UUID) -> bytes:
    """What a file's ciphertext is bound to: the deployment and the file's id."""
    return pack("file", settings.DEPLOYMENT, file_id.bytes)


def arriving_path(file_id: UUID) -> Path:
    """Where a file lies while it arrives; what stays here is removed by the purge."""
    folder = settings.FILES_DIR / "arriving"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / file_id.hex


def stored_path(storage_name: str) -> Path:
    """Where a kept file lies. Raises Forged for any other name: whoever writes to the table reaches no other file."""
    if not STORED.fullmatch(storage_name):
        raise Forged("storage name of a file")
    return Path(settings.FILES_DIR) / storage_name


@transaction.atomic
def keep(file_id: UUID, key: bytes, sealed: Sealed, opened: Opened, signer: Signer) -> SealedFile:
    """Move an arrived file to its place, durably, and seal its key into a compartment.

    The file and both folders are on disk (fsync) before the row exists. Raises NotKept if they cannot be.
    """
    name = f"{file_id.hex[:2]}/{file_id.hex}"
    _move_durably(arriving_path(file_id), stored_path(name))
    row = SealedFile.objects.create(
        id=file_id, storage_name=name, stored_size=sealed.stored_size, header_digest=sealed.header_digest
    )
    _seal_key(FileKey(row, key, sealed.size), opened, signer)
    return row


def find_key(file: SealedFile, *opened: Opened) -> FileKey:
    """Open a file's key from whichever of the given epochs holds it. Raises Forged if none does."""
    by_epoch = {each.epoch.id: each for each in opened}
    values = SealedValue.objects.filter(table="file", field="key", row=file.id, epoch__in=by_epoch)
    value = values.select_related("signer", "epoch__compartment").first()
    if value is None:
        raise Forged(f"file {file.id}: no key in these epochs")
    return key_in(value, file, by_epoch[value.epoch_id])


def key_in(value: SealedValue | None, file: SealedFile, opened: Opened) -> FileKey:
    """Open a file's key from the record that was found for it in an epoch. Raises Forged if there is none."""
    if value is None:
        raise Forged(f"file {file.id}: no key in this epoch")
    content = json.loads(opened.open(value))
    if bytes.fromhex(content["header"]) != bytes(file.header_digest):
        raise Forged(f"file {file.id}: header digest")
    return FileKey(file, bytes.fromhex(content["key"]), content["size"])


def move_key(found: FileKey, target: Opened, signer: Signer) -> None:
    """Seal a file's key into another compartment and drop the old ones; the bytes on disk stay where they are."""
    SealedValue.objects.filter(table="file", field="key", row=found.file.id).delete()
    _seal_key(found, target, signer)


def share_key(found: FileKey, target: Opened, signer: Signer) -> None:
    """Seal a file's key into a further compartment, for example a dossier's."""
    _seal_key(found, target, signer)


def open_stream(found: FileKey) -> StreamOpener:
    """Open a kept file for reading; every chunk is verified before it is given out. Close it at the end.

    Raises Forged when the file is gone or its beginning or end does not fit; a chunk between raises Corrupt later.
    """
    try:
        source = stored_path(found.file.storage_name).open("rb")
    except OSError as error:
        raise Forged(f"file {found.file.id}: errno {error.errno}") from error
    try:
        return StreamOpener(found.key, file_context(found.file.id), source, found.file.stored_size, found.size)
    except EnvelopeError as error:
        source.close()
        raise Forged(f"file {found.file.id}: {type(error).__name__}") from error


def remove(file: SealedFile) -> None:
    """Delete a file, its key and its row."""
    SealedValue.objects.filter(table="file", field="key", row=file.id).delete()
    path = stored_path(file.storage_name)
    file.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True), robust=True)  # what stays is an orphan for the purge


def _seal_key(found: FileKey, opened: Opened, signer: Signer) -> None:
    save_values([sealed_key(found, opened, signer)])


def sealed_key(found: FileKey, opened: Opened, signer: Signer) -> SealedValue:
    """A file's key sealed into a further compartment, not saved yet."""
    content = {"key": found.key.hex(), "size": found.size, "header": bytes(found.file.header_digest).hex()}
    return opened.sealed(Place("file", "key", found.file.id), json.dumps(content).encode(), signer)


def _move_durably(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _hide_hour(source)
        os.replace(source, target)
        for folder in (target.parent, target.parent.parent, source.parent):
            _hide_hour(folder)
            _sync_folder(folder)
    except OSError as error:
        raise NotKept(f"file {target.name}: errno {error.errno}") from error


def _hide_hour(path: Path) -> None:
    """Set the time of last change to the beginning of the day: the hour of an upload is nobody's business."""
    midnight = datetime.combine(today(), time(), UTC).timestamp()
    os.utime(path, (midnight, midnight))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
