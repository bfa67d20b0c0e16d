"""Jobs of the viewer: how many pages an exhibit has, and one of them as a picture or as text. Runs in the child."""

from __future__ import annotations

import json
from io import BytesIO

from PIL import Image

from cases.dossier import exhibit_image, exhibit_pdf
from cases.dossier.errors import ExhibitUnusable
from cases.dossier.exhibit_drawn import picture
from cases.dossier.exhibit_text import pages_of

SMALL, LARGE = 560, 1_700  # pixels of the long side
QUALITY = 85
JPEG, TEXT = b"image/jpeg", b"text/plain"


def look(parts: list[bytes]) -> list[bytes]:
    """Job "look". parts: content type; the original. Returns the number of pages in digits. Raises ExhibitUnusable."""
    content_type, original = parts[0].decode(), parts[1]
    if content_type == "application/pdf":
        return [str(exhibit_pdf.count_pages(original)).encode()]
    if content_type == "text/plain":
        return [str(len(pages_of(original)[0])).encode()]
    exhibit_image.pixels(original, SMALL)
    return [b"1"]


def page(parts: list[bytes]) -> list[bytes]:
    """Job "page". parts: JSON with content_type, page, is_large; the original.

    Returns the content type and the body. What is not large is grey as well. Raises ExhibitUnusable.
    """
    task, original = json.loads(parts[0]), parts[1]
    if task["content_type"] == "text/plain":
        return [TEXT, _text(original, task["page"]).encode()]
    side = LARGE if task["is_large"] else SMALL
    if task["content_type"] == "application/pdf":
        drawn = picture(exhibit_pdf.one_page(original, task["page"]), side)
    else:
        drawn = exhibit_image.pixels(original, side)
    return [JPEG, _encoded(drawn if task["is_large"] else drawn.convert("L"))]


def _text(original: bytes, number: int) -> str:
    pages, _ = pages_of(original)
    if not 0 < number <= len(pages):
        raise ExhibitUnusable("page")
    return pages[number - 1]


def _encoded(image: Image.Image) -> bytes:
    body = BytesIO()
    image.save(body, "JPEG", quality=QUALITY)
    return body.getvalue()
