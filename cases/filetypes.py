"""What a file is by its first bytes. Its name and what the browser says about it are not asked.

The table is our own. python-magic would put a parser written in C before every stranger's bytes in the web process;
puremagic guesses among hundreds of kinds and cannot tell a DOCX from a ZIP, nor a HEIC from a video, by a head alone.
Here each kind that is taken has to show its own mark, and whatever is not recognised is not taken.
"""

from __future__ import annotations

import codecs
import re
import struct
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(NamedTuple):
    """A kind of file. content_type is set only for the kinds that are taken (cases.exhibit_types)."""

    name: str | Promise
    content_type: str | None = None
    endings: tuple[str, ...] = ()


JPEG = Kind(_("a JPEG picture"), "image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"))
PNG = Kind(_("a PNG picture"), "image/png", (".png",))
HEIC = Kind(_("a HEIC picture, as some phones make them"), "image/heic", (".heic", ".heif", ".hif"))
PDF = Kind(_("a PDF document"), "application/pdf", (".pdf",))
TEXT = Kind(_("a plain text"), "text/plain", (".txt", ".text", ".log", ".md", ".csv"))
MP4 = Kind(_("a video"), "video/mp4", (".mp4", ".m4v", ".m4a", ".mov"))
MOV = Kind(_("a video"), "video/quicktime", (".mov", ".qt", ".mp4"))
THREE_GP = Kind(_("a video"), "video/3gpp", (".3gp", ".3gpp", ".3g2", ".3ga", ".mp4", ".amr"))
M4A = Kind(_("a sound recording"), "audio/mp4", (".m4a", ".m4b", ".mp4", ".aac"))
OGG = Kind(_("a sound recording"), "audio/ogg", (".ogg", ".oga", ".opus", ".ogv", ".ogx"))
DOCX = Kind(
    _("an office document"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (".docx", ".docm", ".dotx"),
)
ODT = Kind(_("an office document"), "application/vnd.oasis.opendocument.text", (".odt", ".ott"))
# Tables and slides are ZIP files too, and are kept like any: as they are, never opened here.
ZIP = Kind(
    _("an archive or an office document"), "application/zip", (".zip", ".docx", ".xlsx", ".pptx", ".ods", ".odp")
)
OTHER = Kind(_("a file of another kind"))
ARCHIVE = Kind(_("an archive"))
OFFICE = Kind(_("an office document"))
VIDEO = Kind(_("a video"))
SOUND = Kind(_("a sound recording"))
PROGRAM = Kind(_("a program"))
PAGE = Kind(_("a web page"))
PICTURE = Kind(_("a picture"))
TAKEN = (JPEG, PNG, HEIC, PDF, TEXT, MP4, MOV, THREE_GP, M4A, OGG, DOCX, ODT, ZIP)

# offset, bytes, kind; the first that fits is taken
MAGIC: tuple[tuple[int, bytes, Kind], ...] = (
    (0, b"\xff\xd8\xff", JPEG),
    (0, b"\x89PNG\r\n\x1a\n", PNG),
    (0, b"%PDF-", PDF),
    (0, b"OggS", OGG),
    (0, b"\xd0\xcf\x11\xe0", OFFICE),
    (0, b"{\\rtf", OFFICE),
    (0, b"Rar!", ARCHIVE),
    (0, b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (0, b"\x1f\x8b", ARCHIVE),
    (0, b"BZh", ARCHIVE),
    (0, b"\xfd7zXZ\x00", ARCHIVE),
    (0, b"MZ", PROGRAM),
    (0, b"\x7fELF", PROGRAM),
    (0, b"dex\n", PROGRAM),
    (0, b"#!AMR", SOUND),
    (0, b"#!", PROGRAM),
    (0, b"GIF8", Kind(_("a GIF picture"))),
    (8, b"WEBP", Kind(_("a WebP picture"))),
    (8, b"AVI ", VIDEO),
    (0, b"\x1a\x45\xdf\xa3", VIDEO),
    (0, b"FLV\x01", VIDEO),
    (0, b"ID3", SOUND),
    (0, b"\xff\xfb", SOUND),
    (0, b"\xff\xf1", SOUND),
    (0, b"fLaC", SOUND),
    (8, b"WAVE", SOUND),
    (0, b"II*\x00", Kind(_("a TIFF picture"))),
    (0, b"MM\x00*", Kind(_("a TIFF picture"))),
    (0, b"BM", Kind(_("a BMP picture"))),
)
# Brands of an ISO base media file (ISO/IEC 14496-12); the first that fits is taken.
BRANDS: tuple[tuple[tuple[bytes, ...], Kind], ...] = (
    ((b"avif", b"avis"), PICTURE),
    ((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), HEIC),
    ((b"M4A ", b"M4B "), M4A),
    ((b"3gp", b"3g2", b"3ge", b"3gg"), THREE_GP),
    ((b"qt  ",), MOV),
    ((b"isom", b"iso", b"mp4", b"avc1", b"M4V", b"MSNV", b"dash", b"f4v"), MP4),
)
LOCAL = b"PK\x03\x04"  # begins an entry of a ZIP
ODT_MARK = b"mimetype" + (ODT.content_type or "").encode()  # first entry, stored (OpenDocument 1.2 part 3, 3.3)
PROGRAM_ENTRIES = (b"AndroidManifest.xml", b"META-INF/MANIFEST.MF", b"classes.dex")
TEXT_BYTES = 4000  # that a text has to show
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
WINDOWS_LETTERS = re.compile("[А-яЁёЎўІіЄєЇїҐґ]")


def kind_of(head: bytes) -> Kind:
    """Tell the kind of a file from its first bytes."""
    if head[4:8] == b"ftyp":
        return _media_kind(head)
    if head.startswith((LOCAL, b"PK\x05\x06")):  # the second is an archive of nothing
        return _zip_kind(head)
    found = next((kind for offset, magic, kind in MAGIC if head[offset : offset + len(magic)] == magic), None)
    return found or _text_kind(head)


def is_taken(kind: Kind) -> bool:
    """Is this a kind that we can keep and use?"""
    return kind.content_type is not None


def name_says_otherwise(kind: Kind, name: str) -> bool:
    """Does the ending of the name belong to another kind than the content?"""
    return bool(kind.endings) and not name.lower().endswith(kind.endings)


def _media_kind(head: bytes) -> Kind:
    """By the brand that the file says first; by those that it is also good for when that one is not known."""
    length = struct.unpack(">I", head[:4])[0]
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, min(length, 256, len(head)) - 3, 4))]
    known = (kind for brand in brands for marks, kind in BRANDS if brand.startswith(marks))
    first = next(known, VIDEO)
    is_avif = first is HEIC and any(brand.startswith(BRANDS[0][0]) for brand in brands)
    return PICTURE if is_avif else first


