"""Sizes that say little: at least 1 KiB, then steps of at most an eighth.

Source: Nikitin, Barman, Lueks, Underwood, Hubaux, Ford, "Reducing Metadata Leakage from Encrypted Files and
Communication with PURBs", PoPETs 2019(4), section 4 (Padme).
"""

from vault.envelope.encoding import Bytes
from vault.envelope.errors import Corrupt

SMALLEST = 1024
PREFIX = 8


def padme(size: int) -> int:
    """Round a size in bytes up so that its binary form has no more digits than its exponent needs; under 12 % more."""
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return -(-size // step) * step


def padded_size(size: int) -> int:
    """The size in bytes of padded content of this size: 8 bytes for the length, 1 KiB at least, then padme."""
    return padme(max(SMALLEST, PREFIX + size))


def pad(body: Bytes) -> bytes:
    """Length (8 bytes, big-endian), body, zeros up to padded_size()."""
    total = padded_size(len(body))
    return b"".join((len(body).to_bytes(PREFIX, "big"), body, bytes(total - PREFIX - len(body))))


def unpad(padded: Bytes) -> bytes:
    """Undo pad(). Raises Corrupt unless this is exactly what pad() gives: same total size, nothing but zeros."""
    if len(padded) < SMALLEST:
        raise Corrupt("padding: cut")
    end = PREFIX + int.from_bytes(padded[:PREFIX], "big")
    if end > len(padded) or padded_size(end - PREFIX) != len(padded):
        raise Corrupt("padding: wrong size")
    if any(padded[end:]):
        raise Corrupt("padding: not zero")
    return bytes(padded[PREFIX:end])
