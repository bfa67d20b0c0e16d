"""The upload handler: a file is sealed while it arrives. Its plaintext never touches a disk or a temporary file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import UUID, uuid4
from weakref import finalize

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import multipartparser

from vault.envelope.digest import ParallelSha256
from vault.envelope.seeds import new_seed
from vault.envelope.stream import Sealed, StreamSealer
from vault.files import arriving_path, file_context, keep
from vault.models import SealedFile
from vault.opened import Opened
from vault.scanner import Scan, Verdict
from vault.signers import Signer

HEAD_BYTES = 8192  # kept in memory to recognise the type by content
# Django gives up the whole form, with every typed word, when the name of a file takes more than 1 KiB.
multipartparser.MAX_TOTAL_HEADER_SIZE = 32 * 1024  # type: ignore[attr-defined]  # not in the stubs


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken: `reason` is "too_large", "no_space" or "harmful"; `found`: what the scanner named."""

    field_name: str
    reason: str
    found: str = ""


class SealedUpload(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs only
    """An arrived file: sealed on disk, its key in memory. It is gone with the request unless it is kept."""

    def __init__(
        self, *, file_id: UUID, key: bytes, sealed: Sealed, sha256: str, head: bytes, name: str, scan: Verdict
    ) -> None:
        super().__init__(file=None, name=name, size=sealed.size)
        self.file_id = file_id
        self.scan = scan
        self.key = key
        self.sealed = sealed
        self.sha256 = sha256
        self.head = head
        self._remove = finalize(self, _unlink, arriving_path(file_id))

    def __repr__(self) -> str:
        return f"SealedUpload({self.file_id})"

    def keep(self, opened: Opened, signer: Signer) -> SealedFile:
        """Move the file to its place and its key into a compartment. Raises vault.errors.NotKept."""
        row = keep(self.file_id, self.key, self.sealed, opened, signer)
        self._remove.detach()
        return row

    def close(self) -> None:
        """End of the request: what was not kept is removed."""
        self._remove()


class Harmful(Exception):
    """The scanner recognised something; the text is its name, as the scanner's signatures call it."""


class _Arriving:
    """The one file that is coming in. It is removed from the disk when nobody holds this object any more."""

    def __init__(self) -> None:
        """Open a private file for the ciphertext. Raises OSError, and leaves nothing then."""
        self.file_id, self.key = uuid4(), new_seed()
        self.digest, self.head, self.size = ParallelSha256(), b"", 0
        path = arriving_path(self.file_id)
        self.target = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0)
        self.remove = finalize(self, _close_and_unlink, self.target, path)
        try:
            self.sealer = StreamSealer(self.key, file_context(self.file_id), self.target.write)
        except OSError:
            self.remove()
            raise
        self.scan = Scan()

    def add(self, chunk: bytes) -> None:
        """Seal one chunk, hash it, keep the first bytes, show it to the scanner. Raises OSError."""
        self.head += chunk[: HEAD_BYTES - len(self.head)]
        self.digest.update(chunk)
        self.sealer.update(chunk)
        self.scan.add(chunk)

    def finish(self, name: str) -> SealedUpload:
        """Force the ciphertext to disk, hear the scanner, and hand it over. Raises OSError, Harmful."""
        sealed = self.sealer.finish()
        os.fsync(self.target.fileno())
        verdict = self.scan.finish()
        if verdict.found:
            raise Harmful(verdict.found)
        self.remove.detach()
        self.target.close()
        return SealedUpload(
            file_id=self.file_id, key=self.key, sealed=sealed, sha256=self.digest.hexdigest(), head=self.head,
            name=name, scan=verdict,
        )  # fmt: skip


class SealingUploadHandler(FileUploadHandler):
    """Seals each chunk as it arrives, counts, hashes and keeps the first bytes; the only handler there is."""

    chunk_size = 256 * 1024
    limit: int | None = None  # bytes; None: settings.UPLOAD_LIMIT
    _now: _Arriving | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file; a full disk refuses this file and keeps the rest of the form."""
        super().new_file(*args, **kwargs)
        try:
            self._now = _Arriving()
        except OSError:
            self._refuse("no_space")
            raise SkipFile from None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal one chunk. Returns None: no other handler ever sees it."""
        if self._now is None:
            raise SkipFile
        self._now.size += len(raw_data)
        if self._now.size > (settings.UPLOAD_LIMIT if self.limit is None else self.limit):
            self._refuse("too_large")
            raise SkipFile
        try:
            self._now.add(raw_data)
        except OSError:
            self._refuse("no_space")
            raise SkipFile from None

    def file_complete(self, file_size: int) -> SealedUpload | None:
        """Write the last chunk and force the ciphertext to disk. Django takes no SkipFile here: None is a refusal."""
        now = self._now
        if now is None:
            return None
        try:
            upload = now.finish(self.file_name or "")
        except Harmful as harm:
            self._refuse("harmful", str(harm))
            return None
        except OSError:
            self._refuse("no_space")
            return None
        self._now = None
        return upload

    def upload_interrupted(self) -> None:
        """The connection broke: nothing of the file stays."""
        self._drop()

    def _refuse(self, reason: str, found: str = "") -> None:
        self._drop()
        request: Any = self.request
        refused = getattr(request, "refused_uploads", [])
        request.refused_uploads = [*refused, Refused(self.field_name or "", reason, found)]

    def _drop(self) -> None:
        if self._now is not None:
            self._now.remove()
            self._now.scan.close()
            self._now = None


def _unlink(path: Path) -> None:
    path.unlink(missing_ok=True)


def _close_and_unlink(target: IO[bytes], path: Path) -> None:
    target.close()
    path.unlink(missing_ok=True)
