"""The upload handler: a file is sealed while it arrives. Its plaintext never touches a disk or a temporary file."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import IO, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from vault.envelope.digest import ParallelSha256
from vault.envelope.seeds import new_seed
from vault.envelope.stream import Sealed, StreamSealer
from vault.files import arriving_path, file_context, keep
from vault.models import SealedFile
from vault.opened import Opened
from vault.signers import Signer

HEAD_BYTES = 8192  # kept in memory to recognise the type by content


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken: `reason` is "too_large" or "no_space"."""

    field_name: str
    reason: str


class SealedUpload(UploadedFile):
    """An arrived file: sealed on disk, its key in memory. It is gone with the request unless it is kept."""

    def __init__(self, *, file_id: UUID, key: bytes, sealed: Sealed, sha256: str, head: bytes, name: str) -> None:
        super().__init__(file=None, name=name, size=sealed.size)
        self.file_id = file_id
        self.key = key
        self.sealed = sealed
        self.sha256 = sha256
        self.head = head
        self._is_kept = False

    def __repr__(self) -> str:
        return f"SealedUpload({self.file_id})"

    def keep(self, opened: Opened, signer: Signer) -> SealedFile:
        """Move the file to its place and its key into a compartment. Raises vault.errors.NotKept."""
        row = keep(self.file_id, self.key, self.sealed, opened, signer)
        self._is_kept = True
        return row

    def close(self) -> None:
        """End of the request: what was not kept is removed."""
        if not self._is_kept:
            arriving_path(self.file_id).unlink(missing_ok=True)


@dataclass(slots=True)
class _Arriving:
    """The state of the one file that is coming in."""

    file_id: UUID
    key: bytes
    target: IO[bytes]
    sealer: StreamSealer
    digest: ParallelSha256 = field(default_factory=ParallelSha256)
    head: bytes = b""
    size: int = 0


class SealingUploadHandler(FileUploadHandler):
    """Seals each chunk as it arrives, counts, hashes and keeps the first bytes; the only handler there is."""

    chunk_size = 256 * 1024
    limit: int | None = None  # bytes; None: settings.UPLOAD_LIMIT
    _now: _Arriving | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open a private file for the ciphertext; a full disk refuses this file and keeps the rest of the form."""
        super().new_file(*args, **kwargs)
        file_id, key = uuid4(), new_seed()
        try:
            descriptor = os.open(arriving_path(file_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError:
            self._refuse("no_space")
        target = os.fdopen(descriptor, "wb", buffering=0)
        self._now = _Arriving(file_id, key, target, StreamSealer(key, file_context(file_id), target.write))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal one chunk. Returns None: no other handler ever sees it."""
        now = self._current()
        now.size += len(raw_data)
        if now.size > (settings.UPLOAD_LIMIT if self.limit is None else self.limit):
            self._refuse("too_large")
        if len(now.head) < HEAD_BYTES:
            now.head += raw_data[: HEAD_BYTES - len(now.head)]
        now.digest.update(raw_data)
        try:
            now.sealer.update(raw_data)
        except OSError:
            self._refuse("no_space")

    def file_complete(self, file_size: int) -> SealedUpload:
        """Write the last chunk and force the ciphertext to disk."""
        now = self._current()
        try:
            sealed = now.sealer.finish()
            os.fsync(now.target.fileno())
        except OSError:
            self._refuse("no_space")
        now.target.close()
        self._now = None
        return SealedUpload(
            file_id=now.file_id, key=now.key, sealed=sealed, sha256=now.digest.hexdigest(), head=now.head,
            name=self.file_name or "",
        )  # fmt: skip

    def upload_interrupted(self) -> None:
        """The connection broke: nothing of the file stays."""
        self._drop()

    def _current(self) -> _Arriving:
        if self._now is None:
            raise SkipFile
        return self._now

    def _refuse(self, reason: str) -> None:
        self._drop()
        refused = getattr(self.request, "refused_uploads", [])
        self.request.refused_uploads = [*refused, Refused(self.field_name or "", reason)]
        raise SkipFile

    def _drop(self) -> None:
        if self._now is not None:
            self._now.target.close()
            arriving_path(self._now.file_id).unlink(missing_ok=True)
            self._now = None
