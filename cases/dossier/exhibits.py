"""Exhibits prepared for filing: each becomes a stamped PDF; a file that cannot be converted becomes a sheet.

One bad file never stops a dossier. The original is not touched; it goes into the package byte for byte.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from cases.dossier import derived, slip
from cases.dossier.context import FiledExhibit
from cases.dossier.errors import RenderFailed
from cases.dossier.inputs import ExhibitInput
from cases.dossier.render import COPY, DOCUMENT, Rendered, released
from cases.dossier.sandbox import Limits, run
from cases.dossier.variant import Variant
from cases.exhibit_types import TYPES


@dataclass(frozen=True)
class Prepared:
    """The filed exhibit and its PDF bytes."""

    filed: FiledExhibit
    body: bytes

    def chunks(self) -> list[bytes]:
        """The bytes as one piece."""
        return [self.body]


def prepare_exhibit(
    exhibit: ExhibitInput,
    original: bytes,
    *,
    reference: str,
    built_on: str,
    tmpfs: Path,
    words: Variant,
    limits: Limits | None = None,
) -> Prepared:
    """Clean, stamp and bind one exhibit in a child process. words: the variant, for slip and stamps.

    One without a hash is withheld in this rendering: there is a sheet alone, and `original` is not looked at.
    Never fails because of the file: whatever happens, at least the sheet is made. Raises RenderFailed only when the
    sheet itself cannot be rendered.
    """
    if not exhibit.sha256:
        return _sheet(exhibit, slip.WITHHELD, words, reference, built_on, tmpfs)
    kind = TYPES[exhibit.content_type]
    if not kind.copy:
        return _sheet(exhibit, slip.NOT_PRINTED, words, reference, built_on, tmpfs)
    task = {"exhibit": asdict(exhibit), "reference": reference, "built_on": built_on, "texts": words.texts}
    parts = [json.dumps(task).encode(), original]
    try:
        answer = run("exhibit", parts, day=built_on, tmpfs=tmpfs, limits=limits or Limits())
        made = released(answer[0], COPY, day=built_on, tmpfs=tmpfs)
        return Prepared(_filed(exhibit, kind.copy, made, "", answer[1].decode()), made.body)
    except RenderFailed as error:
        return _sheet(exhibit, error.code, words, reference, built_on, tmpfs)


def _sheet(exhibit: ExhibitInput, code: str, words: Variant, reference: str, built_on: str, tmpfs: Path) -> Prepared:
    """The sheet that stands for a file, with the reason."""
    values = slip.sheet(exhibit, reference, built_on, code, words)
    sheet = run("sheet", [json.dumps(values).encode()], day=built_on, tmpfs=tmpfs, limits=Limits())
    made = released(sheet[0], DOCUMENT, day=built_on, tmpfs=tmpfs)
    how = derived.line(derived.SHEET, "weasyprint")
    return Prepared(_filed(exhibit, "sheet", made, slip.short(code, words), how), made.body)


def _filed(exhibit: ExhibitInput, kind: str, made: Rendered, note: str, how: str) -> FiledExhibit:
    digest = hashlib.sha256(made.body).hexdigest()
    return FiledExhibit(exhibit.label, f"{exhibit.label}_{kind}.pdf", digest, made.pages, note, how)
