"""A file is what its content says."""

import pytest

from intake import filetypes
from intake.filetypes import kind_of


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe1 photo", filetypes.JPEG),
        (b"\x89PNG\r\n\x1a\n....", filetypes.PNG),
        (b"%PDF-1.7\n", filetypes.PDF),
        (b"MZ\x90\x00", filetypes.PROGRAM),
        (b"\x00\x00\x00\x18ftypheic", filetypes.HEIC),
        (b"\x00\x00\x00\x18ftypmp42", filetypes.VIDEO),
        (b"OggS\x00", filetypes.SOUND),
        (b"  <!DOCTYPE html><script>", filetypes.PAGE),
        (b"<svg xmlns=", filetypes.PAGE),
        ("Мяне спынілі".encode(), filetypes.TEXT),
        (b"\x01\x02\x00\xff\xfe", filetypes.OTHER),
        (b"", filetypes.OTHER),
    ],
)
def test_the_kind_by_the_first_bytes(head: bytes, kind: filetypes.Kind) -> None:
    assert kind_of(head) == kind


def test_only_pictures_and_pdf_are_taken() -> None:
    taken = {kind.content_type for _, _, kind in filetypes.MAGIC if filetypes.is_taken(kind)}
    assert taken == {"image/jpeg", "image/png", "application/pdf"}


def test_a_name_that_says_another_kind_is_noticed() -> None:
    assert filetypes.name_says_otherwise(filetypes.PNG, "двор.jpg")
    assert not filetypes.name_says_otherwise(filetypes.JPEG, "ДВОР.JPG")
