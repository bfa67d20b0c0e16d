"""Exhibits prepared for filing: each becomes a stamped PDF; a file that cannot be converted becomes a sheet.

One bad file never stops a dossier. The original is not touched; it goes into the package byte for byte.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from cases.dossier import slip
from cases.dossier.context import FiledExhibit
from cases.dossier.errors import RenderFailed
from cases.dossier.inputs import ExhibitInput
from cases.dossier.render import COPY, DOCUMENT, Rendered, released
from cases.dossier.sandbox import Limits, run

KINDS = {"image/jpeg": "picture", "image/png": "picture", "application/pdf": "document"}


@dataclass(frozen=True)
class Prepared:
    """The filed exhibit and its PDF bytes."""

    filed: FiledExhibit
    body: bytes


def prepare_exhibit(
    exhibit: ExhibitInput,
    original: bytes,
    *,
    reference: str,
    built_on: str,
    tmpfs: Path,
    limits: Limits | None = None,
) -> Prepared:
    """Clean, stamp and bind one exhibit in a child process.

    Never fails because of the file: whatever happens, at least the sheet is made. Raises RenderFailed only when the
    sheet itself cannot be rendered.
    """
    limits = limits or Limits()
    task = {"exhibit": asdict(exhibit), "reference": reference, "built_on": built_on}
    try:
        answer = run("exhibit", [json.dumps(task).encode(), original], day=built_on, tmpfs=tmpfs, limits=limits)
        made = released(answer[0], COPY, day=built_on, tmpfs=tmpfs)
        return Prepared(_filed(exhibit, KINDS[exhibit.content_type], made, ""), made.body)
    except RenderFailed as error:
        values = slip.sheet(exhibit, reference, built_on, error.code)
        sheet = run("sheet", [json.dumps(values).encode()], day=built_on, tmpfs=tmpfs, limits=Limits())
        made = released(sheet[0], DOCUMENT, day=built_on, tmpfs=tmpfs)
        return Prepared(_filed(exhibit, "sheet", made, slip.SHORT), made.body)


def _filed(exhibit: ExhibitInput, kind: str, made: Rendered, note: str) -> FiledExhibit:
    digest = hashlib.sha256(made.body).hexdigest()
    return FiledExhibit(exhibit.label, f"{exhibit.label}_{kind}.pdf", digest, made.pages, note)