def _zip_kind(head: bytes) -> Kind:
    """By the names of the entries that stand in the head; a document that does not show itself is an archive."""
    names = _entries(head)
    if head[30 : 30 + len(ODT_MARK)] == ODT_MARK:
        return ODT
    if any(name in PROGRAM_ENTRIES for name in names):
        return PROGRAM
    is_office = b"[Content_Types].xml" in names
    return DOCX if is_office and any(name.startswith(b"word/") for name in names) else ZIP


def _entries(head: bytes) -> list[bytes]:
    """The names in the local headers of a ZIP that begin within the head, wherever they stand."""
    found, at = [], head.find(LOCAL)
    while at >= 0 and at + 30 <= len(head):
        length = struct.unpack("<H", head[at + 26 : at + 28])[0]
        found.append(head[at + 30 : at + 30 + length])
        at = head.find(LOCAL, at + 4)
    return found


def _text_kind(head: bytes) -> Kind:
    start = head[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")):
        return PAGE
    return TEXT if head and _is_text(head[:TEXT_BYTES]) else OTHER


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, as Windows calls "Unicode"
        return "\x00" not in head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if CONTROLS.search(head):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < TEXT_BYTES)  # a letter may be cut
    except UnicodeDecodeError:
        return _is_windows_text(head)
    return True


def _is_windows_text(head: bytes) -> bool:
    """Cyrillic as Windows wrote it for long (code page 1251): nearly all high bytes are letters."""
    high = bytes(byte for byte in head if byte > 127).decode("cp1251", "replace")
    return len(WINDOWS_LETTERS.findall(high)) > len(high) * 0.9
