"""SHA-256 in a second thread, beside the sealing of the same bytes: hashlib lets go of the interpreter lock."""

from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256

from vault.envelope.encoding import Bytes


class ParallelSha256:
    """Like hashlib.sha256(), one piece behind: update() returns while the piece is hashed.

    A piece that is not bytes is copied. The thread starts with the first update() and ends with hexdigest() or with the
    object, so an upload that is given up leaves nothing behind.
    """

    def __init__(self) -> None:
        self._sha = sha256()
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._pending: Future[None] | None = None

    def update(self, data: Bytes) -> None:
        """Hash one more piece. RuntimeError after hexdigest()."""
        self._wait()
        self._pending = self._thread.submit(self._sha.update, bytes(data))

    def hexdigest(self) -> str:
        """The digest of everything in lower-case hex, 64 characters."""
        self._wait()
        self._thread.shutdown(wait=False)
        return self._sha.hexdigest()

    def _wait(self) -> None:
        if self._pending is not None:
            self._pending.result()
