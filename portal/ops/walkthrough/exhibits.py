"""The invented files of the walkthrough: a photograph with GPS data, a paper of two pages, a picture of a screen."""

import io
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw

PAGE = (595, 842)  # points, A4
LATITUDE, LONGITUDE = (53.0, 54.0, 7.9), (27.0, 33.0, 41.4)  # degrees, minutes, seconds; a public square


def photograph(path: Path, marker: str = "invented photograph") -> Path:
    """Write a JPEG of a wall with a camera's EXIF data, GPS position and a comment that holds `marker`."""
    image = Image.new("RGB", (1200, 900), (168, 158, 140))
    drawing = ImageDraw.Draw(image)
    for row in range(0, 900, 60):
        for column in range((row // 60 % 2) * 60 - 60, 1200, 120):
            drawing.rectangle((column, row, column + 116, row + 56), outline=(120, 108, 92))
    exif = image.getexif()
    exif[0x010E] = marker  # ImageDescription
    exif[0x0110] = "Invented Phone 5"  # Model
    gps = exif.get_ifd(0x8825)
    gps.update({1: "N", 2: LATITUDE, 3: "E", 4: LONGITUDE, 29: "2020:08:14"})
    exif[0x8825] = gps
    image.save(path, "JPEG", quality=85, exif=exif, comment=marker.encode())
    return path


def paper(path: Path, marker: str = "invented paper") -> Path:
    """Write a PDF of two pages with real text that holds `marker`, an author in its metadata, and a script."""
    with pikepdf.new() as document:
        for number in (1, 2):
            document.pages.append(_page(document, f"Record of detention, page {number} of 2. {marker}"))
        document.docinfo["/Author"] = marker
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('hello')")
        document.save(path)
    return path


def screenshot(path: Path) -> Path:
    """Write a small PNG of a chat, as a phone saves it."""
    image = Image.new("RGB", (360, 640), (236, 233, 226))
    drawing = ImageDraw.Draw(image)
    for row, width in enumerate((220, 150, 260, 190)):
        drawing.rounded_rectangle((20, 40 + 90 * row, 20 + width, 100 + 90 * row), 12, fill=(255, 255, 255))
    image.save(path, "PNG")
    return path


def _page(document: pikepdf.Pdf, text: str) -> pikepdf.Page:
    font = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    body = io.BytesIO()
    body.write(b"BT /F1 14 Tf 72 740 Td (" + text.encode("ascii") + b") Tj ET\n")
    for line in range(12):
        body.write(f"BT /F1 11 Tf 72 {700 - 22 * line} Td (Invented line {line + 1} of a form.) Tj ET\n".encode())
    page = document.add_blank_page(page_size=PAGE)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = document.make_stream(body.getvalue())
    del document.pages[-1]
    return page
