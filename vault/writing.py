"""Writing a sealed file from inside, for example a finished package: sealed as it grows, kept at the end."""

from __future__ import annotations

import os
from types import TracebackType
from uuid import uuid4

from vault.envelope.seeds import new_seed
from vault.envelope.stream import StreamSealer
from vault.errors import NotKept
from vault.files import arriving_path, file_context, keep
from vault.models import SealedFile
from vault.opened import Opened
from vault.signers import Signer


class FileWriter:
    """A context manager with write() and keep(); without keep() nothing stays on disk."""

    def __init__(self) -> None:
        self.file_id, self._key = uuid4(), new_seed()
        self._path = arriving_path(self.file_id)

    def __enter__(self) -> FileWriter:
        """Begin the file. Raises NotKept on a full disk, and leaves nothing then."""
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise NotKept(f"file {self.file_id}: errno {error.errno}") from error
        self._target = os.fdopen(descriptor, "wb", buffering=0)
        try:
            self._sealer = StreamSealer(self._key, file_context(self.file_id), self._target.write)
        except OSError as error:
            self._drop()
            raise NotKept(f"file {self.file_id}: errno {error.errno}") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._drop()

    def _drop(self) -> None:
        """Close; a file that was kept has left this place already."""
        self._target.close()
        self._path.unlink(missing_ok=True)

    def write(self, data: bytes) -> None:
        """Seal more bytes. Raises NotKept on a full disk."""
        try:
            self._sealer.update(data)
        except OSError as error:
            raise NotKept(f"file {self.file_id}: errno {error.errno}") from error

    def keep(self, opened: Opened, signer: Signer) -> SealedFile:
        """Finish, sync and keep the file, its key sealed into a compartment. Raises NotKept."""
        try:
            sealed = self._sealer.finish()
            os.fsync(self._target.fileno())
        except OSError as error:
            raise NotKept(f"file {self.file_id}: errno {error.errno}") from error
        return keep(self.file_id, self._key, sealed, opened, signer)
