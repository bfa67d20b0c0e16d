"""A package in several ZIPs, for channels that take no large file: read from the sealed one, written as a stream.

Whoever unpacks all of them into one folder has the package as it was made, and verifies that. The first part holds the
manifest with its signatures. A file that is larger than the limit makes a part of its own, and says so.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

EPOCH = (1980, 1, 1, 0, 0, 0)  # of every file in every ZIP: the earliest day that the format knows
BLOCK = 1 << 16
OF_ENTRY, OF_END = 150, 100  # bytes of headers around an entry without its name, and at the end of a ZIP
Range = Callable[[int, int], Iterable[bytes]]


@dataclass(frozen=True)
class PartOf:
    """One part: its number from 1, the names in it, and the bytes of its ZIP, counted a little high."""

    number: int
    names: tuple[str, ...]
    size: int


class Seekable(io.RawIOBase):
    """A file of known size of which any range can be read."""

    def __init__(self, read: Range, size: int) -> None:
        super().__init__()
        self._read, self._size, self._at = read, size, 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be read anywhere."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, as files do."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = base + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer from here on."""
        stop = min(self._at + len(buffer), self._size)
        data = b"".join(self._read(self._at, stop)) if self._at < stop else b""
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def opened(read: Range, size: int) -> zipfile.ZipFile:
    """The package as a ZIP, from what reads any range of its bytes."""
    return zipfile.ZipFile(io.BufferedReader(Seekable(read, size), BLOCK))


def plan(package: zipfile.ZipFile, limit: int) -> tuple[PartOf, ...]:
    """Its files in their order, the closing ones first, in parts of at most `limit` bytes where a file allows it."""
    sizes = {info.filename: info.file_size for info in package.infolist()}
    groups: list[list[str]] = []
    room = 0
    for name in sorted(sizes, key=lambda name: not _is_closing(name)):
        need = _cost(name, sizes[name])
        if not groups or need > room:
            groups.append([])
            room = limit - OF_END
        groups[-1].append(name)
        room -= need
    return tuple(
        PartOf(number, tuple(names), OF_END + sum(_cost(name, sizes[name]) for name in names))
        for number, names in enumerate(groups, 1)
    )


def _is_closing(name: str) -> bool:
    return name.startswith("manifest") or name in ("SHA256SUMS", "keys.json")


def _cost(name: str, size: int) -> int:
    return size + OF_ENTRY + 2 * len(name.encode())


def written(package: zipfile.ZipFile, names: Iterable[str]) -> Iterator[bytes]:
    """The ZIP of one part, piece by piece."""
    sink = _Sink()
    with zipfile.ZipFile(cast(BinaryIO, sink), "w", zipfile.ZIP_STORED) as target:
        for name in names:
            for _ in _copied(package, target, name):
                yield sink.take()
    yield sink.take()


def _copied(package: zipfile.ZipFile, target: zipfile.ZipFile, name: str) -> Iterator[int]:
    """Copy one file; yields after each block, with its size."""
    info = zipfile.ZipInfo(name, EPOCH)
    info.external_attr, info.create_system = 0o644 << 16, 3
    info.file_size = package.getinfo(name).file_size
    with package.open(name) as source, target.open(info, "w") as copy:
        while block := source.read(BLOCK):
            yield copy.write(block)


class _Sink:
    """What zipfile writes to: nothing is kept longer than until it is taken."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        self._held += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back here."""

    def take(self) -> bytes:
        """What was written since the last time."""
        held, self._held = bytes(self._held), bytearray()
        return held
