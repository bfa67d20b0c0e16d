"""The first 8 bytes of every envelope, read strictly."""

import struct
from enum import IntEnum

from vault.envelope.encoding import Bytes
from vault.envelope.errors import Corrupt, UnknownVersion

MAGIC = b"\x8eLIN"
VERSION = 1
LENGTH = 8
_LAYOUT = struct.Struct(">4sBBH")  # magic, kind, version, suite


class Kind(IntEnum):
    """What follows the header."""

    VALUE = 1
    STREAM = 2
    HPKE = 3


SUITES = {
    Kind.VALUE: 0x0001,  # HKDF-SHA256 and AES-256-GCM
    Kind.STREAM: 0x0001,
    Kind.HPKE: 0x647A,  # the KEM identifier of MLKEM768-X25519; with HKDF-SHA256 and AES-256-GCM
}


def write_header(kind: Kind) -> bytes:
    """The header of this kind: bytes, length 8."""
    return _LAYOUT.pack(MAGIC, kind, VERSION, SUITES[kind])


def read_header(blob: Bytes, kind: Kind) -> None:
    """Check that blob starts with the header of this kind; what follows is not looked at.

    Raises Corrupt if it is short or has another magic, kind or suite; UnknownVersion if only the version differs.
    """
    if len(blob) < LENGTH:
        raise Corrupt("header: cut")
    magic, found, version, suite = _LAYOUT.unpack(blob[:LENGTH])
    if magic != MAGIC or found != kind:
        raise Corrupt(f"header: not an envelope of kind {kind:d}")
    if version != VERSION:  # before the suite: a new version may bring a new suite
        raise UnknownVersion(f"header: version {version}")
    if suite != SUITES[kind]:
        raise Corrupt(f"header: suite {suite:#06x}")
