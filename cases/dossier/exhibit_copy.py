"""From an original file to the stamped PDF that is filed. Runs in the child."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

import pikepdf

from cases.dossier import derived, exhibit_image, exhibit_pdf, slip
from cases.dossier.exhibit_drawn import drawn
from cases.dossier.exhibit_text import pages_of
from cases.dossier.html import Archival, to_pdf
from cases.dossier.inputs import ExhibitInput
from cases.dossier.plain import revive
from cases.dossier.variant import Variant

POINT = 72 / 25.4
# The box of a copied page on A4 in points: margins 12 mm left and right, 16 mm below, 22 mm above for the stamp.
COPY_BOX = pikepdf.Rectangle(12 * POINT, 16 * POINT, 198 * POINT, 275 * POINT)
GAP = 2.0  # points between the copy and the hairline around it
PICTURE = "asset:picture"
Head = Callable[[tuple[str, ...], int], dict[str, Any]]  # notes and number of pages -> values of the template


def exhibit_copy(parts: list[bytes]) -> list[bytes]:
    """Job "exhibit". parts: JSON with exhibit, reference, built_on, texts of the variant; the original bytes.

    Returns the PDF, and how it was made. Raises ExhibitUnusable.
    """
    task = json.loads(parts[0])
    exhibit = revive(ExhibitInput, task["exhibit"], "exhibit")
    make = {"application/pdf": _document, "text/plain": _text}.get(exhibit.content_type, _picture)
    head = partial(slip.values, exhibit, task["reference"], task["built_on"], words=Variant(task["texts"]))
    pdf, made = make(head, parts[1])
    return [pdf, made.encode()]


def _picture(head: Head, original: bytes) -> tuple[bytes, str]:
    picture = exhibit_image.rebuild(original)
    values = head(picture.notes, 1)
    values["pages"][0]["image"] = PICTURE
    settings = f"longest side {exhibit_image.LONG_SIDE}"
    if picture.content_type == "image/jpeg":
        settings += f", JPEG {exhibit_image.QUALITY}"
    pdf = to_pdf("exhibit.html", values, Archival.YES, {PICTURE: (picture.body, picture.content_type)})
    return pdf, derived.line(derived.PIXELS, "pillow", "weasyprint", settings=settings)


def _text(head: Head, original: bytes) -> tuple[bytes, str]:
    texts, notes = pages_of(original)
    values = head(notes, len(texts))
    for page, text in zip(values["pages"], texts, strict=True):
        page["text"] = text
    return to_pdf("exhibit.html", values, Archival.YES), derived.line(derived.TYPED, "weasyprint")


def _document(head: Head, original: bytes) -> tuple[bytes, str]:
    copy, notes = exhibit_pdf.rebuild(original, drawn)
    count = len(copy.pages)
    stamped = to_pdf("exhibit.html", head(notes, count), Archival.NO)
    with pikepdf.open(BytesIO(stamped)) as base:
        first = len(base.pages) - count
        for number, page in enumerate(copy.pages):
            own = base.pages[first + number]
            own.obj.Resources = pikepdf.Dictionary(dict(own.obj.Resources.items()))  # the pages of the base share one
            own.obj.Resources.XObject = pikepdf.Dictionary()
            _place(own, page)
        result = BytesIO()
        base.save(result, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return result.getvalue(), _made(notes)


def _made(notes: tuple[str, ...]) -> str:
    if exhibit_pdf.DRAWN in notes:
        return derived.line(derived.DRAWN, "pypdfium2", "pikepdf", "weasyprint")
    return derived.line(derived.PAGES, "pikepdf", "weasyprint")


def _place(base: pikepdf.Page, copy: pikepdf.Page) -> None:
    """Draw a copied page into the box, turned and scaled to fit; under a fixed name, or no two runs would be equal."""
    name = base.add_resource(copy.as_form_xobject(), pikepdf.Name.XObject, pikepdf.Name("/Copy"))
    drawn = base.obj.Resources.XObject[name]
    placement = base.calc_form_xobject_placement(
        drawn, name, COPY_BOX, invert_transformations=True, allow_shrink=True, allow_expand=True
    )
    base.contents_add(b"q\n", prepend=True)
    base.contents_add(b"Q\n" + placement + _frame(copy))
    base.contents_coalesce()


def _frame(copy: pikepdf.Page) -> bytes:
    """A hairline just outside the copied page, which shows where it ends."""
    box = pikepdf.Rectangle(copy.trimbox)
    across, up = (box.height, box.width) if copy.rotation % 180 else (box.width, box.height)
    scale = min(COPY_BOX.width / across, COPY_BOX.height / up)
    width, height = across * scale, up * scale
    left = (COPY_BOX.llx + COPY_BOX.urx - width) / 2 - GAP
    below = (COPY_BOX.lly + COPY_BOX.ury - height) / 2 - GAP
    return f"q 0.5 w 0.6 G {left:.2f} {below:.2f} {width + 2 * GAP:.2f} {height + 2 * GAP:.2f} re S Q\n".encode()
