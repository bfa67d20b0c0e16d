"""A file is what its content says."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from cases import filetypes
from cases.exhibit_types import TYPES
from cases.filetypes import kind_of


def media(brand: bytes, *others: bytes) -> bytes:
    """The beginning of an ISO base media file."""
    body = b"ftyp" + brand + bytes(4) + b"".join(others)
    return struct.pack(">I", len(body) + 4) + body + b"\0\0\0\x08mdat"


def zipped(*names: str, first: tuple[str, str] | None = None) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(*first, compress_type=zipfile.ZIP_STORED)
        for name in names:
            archive.writestr(name, "words " * 50)
    return body.getvalue()[:8192]


ODT = "application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe1 photo", filetypes.JPEG),
        (b"\x89PNG\r\n\x1a\n....", filetypes.PNG),
        (b"%PDF-1.7\n", filetypes.PDF),
        (media(b"heic", b"mif1", b"heic"), filetypes.HEIC),
        (media(b"mif1", b"mif1", b"heic"), filetypes.HEIC),
        (media(b"mif1", b"avif", b"mif1"), filetypes.PICTURE),
        (media(b"avif", b"mif1"), filetypes.PICTURE),
        (media(b"isom", b"isom", b"mp42"), filetypes.MP4),
        (media(b"mp42"), filetypes.MP4),
        (media(b"????", b"isom"), filetypes.MP4),
        (media(b"????"), filetypes.VIDEO),
        (media(b"qt  "), filetypes.MOV),
        (media(b"3gp4", b"isom"), filetypes.THREE_GP),
        (media(b"M4A ", b"mp42"), filetypes.M4A),
        (b"\x00\x00\x00\x18ftyp", filetypes.VIDEO),
        (b"OggS\x00", filetypes.OGG),
        (zipped("word/document.xml", first=("[Content_Types].xml", "x")), filetypes.DOCX),
        (zipped("xl/workbook.xml", first=("[Content_Types].xml", "x")), filetypes.ZIP),
        (zipped("content.xml", first=("mimetype", ODT)), filetypes.ODT),
        (zipped("content.xml", first=("mimetype", "application/epub+zip")), filetypes.ZIP),
        (zipped("двор.jpg"), filetypes.ZIP),
        (b"PK\x05\x06" + bytes(18), filetypes.ZIP),
        (zipped("AndroidManifest.xml", "classes.dex"), filetypes.PROGRAM),
        (zipped("META-INF/MANIFEST.MF"), filetypes.PROGRAM),
        (b"PK\x03\x04 cut", filetypes.ZIP),
        (b"MZ\x90\x00", filetypes.PROGRAM),
        (b"\x7fELF", filetypes.PROGRAM),
        (b"#!/bin/sh\n", filetypes.PROGRAM),
        (b"#!AMR\n", filetypes.SOUND),
        (b"ID3\x03", filetypes.SOUND),
        (b"\xd0\xcf\x11\xe0", filetypes.OFFICE),
        (b"Rar!\x1a", filetypes.ARCHIVE),
        (b"  <!DOCTYPE html><script>", filetypes.PAGE),
        (b"<svg xmlns=", filetypes.PAGE),
        ("Мяне спынілі".encode(), filetypes.TEXT),
        ("Мяне спынілі ў двары".encode("cp1251"), filetypes.TEXT),
        ("Мяне спынілі".encode("utf-16"), filetypes.TEXT),
        ("ы".encode() * 4096, filetypes.TEXT),
        (b"a" + "ы".encode() * 4096, filetypes.TEXT),
        (b"\x01\x02\x00\xff\xfe", filetypes.OTHER),
        (bytes(range(128, 256)) * 4, filetypes.OTHER),
        (b"", filetypes.OTHER),
    ],
)
def test_the_kind_by_the_first_bytes(head: bytes, kind: filetypes.Kind) -> None:
    assert kind_of(head) == kind


def test_every_kind_that_is_taken_is_one_that_staff_and_dossiers_know() -> None:
    assert {kind.content_type for kind in filetypes.TAKEN} == set(TYPES)
    assert all(kind.content_type is None for _, _, kind in filetypes.MAGIC if kind not in filetypes.TAKEN)


def test_every_kind_is_either_printed_or_says_why_not() -> None:
    assert all(bool(kind.copy) != bool(kind.apart) for kind in TYPES.values())


def test_a_name_that_says_another_kind_is_noticed() -> None:
    assert filetypes.name_says_otherwise(filetypes.PNG, "двор.jpg")
    assert not filetypes.name_says_otherwise(filetypes.JPEG, "ДВОР.JPG")
