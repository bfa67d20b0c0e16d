"""Pictures rebuilt from their pixels: nothing that is not visible gets into the filed copy. Runs in the child."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageFile, ImageOps

from cases.dossier.errors import ExhibitUnusable

PIXELS = 100_000_000  # more is refused; JPEG is decoded at a fraction of its size first
LONG_SIDE = 3_200  # about 300 dpi over the height of the page
QUALITY = 90
REDUCED, CUT = "reduced", "cut"  # codes of notes: the end of the file is missing, what could be read is shown


@dataclass(frozen=True)
class Picture:
    """A rebuilt picture: bytes, content type, notes for the slip as codes with their numbers."""

    body: bytes
    content_type: str
    notes: tuple[str, ...]


def rebuild(original: bytes) -> Picture:
    """Decode, turn upright, convert to sRGB, make a new picture of the pixels alone, encode it again.

    A picture whose end is missing is copied as far as it goes, and says so. Raises ExhibitUnusable: unreadable, pixels.
    """
    image, notes = _loaded(original)
    fresh = _upright(image, LONG_SIDE)
    body = BytesIO()
    if image.format == "PNG":
        fresh.save(body, "PNG")
    else:
        fresh.save(body, "JPEG", quality=QUALITY, subsampling=0)
    size = f"picture {fresh.width} {fresh.height}"
    return Picture(body.getvalue(), "image/png" if image.format == "PNG" else "image/jpeg", (size, *notes))


def pixels(original: bytes, long_side: int) -> Image.Image:
    """The pixels alone, upright, in sRGB, no larger than `long_side`. Raises ExhibitUnusable: unreadable, pixels."""
    return _upright(_loaded(original)[0], long_side)


def _upright(image: Image.Image, long_side: int) -> Image.Image:
    if image.mode not in {"P", "1"} and not image.mode.startswith("I"):
        image.thumbnail((long_side, long_side), Image.Resampling.LANCZOS)  # early: what follows makes copies
    shown = _plain(ImageOps.exif_transpose(image))
    shown.thumbnail((long_side, long_side), Image.Resampling.LANCZOS)
    return Image.frombytes("RGB", shown.size, shown.tobytes())


def _loaded(original: bytes) -> tuple[Image.Image, tuple[str, ...]]:
    """The picture in memory, with notes on what differs from the original."""
    for leniently in (False, True):
        image, notes = _opened(original)
        ImageFile.LOAD_TRUNCATED_IMAGES = leniently  # a switch of the whole process, which others set too
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                image.load()
        except (OSError, SyntaxError, ValueError):
            continue
        return image, (*notes, CUT) if leniently else notes
    raise ExhibitUnusable("unreadable")


def _opened(original: bytes) -> tuple[Image.Image, tuple[str, ...]]:
    """The picture before decoding; JPEG is set to a reduced scale when it is far larger than the page needs."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit counts after that reduction
    try:
        image: Image.Image = Image.open(BytesIO(original), formats=("JPEG", "PNG"))
        notes = (REDUCED,) if max(image.size) > LONG_SIDE else ()
        image.draft("RGB", (LONG_SIDE, LONG_SIDE))
    except (OSError, SyntaxError, ValueError) as error:
        raise ExhibitUnusable("unreadable") from error
    if image.width * image.height > PIXELS:
        raise ExhibitUnusable("pixels")
    return image, notes


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
