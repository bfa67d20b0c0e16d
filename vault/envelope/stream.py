"""One sealed file: the STREAM construction over chunks of 64 KiB, so that it is sealed and opened as it flows.

Preamble (72 bytes: header, salt, commitment), then the padded plaintext in chunks, each with its tag (16). HKDF over
the file key, the salt and pack("stream", context) gives key (32), nonce prefix (7) and commitment (32). The nonce of a
chunk is prefix, counter (4, big-endian), 1 for the last chunk or 0; its associated data is the preamble. The padded
plaintext is the data, zeros, and the real length (8, big-endian), in all padded_size() bytes, which is a multiple of
64, so that the length is never cut by the end of a chunk.
Source: Hoang, Reyhanitabar, Rogaway, Vizar, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance",
CRYPTO 2015.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault.envelope.encoding import Bytes, pack
from vault.envelope.errors import Corrupt
from vault.envelope.header import Kind
from vault.envelope.padding import padded_size
from vault.envelope.preamble import LENGTH as PREAMBLE
from vault.envelope.preamble import new_preamble, read_preamble

CHUNK = 64 * 1024
TAG = 16
RECORD = CHUNK + TAG
TRAILER = 8
NONCE_PREFIX = 7
BATCH = 4  # chunks handed to write() at once: 256 KiB stay in the processor cache
_ZEROS = bytes(CHUNK)


@dataclass(frozen=True)
class Sealed:
    """What a finished stream is. size, stored_size: bytes before and after. header_digest: SHA-256 of the preamble."""

    size: int
    stored_size: int
    header_digest: bytes


def stored_size_of(size: int) -> int:
    """The stored size in bytes of a file of this size: it follows from the size alone."""
    padded = padded_size(size)
    return PREAMBLE + padded + TAG * _chunks_in(padded)


def _chunks_in(padded: int) -> int:
    return -(-padded // CHUNK)


def _nonce(prefix: bytes, counter: int, is_last: bool) -> bytes:
    """Bytes, length 12. OverflowError after 2**32 chunks (256 TiB)."""
    return prefix + counter.to_bytes(4, "big") + (b"\x01" if is_last else b"\x00")


class StreamSealer:
    """Seals what update() is given and hands it on to write().

    key: bytes, length 32, fresh for this file. context: the file's place; only the same context opens it.
    write: gets bytes-like pieces that are only valid during the call; may return how many bytes it took, as a raw
    file does. Whatever write() raises passes through, and the stream is then useless. Raises BadKey.
    """

    def __init__(self, key: Bytes, context: bytes, write: Callable[[memoryview], object]) -> None:
        self._preamble, derived = new_preamble(Kind.STREAM, key, pack("stream", context), NONCE_PREFIX)
        self._cipher = AESGCM(derived.key)
        self._prefix = derived.nonce
        self._write = write
        self._is_open = True
        self._size = 0
        self._counter = 0
        self._last = -1  # the counter of the last chunk, once it is known
        self._partial = bytearray(CHUNK)
        self._filled = 0
        self._out = bytearray(BATCH * RECORD)
        self._used = 0
        self._hand_on(self._preamble)

    def update(self, data: Bytes) -> None:
        """Seal more data, in pieces of any size. Raises ValueError after finish()."""
        self._require_open()
        with memoryview(data) as given, given.cast("B") as view:
            self._feed(view)
            self._size += len(view)

    def finish(self) -> Sealed:
        """Pad, seal the last chunk and hand everything on; fsync is the caller's. Raises ValueError the second time."""
        self._require_open()
        padded = padded_size(self._size)
        self._last = _chunks_in(padded) - 1
        zeros = padded - self._size - TRAILER
        for start in range(0, zeros, CHUNK):
            self._feed(memoryview(_ZEROS)[: zeros - start])
        self._feed(memoryview(self._size.to_bytes(TRAILER, "big")))
        self._close()
        return Sealed(self._size, stored_size_of(self._size), sha256(self._preamble).digest())

    def _require_open(self) -> None:
        if not self._is_open:
            raise ValueError("the stream is finished")

    def _close(self) -> None:
        if self._filled:
            self._seal(memoryview(self._partial)[: self._filled])
        self._flush()
        self._is_open = False
        del self._cipher, self._partial

    def _feed(self, view: memoryview) -> None:
        """Seal full chunks at once (something always follows before the last), keep the rest."""
        start = self._fill(view) if self._filled else 0
        while len(view) - start >= CHUNK:
            self._seal(view[start : start + CHUNK])
            start += CHUNK
        if start < len(view):
            self._filled = len(view) - start
            self._partial[: self._filled] = view[start:]

    def _fill(self, view: memoryview) -> int:
        """Add to the partial chunk, seal it when it is full; returns how many bytes were taken."""
        taken = min(CHUNK - self._filled, len(view))
        self._partial[self._filled : self._filled + taken] = view[:taken]
        self._filled += taken
        if self._filled == CHUNK:
            self._filled = 0
            self._seal(memoryview(self._partial))
        return taken

    def _seal(self, chunk: memoryview) -> None:
        end = self._used + len(chunk) + TAG
        nonce = _nonce(self._prefix, self._counter, self._counter == self._last)
        self._cipher.encrypt_into(nonce, chunk, self._preamble, memoryview(self._out)[self._used : end])
        self._counter += 1
        self._used = end
        if end == len(self._out):
            self._flush()

    def _flush(self) -> None:
        with memoryview(self._out)[: self._used] as view:
            self._hand_on(view)
        self._used = 0

    def _hand_on(self, piece: Bytes) -> None:
        sent = 0
        while sent < len(piece):
            with memoryview(piece)[sent:] as rest:
                taken = self._write(rest)
            if taken == 0:
                raise OSError("nothing was written")
            sent = sent + taken if isinstance(taken, int) else len(piece)


