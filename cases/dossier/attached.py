"""What lies inside the main document as data: the exhibits with their hashes, as JSON and as CSV.

The manifest of the package cannot lie there, because it holds the hash of this document. Neither file has the title of
an exhibit or any other word that a person typed: only labels, kinds, days, sizes, pages, hashes, and names we gave.
"""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, dataclass
from io import StringIO

from cases.dossier.binding import places
from cases.dossier.context import FiledExhibit, Material
from cases.dossier.document import Attached
from cases.dossier.inputs import ExhibitInput

FORMAT = "dossier-exhibits/1"
MANIFEST, INDEX = "exhibit-manifest.json", "exhibit-index.csv"
COPY, SHEET = "copy", "sheet"  # what is filed


@dataclass(frozen=True)
class Row:
    """One exhibit, in the English of the manifest. volume, page: where it is bound, 0 if it is not."""

    exhibit: str
    type: str
    bytes: int
    received_on: str
    original: str
    original_sha256: str
    filed_as: str
    filed: str
    filed_sha256: str
    pages: int
    volume: int
    page: int
    derived: str


def attached(material: Material) -> tuple[Attached, ...]:
    """Exhibit index and exhibit manifest, in the order of their names; nothing where there is no exhibit."""
    filed, bound = {copy.label: copy for copy in material.filed}, places(material.filed)
    rows = [
        _row(exhibit, filed[exhibit.label], bound.get(exhibit.label, (0, 0)))
        for exhibit in material.data.exhibits
        if exhibit.label in filed
    ]
    if not rows:
        return ()
    return (
        Attached(INDEX, "Exhibit index as a table", _index(rows)),
        Attached(MANIFEST, "Exhibits with hashes of originals and filed copies", _manifest(material, rows)),
    )


def _row(exhibit: ExhibitInput, copy: FiledExhibit, bound: tuple[int, int]) -> Row:
    return Row(
        exhibit=exhibit.label,
        type=exhibit.content_type,
        bytes=exhibit.size,
        received_on=exhibit.received_on,
        original=exhibit.original if exhibit.sha256 else "",
        original_sha256=exhibit.sha256,
        filed_as=SHEET if copy.note else COPY,
        filed=copy.file_name,
        filed_sha256=copy.sha256,
        pages=copy.pages,
        volume=bound[0],
        page=bound[1],
        derived=copy.derived,
    )


def _manifest(material: Material, rows: list[Row]) -> str:
    data = material.data
    says = {
        "format": FORMAT, "reference": data.reference, "rendering": data.rendering, "built_on": data.built_on,
        "data_sha256": data.digest(),
        "exhibits": [asdict(row) for row in rows],
    }  # fmt: skip
    return json.dumps(says, indent=1, ensure_ascii=True) + "\n"


def _index(rows: list[Row]) -> str:
    table = StringIO()
    writer = csv.DictWriter(table, list(asdict(rows[0])))
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return table.getvalue()
