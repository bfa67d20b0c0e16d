"""What cameras hide in pictures is gone from copies; the pixels are not."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from cases.dossier.errors import ExhibitUnusable
from cases.dossier.exhibit_image import LONG_SIDE, rebuild
from cases.dossier.jpeg import strip_jp2, strip_jpeg
from tests.factories.dossier import CAMERA, photograph

HIDDEN = (b"Exif", CAMERA.encode(), b"Invented", b"http://ns.adobe.com", b"ICC_PROFILE")


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    body = BytesIO()
    image.save(body, kind, **options)
    return body.getvalue()


def opened(body: bytes) -> Image.Image:
    return Image.open(BytesIO(body))


def test_the_invented_photograph_has_a_place_to_lose():
    exif = opened(photograph()).getexif()
    assert exif.get_ifd(0x8825)[2][0] == 53
    assert all(mark in photograph() for mark in HIDDEN[:3])


def test_a_rebuilt_photograph_has_no_hidden_data_and_stands_upright():
    picture = rebuild(photograph())
    copy = opened(picture.body)
    assert (copy.size, copy.mode, picture.content_type) == ((1200, 1600), "RGB", "image/jpeg")
    assert not copy.getexif()
    assert {"exif", "comment", "icc_profile", "xmp"}.isdisjoint(copy.info)
    assert not any(mark in picture.body for mark in HIDDEN)


def test_the_pixels_are_those_of_the_original():
    turned = opened(photograph()).transpose(Image.Transpose.ROTATE_270).convert("RGB")
    difference = ImageChops.difference(turned, opened(rebuild(photograph()).body))
    assert max(high for _, high in difference.getextrema()) < 40


def test_a_png_loses_its_texts_and_shows_white_where_it_was_clear():
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_itxt("Author", "Invented Author")
    original = saved(Image.new("RGBA", (40, 30), (0, 0, 0, 0)), "PNG", pnginfo=notes, dpi=(72, 72))
    picture = rebuild(original)
    copy = opened(picture.body)
    assert picture.content_type == "image/png"
    assert copy.getpixel((5, 5)) == (255, 255, 255)
    assert b"Invented" not in picture.body
    assert copy.info == {}


@pytest.mark.parametrize("mode", ["L", "P", "1", "I;16", "LA", "CMYK"])
def test_every_mode_becomes_plain_colour(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert opened(rebuild(saved(Image.new(mode, (20, 10)), kind)).body).mode == "RGB"


def test_colours_of_a_wide_profile_are_moved_before_the_profile_goes():
    from PIL import ImageCms

    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    original = saved(Image.new("RGB", (20, 10), "#406080"), "JPEG", icc_profile=lab, quality=95)
    copy = opened(rebuild(original).body)
    assert all(abs(a - b) < 6 for a, b in zip(copy.getpixel((5, 5)), (0x40, 0x60, 0x80), strict=True))
    assert "icc_profile" not in copy.info


def test_a_broken_profile_does_not_matter():
    original = saved(Image.new("RGB", (20, 10), "red"), "JPEG", icc_profile=b"\xff" * 300)
    assert opened(rebuild(original).body).size == (20, 10)


def test_large_pictures_are_reduced_and_say_so():
    picture = rebuild(saved(Image.new("RGB", (LONG_SIDE * 2, 100)), "JPEG"))
    assert opened(picture.body).width == LONG_SIDE
    assert picture.notes == (f"picture {LONG_SIDE} 50", "reduced")


def test_a_cut_picture_is_shown_as_far_as_it_goes():
    picture = rebuild(photograph()[:40_000])
    assert opened(picture.body).size == (1200, 1600)
    assert picture.notes[-1] == "cut"
    assert len(rebuild(photograph()).notes) == 1


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xd8", b"GIF89a" + bytes(99), b"\x89PNG\r\n\x1a\n", photograph()[:600], b"%PDF-1.7"]
)
def test_what_is_no_whole_picture_is_unusable(body):
    with pytest.raises(ExhibitUnusable, match="unreadable"):
        rebuild(body)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded():
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    with pytest.raises(ExhibitUnusable, match="pixels"):
        rebuild(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b""))


def test_a_stripped_stream_shows_the_same_pixels():
    stripped = strip_jpeg(photograph())
    assert ImageChops.difference(opened(photograph()), opened(stripped)).getbbox() is None
    assert not any(mark in stripped for mark in HIDDEN)
    assert not opened(stripped).getexif()


def test_a_progressive_stream_with_restarts_and_a_tail_is_stripped_too():
    noise = Image.effect_noise((200, 150), 80).convert("RGB")
    body = saved(noise, "JPEG", progressive=True, restart_marker_rows=2, exif=opened(photograph()).getexif())
    stripped = strip_jpeg(body + b"hidden tail")
    assert ImageChops.difference(opened(body), opened(stripped)).getbbox() is None
    assert b"hidden tail" not in stripped


def test_colour_coding_survives_stripping():
    body = saved(Image.new("CMYK", (20, 10), (10, 200, 30, 40)), "JPEG", quality=95)
    assert opened(strip_jpeg(body)).getpixel((5, 5)) == opened(body).getpixel((5, 5))


def test_a_jpeg_2000_keeps_only_its_picture():
    body = saved(Image.new("RGB", (32, 16), "green"), "JPEG2000", comment="Invented comment")
    uuid = b"Invented box"
    boxed = body + (len(uuid) + 8).to_bytes(4, "big") + b"uuid" + uuid
    stripped = strip_jp2(boxed)
    assert b"Invented" not in stripped
    assert opened(stripped).convert("RGB").getpixel((3, 3)) == opened(body).convert("RGB").getpixel((3, 3))


@given(st.binary(max_size=400))
def test_random_bytes_never_do_worse_than_being_refused(tail):
    for strip, head in ((strip_jpeg, b"\xff\xd8"), (strip_jp2, b""), (strip_jp2, b"\xff\x4f")):
        with suppress(ExhibitUnusable):
            assert len(strip(head + tail)) <= len(head + tail) + 2
