"""Pages drawn as pictures, for PDFs whose fonts are not inside: every reader then sees the same. Runs in the child."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from cases.dossier.errors import ExhibitUnusable

DPI = 200
PIXELS = 20_000_000  # of one page; larger pages are drawn more coarsely
QUALITY = 88


def drawn(copy: Pdf) -> Pdf:
    """A new PDF with each page of `copy` as one picture of the same size. Raises ExhibitUnusable: unreadable."""
    body = BytesIO()
    copy.save(body)
    target = Pdf.new()
    try:
        source = pypdfium2.PdfDocument(body.getvalue())
        for page in source:
            _append(target, page)
        source.close()
    except pypdfium2.PdfiumError as error:
        raise ExhibitUnusable("unreadable") from error
    return target


def picture(copy: Pdf, long_side: int) -> Image.Image:
    """The first page of `copy` as a picture no larger than `long_side`. Raises ExhibitUnusable: unreadable."""
    body = BytesIO()
    copy.save(body)
    try:
        source = pypdfium2.PdfDocument(body.getvalue())
        page = source[0]
        image: Image.Image = page.render(scale=long_side / max(*page.get_size(), 1)).to_pil().convert("RGB")
        page.close()
        source.close()
    except pypdfium2.PdfiumError as error:
        raise ExhibitUnusable("unreadable") from error
    return image


def _append(target: Pdf, page: pypdfium2.PdfPage) -> None:
    width, height = page.get_size()  # points, turned as a reader shows it
    scale = min(DPI / 72, (PIXELS / max(width * height, 1)) ** 0.5)
    image = page.render(scale=scale).to_pil().convert("RGB")
    page.close()
    picture = BytesIO()
    image.save(picture, "JPEG", quality=QUALITY)
    placed = target.make_stream(picture.getvalue())
    placed.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height, ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8, Filter=Name.DCTDecode,
        )
    )  # fmt: skip
    content = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Picture Do Q".encode()
    fresh = Dictionary(
        Type=Name.Page, MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
        Resources=Dictionary(XObject=Dictionary(Picture=placed)), Contents=target.make_stream(content),
    )  # fmt: skip
    target.pages.append(pikepdf.Page(target.make_indirect(fresh)))
