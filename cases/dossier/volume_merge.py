"""The pages of several copies in one file, behind a sheet that lists them. Runs in the child."""

from __future__ import annotations

import json
from io import BytesIO

import pikepdf
from pikepdf import OutlineItem, Pdf

from cases.dossier.errors import RenderFailed
from cases.dossier.html import Archival, to_pdf

OF_ITS_FILE = ("/StructParents", "/Tabs")  # what a page says of a structure that stays behind


def volume(parts: list[bytes]) -> list[bytes]:
    """Job "volume". parts: JSON for the sheet, JSON of the pieces, and for each piece the PDF that it is taken from.

    Raises RenderFailed("check-sheet") when the sheet is not as long as the plan of the volume has it.
    """
    values, pieces, *bodies = json.loads(parts[0]), *parts[1:]
    with Pdf.open(BytesIO(to_pdf("volume.html", values, Archival.NO))) as bound:
        if len(bound.pages) != len(values["sheets"]):
            raise RenderFailed("check-sheet")
        with bound.open_outline() as outline:
            for piece, body in zip(json.loads(pieces), bodies, strict=True):
                begins = len(bound.pages)
                _append(bound, body, piece["first"], piece["last"])
                outline.root.append(OutlineItem(piece["label"], begins))
        result = BytesIO()
        bound.save(result, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return [result.getvalue()]


def _append(bound: Pdf, body: bytes, first: int, last: int) -> None:
    with Pdf.open(BytesIO(body)) as source:
        for page in source.pages[first - 1 : last]:
            for key in OF_ITS_FILE:
                if key in page.obj:
                    del page.obj[key]
            bound.pages.append(page)
