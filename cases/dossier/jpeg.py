"""Picture streams inside PDFs without the data that cameras and programs hide in them. Pixels stay untouched."""

from __future__ import annotations

from cases.dossier.errors import ExhibitUnusable

START, SCAN, END = 0xD8, 0xDA, 0xD9
ALONE = {0x01, START, END, *range(0xD0, 0xD8)}  # markers without a length
COMMENT = 0xFE
APPLICATION = range(0xE0, 0xF0)
ADOBE = 0xEE  # says how colours are coded: needed to show the picture
JFIF = 0xE0  # the same in older files
JP2_KEPT = {b"jP  ", b"ftyp", b"jp2h", b"jp2c"}
TILE, REMARK = b"\xff\x90", b"\xff\x64"


def strip_jpeg(data: bytes) -> bytes:
    """A JPEG stream without application segments (Exif, XMP, ICC, IPTC, thumbnails) and comments.

    The JFIF and Adobe segments stay, cut to their fixed fields. What follows the end mark is dropped. Raises
    ExhibitUnusable("jpeg") when the segments do not add up.
    """
    if data[:2] != b"\xff\xd8":
        raise ExhibitUnusable("jpeg")
    kept = bytearray(data[:2])
    at = 2
    while True:
        at, marker = _marker(data, at)
        if marker == END:
            return bytes(kept + b"\xff\xd9")
        if marker in ALONE:
            kept += bytes((0xFF, marker))
            continue
        stop = _segment_end(data, at)
        kept += _kept(marker, data[at:stop])
        at = stop
        if marker == SCAN:
            at = _scan_end(data, stop)
            kept += data[stop:at]


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """The position after the next marker, and its code; fill bytes are skipped. A missing end counts as an end."""
    if at >= len(data):
        return at, END
    if data[at] != 0xFF:
        raise ExhibitUnusable("jpeg")
    while at < len(data) and data[at] == 0xFF:
        at += 1
    return (at + 1, data[at]) if at < len(data) else (at, END)


def _segment_end(data: bytes, at: int) -> int:
    length = int.from_bytes(data[at : at + 2], "big")
    if length < 2 or at + length > len(data):
        raise ExhibitUnusable("jpeg")
    return at + length


def _kept(marker: int, segment: bytes) -> bytes:
    head = bytes((0xFF, marker))
    if marker == ADOBE and segment[2:7] == b"Adobe" and len(segment) >= 14:
        return head + (14).to_bytes(2, "big") + segment[2:14]
    if marker == JFIF and segment[2:7] == b"JFIF\0" and len(segment) >= 14:
        return head + (16).to_bytes(2, "big") + segment[2:14] + b"\0\0"
    if marker in APPLICATION or marker == COMMENT:
        return b""
    return head + segment


def _scan_end(data: bytes, at: int) -> int:
    """Where entropy-coded data ends: the next 0xFF that is neither stuffed nor a restart mark."""
    while (at := data.find(b"\xff", at)) >= 0:
        following = data[at + 1] if at + 1 < len(data) else END
        if following != 0 and following not in range(0xD0, 0xD8):
            return at
        at += 2
    return len(data)


def strip_jp2(data: bytes) -> bytes:
    """A JPEG 2000 picture, boxed or bare, with only what carries the picture; comments of its main header are dropped.

    Raises ExhibitUnusable("jpx") when boxes or segments do not add up.
    """
    if data[:2] == b"\xff\x4f":
        return _codestream(data)
    kept = bytearray()
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        stop = len(data) if size == 0 else at + size
        if size == 1 or 0 < size < 8 or stop > len(data):
            raise ExhibitUnusable("jpx")
        kept += _box(data[at + 4 : at + 8], data[at + 8 : stop])
        at = stop
    return bytes(kept)


def _box(kind: bytes, body: bytes) -> bytes:
    if kind not in JP2_KEPT:
        return b""
    body = _codestream(body) if kind == b"jp2c" else body
    return (len(body) + 8).to_bytes(4, "big") + kind + body


def _codestream(data: bytes) -> bytes:
    kept = bytearray(data[:2])
    at = 2
    while data[at : at + 2] != TILE:
        stop = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at : at + 1] != b"\xff" or stop <= at + 3 or stop > len(data):
            raise ExhibitUnusable("jpx")
        if data[at : at + 2] != REMARK:
            kept += data[at:stop]
        at = stop
    return bytes(kept + data[at:])
