"""What a file is by its first bytes. Its name and what the browser says about it are not asked."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(NamedTuple):
    """A kind of file. content_type is set only for the kinds that are taken."""

    name: str | Promise
    content_type: str | None = None
    endings: tuple[str, ...] = ()


JPEG = Kind(_("a JPEG picture"), "image/jpeg", (".jpg", ".jpeg", ".jpe"))
PNG = Kind(_("a PNG picture"), "image/png", (".png",))
PDF = Kind(_("a PDF document"), "application/pdf", (".pdf",))
OTHER = Kind(_("a file of another kind"))
HEIC = Kind(_("a HEIC picture, as some phones make them"))
VIDEO = Kind(_("a video"))
SOUND = Kind(_("a sound recording"))
PROGRAM = Kind(_("a program"))
PAGE = Kind(_("a web page"))
TEXT = Kind(_("a plain text"))

# offset, bytes, kind; the first that fits is taken
MAGIC: tuple[tuple[int, bytes, Kind], ...] = (
    (0, b"\xff\xd8\xff", JPEG),
    (0, b"\x89PNG\r\n\x1a\n", PNG),
    (0, b"%PDF-", PDF),
    (0, b"PK\x03\x04", Kind(_("an archive or an office document"))),
    (0, b"\xd0\xcf\x11\xe0", Kind(_("an office document"))),
    (0, b"Rar!", Kind(_("an archive"))),
    (0, b"7z\xbc\xaf\x27\x1c", Kind(_("an archive"))),
    (0, b"\x1f\x8b", Kind(_("an archive"))),
    (0, b"MZ", PROGRAM),
    (0, b"\x7fELF", PROGRAM),
    (0, b"#!", PROGRAM),
    (0, b"GIF8", Kind(_("a GIF picture"))),
    (8, b"WEBP", Kind(_("a WebP picture"))),
    (4, b"ftypheic", HEIC),
    (4, b"ftypheix", HEIC),
    (4, b"ftypmif1", HEIC),
    (4, b"ftypM4A", SOUND),
    (4, b"ftyp", VIDEO),
    (0, b"OggS", SOUND),
    (0, b"ID3", SOUND),
    (0, b"\xff\xfb", SOUND),
    (8, b"WAVE", SOUND),
    (0, b"II*\x00", Kind(_("a TIFF picture"))),
    (0, b"MM\x00*", Kind(_("a TIFF picture"))),
    (0, b"BM", Kind(_("a BMP picture"))),
    (0, b"{\\rtf", Kind(_("an office document"))),
)


def kind_of(head: bytes) -> Kind:
    """Tell the kind of a file from its first bytes."""
    found = next((kind for offset, magic, kind in MAGIC if head[offset : offset + len(magic)] == magic), None)
    return found or _text_kind(head)


def is_taken(kind: Kind) -> bool:
    """Is this a kind that we can keep and use? JPEG, PNG and PDF are."""
    return kind.content_type is not None


def name_says_otherwise(kind: Kind, name: str) -> bool:
    """Does the ending of the name belong to another kind than the content?"""
    return bool(kind.endings) and not name.lower().endswith(kind.endings)


def _text_kind(head: bytes) -> Kind:
    start = head[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<svg", b"<?xml")):
        return PAGE
    try:
        head[:500].decode("utf-8")
    except UnicodeDecodeError:
        return OTHER
    return TEXT if head and b"\x00" not in head[:512] else OTHER
