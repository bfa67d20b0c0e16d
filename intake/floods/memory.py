"""A few numbers that all web processes of one host share. They lie in memory and are gone with the power.

Not in Redis: its append-only file would put the order, and by its neighbours the hour, of survivors' acts on a disk.
"""

from __future__ import annotations

import fcntl
import logging
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.conf import settings

WORD = 8  # bytes of one number
WORDS = 64 + 2**15
NAME = "floods"

log = logging.getLogger(__name__)


class Memory:
    """Numbered words of 8 bytes, all zero at first. Read and write them only while `held()`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._threads = threading.Lock()
        os.posix_fallocate(descriptor, 0, WORDS * WORD)  # now, so that a full folder is found here and not later

    def __del__(self) -> None:
        os.close(self._descriptor)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other thread and process of this host out, for some microseconds."""
        with self._threads:
            fcntl.lockf(self._descriptor, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._descriptor, fcntl.LOCK_UN)

    def read(self, place: int) -> bytes:
        """The word at a place."""
        return os.pread(self._descriptor, WORD, place * WORD)

    def write(self, place: int, word: bytes) -> None:
        """Put a word at a place."""
        os.pwrite(self._descriptor, word, place * WORD)

    def number(self, place: int) -> float:
        """The word at a place as a number."""
        found: float = struct.unpack("<d", self.read(place))[0]
        return found

    def put(self, place: int, number: float) -> None:
        """Put a number at a place."""
        self.write(place, struct.pack("<d", number))


def shared() -> Memory:
    """The memory of this host."""
    return _at(settings.TMPFS_DIR / NAME)


@lru_cache(maxsize=4)
def _at(path: Path) -> Memory:
    """The file, or memory of this process alone: a limit that is too wide is better than a form that is closed."""
    try:
        return Memory(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError:
        log.warning("floods: memory_not_shared")
        return Memory(os.memfd_create(NAME))
