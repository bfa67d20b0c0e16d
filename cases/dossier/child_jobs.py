"""What the child can be asked to do. Only the child imports this module: it loads WeasyPrint, pikepdf and Pillow."""

from __future__ import annotations

import json
from collections.abc import Callable

from cases.dossier.exhibit_copy import exhibit_copy
from cases.dossier.html import Archival, to_pdf


def _document(template: str) -> Callable[[list[bytes]], list[bytes]]:
    def job(parts: list[bytes]) -> list[bytes]:
        return [to_pdf(template, json.loads(parts[0]), Archival.YES)]

    return job


JOBS: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "complaint": _document("complaint.html"),
    "cover": _document("letter.html"),
    "note": _document("note.html"),
    "sheet": _document("exhibit.html"),
    "exhibit": exhibit_copy,
}
