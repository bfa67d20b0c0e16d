"""The sheets of the sealed envelope as PDF bytes, each rendered in a child of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from cases.dossier.build import build
from cases.dossier.context import Material
from cases.dossier.document import Document, SealedSheet
from cases.dossier.envelope import sealed_sheets
from cases.dossier.inputs import DossierInput
from cases.dossier.render import DOCUMENT, Rendered, released
from cases.dossier.sandbox import Limits, run

HEAD = frozenset({"lang", "words", "reference", "built_on", "rendering"})  # what is printed around a sheet


@dataclass(frozen=True)
class Sealed:
    """A rendered sheet with its name in the package: "sealed/B7_identity_<ref>.pdf"."""

    name: str
    body: bytes


def render_envelope(data: DossierInput, *, tmpfs: Path, limits: Limits | None = None) -> Iterator[Sealed]:
    """Every sheet of the envelope that has content. Raises RenderFailed."""
    sheets = sealed_sheets(Material(data, ()))
    document = build(data) if sheets else None
    for sheet in sheets:
        assert document is not None
        yield Sealed(sheet.name, render_sealed(sheet, document, tmpfs=tmpfs, limits=limits).body)


def render_sealed(sheet: SealedSheet, document: Document, *, tmpfs: Path, limits: Limits | None = None) -> Rendered:
    """One sheet. document: of which only language, words, reference and foot are printed. Raises RenderFailed."""
    plain = {key: value for key, value in document.to_plain().items() if key in HEAD}
    values = {**plain, "foot": document.draft, "sheet": asdict(sheet)}
    answer = run("sealed", [json.dumps(values).encode()], day=document.built_on, tmpfs=tmpfs, limits=limits or Limits())
    return released(answer[0], DOCUMENT, day=document.built_on, tmpfs=tmpfs)