class StreamOpener:
    """Opens a sealed file; gives out only bytes whose chunk was verified.

    source: a seekable file that holds nothing but the stream. stored_size, size: as Sealed said, the size from an
    authenticated place. The preamble, both sizes and the last chunk are verified here, so that a wrong key or a cut
    file shows before the first byte.
    Raises WrongKey for another key or context, Corrupt if it was cut, extended or changed, UnknownVersion, BadKey.
    """

    def __init__(self, key: Bytes, context: bytes, source: BinaryIO, stored_size: int, size: int) -> None:
        self.size = size
        self._source = source
        self._chunks = _chunks_in(padded_size(size))
        self._preamble = self._read(0, PREAMBLE)
        derived = read_preamble(self._preamble, Kind.STREAM, key, pack("stream", context), NONCE_PREFIX)
        self._cipher = AESGCM(derived.key)
        self._prefix = derived.nonce
        self._stored_size = stored_size
        self._check_sizes()
        self._open(self._chunks - 1)

    def close(self) -> None:
        """Close the source. Nothing more can be read."""
        self._source.close()

    def chunks(self) -> Iterator[bytes]:
        """All data in order, in pieces of up to 64 KiB, and then the padding is verified too.

        Raises Corrupt at a changed, reordered or foreign chunk, before any byte of it.
        """
        for index in range(self._chunks):
            if data := self._open(index):
                yield data

    def read_range(self, start: int, stop: int) -> Iterator[bytes]:
        """The data from start up to before stop (bytes), opening only the chunks that hold it.

        Raises ValueError unless 0 <= start <= stop <= size; Corrupt as chunks() does.
        """
        if not 0 <= start <= stop <= self.size:
            raise ValueError("range outside the file")
        return self._range(start, stop)

    def _range(self, start: int, stop: int) -> Iterator[bytes]:
        for index in range(start // CHUNK, _chunks_in(stop) if start < stop else 0):
            base = index * CHUNK
            yield self._open(index)[max(start - base, 0) : stop - base]

    def _check_sizes(self) -> None:
        if self.size < 0 or not self._stored_size == stored_size_of(self.size) == self._source.seek(0, os.SEEK_END):
            raise Corrupt("stream: wrong size")

    def _open(self, index: int) -> bytes:
        """The data of one chunk, without padding."""
        is_last = index == self._chunks - 1
        start = PREAMBLE + index * RECORD
        record = self._read(start, min(RECORD, self._stored_size - start))
        try:
            plain = self._cipher.decrypt(_nonce(self._prefix, index, is_last), record, self._preamble)
        except InvalidTag:
            raise Corrupt("stream: changed") from None
        return self._without_padding(plain, index * CHUNK, is_last)

    def _without_padding(self, plain: bytes, base: int, is_last: bool) -> bytes:
        real = max(0, min(len(plain), self.size - base))
        trailer = self.size.to_bytes(TRAILER, "big") if is_last else b""
        padding = len(plain) - real - len(trailer)
        if plain[real:] != _ZEROS[: max(padding, 0)] + trailer:
            raise Corrupt("stream: wrong padding")
        return plain[:real]

    def _read(self, start: int, length: int) -> bytes:
        self._source.seek(start)
        pieces = bytearray()
        while len(pieces) < length:
            piece = self._source.read(length - len(pieces))
            if not piece:
                raise Corrupt("stream: cut")
            pieces += piece
        return bytes(pieces)
