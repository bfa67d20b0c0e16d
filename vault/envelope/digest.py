"""SHA-256 in a second thread, beside the sealing of the same bytes: hashlib lets go of the interpreter lock."""

from hashlib import sha256
from queue import SimpleQueue
from threading import Semaphore, Thread
from typing import Protocol
from weakref import finalize

from vault.envelope.encoding import Bytes

WAITING = 16  # pieces that may wait; then update() waits


class _Updatable(Protocol):
    def update(self, data: bytes, /) -> None: ...


class ParallelSha256:
    """Like hashlib.sha256(), a few pieces behind.

    A piece that is not bytes is copied. The thread ends with hexdigest() or when the object is forgotten, so an upload
    that is given up leaves nothing behind.
    """

    def __init__(self) -> None:
        self._sha = sha256()
        self._room = Semaphore(WAITING)
        self._pieces: SimpleQueue[bytes | None] = SimpleQueue()  # its put() may run inside the garbage collector
        self._thread = Thread(target=_drain, args=(self._sha, self._pieces, self._room), daemon=True)
        self._end = finalize(self, self._pieces.put, None)
        self._thread.start()

    def update(self, data: Bytes) -> None:
        """Hash one more piece, later. Raises ValueError after hexdigest()."""
        if not self._end.alive:
            raise ValueError("the digest is finished")
        self._room.acquire()
        self._pieces.put(bytes(data))

    def hexdigest(self) -> str:
        """Wait for the pieces; the digest of everything in lower-case hex, 64 characters."""
        self._end()
        self._thread.join()
        return self._sha.hexdigest()


def _drain(sha: _Updatable, pieces: SimpleQueue[bytes | None], room: Semaphore) -> None:
    while (piece := pieces.get()) is not None:
        sha.update(piece)
        room.release()
