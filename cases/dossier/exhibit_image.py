"""Pictures rebuilt from their pixels: nothing that is not visible gets into the filed copy. Runs in the child."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from cases.dossier.errors import ExhibitUnusable

PIXELS = 100_000_000  # more is refused; JPEG is decoded at a fraction of its size first
LONG_SIDE = 3_200  # about 300 dpi over the height of the page
QUALITY = 90


@dataclass(frozen=True)
class Picture:
    """A rebuilt picture: bytes, content type, notes for the slip."""

    body: bytes
    content_type: str
    notes: tuple[str, ...]


def rebuild(original: bytes) -> Picture:
    """Decode, turn upright, convert to sRGB, make a new picture of the pixels alone, encode it again.

    Raises ExhibitUnusable: unreadable, pixels.
    """
    image = _opened(original)
    kind = image.format
    upright = _plain(ImageOps.exif_transpose(_loaded(image)))
    shrunk = upright.copy()
    shrunk.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    fresh = Image.frombytes("RGB", shrunk.size, shrunk.tobytes())
    body = BytesIO()
    if kind == "PNG":
        fresh.save(body, "PNG", optimize=False)
        return Picture(body.getvalue(), "image/png", _notes(image.size, fresh.size))
    fresh.save(body, "JPEG", quality=QUALITY, subsampling=0)
    return Picture(body.getvalue(), "image/jpeg", _notes(image.size, fresh.size))


def _opened(original: bytes) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # our own limit below counts after the reduced decoding of JPEG
    try:
        image: Image.Image = Image.open(BytesIO(original), formats=("JPEG", "PNG"))
    except (OSError, SyntaxError, ValueError) as error:
        raise ExhibitUnusable("unreadable") from error
    return image


def _loaded(image: Image.Image) -> Image.Image:
    """Decode into memory, JPEG at a reduced scale when it is far larger than the page needs."""
    image.draft("RGB", (LONG_SIDE, LONG_SIDE))
    if image.width * image.height > PIXELS:
        raise ExhibitUnusable("pixels")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise ExhibitUnusable("unreadable") from error
    return image


def _plain(image: Image.Image) -> Image.Image:
    """Eight-bit RGB on white, colours moved to sRGB when the file says what they are."""
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    if "A" in image.mode or "transparency" in image.info:
        over = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", over.size, "white"), over).convert("RGB")
    elif profile := image.info.get("icc_profile"):
        image = _to_srgb(image, profile)
    return image.convert("RGB")


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        moved = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return moved or image


def _notes(before: tuple[int, int], after: tuple[int, int]) -> tuple[str, ...]:
    size = f"{after[0]} × {after[1]} pixels"
    if max(before) > LONG_SIDE:
        return (f"picture of {size}, reduced for print",)
    return (f"picture of {size}",)
