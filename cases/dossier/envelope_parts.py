"""The files of the sealed envelope, and the signed papers, as they go into the package: each with its own role."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from cases.dossier.annex_inputs import PaperInput
from cases.dossier.annex_papers import OPEN, file_name
from cases.dossier.envelope import ROLE
from cases.dossier.inputs import DossierInput
from cases.dossier.package import Part
from cases.dossier.render_sealed import render_envelope
from cases.dossier.sandbox import Limits

Papers = Callable[[PaperInput], Iterable[bytes]]
CERTIFICATE = "certificate of the translation B2, as it was brought"


def no_papers(paper: PaperInput) -> Iterable[bytes]:
    """The bytes of papers where there are none."""
    raise KeyError(paper.label)


def envelope_parts(
    data: DossierInput, papers: Papers, *, tmpfs: Path, limits: Limits | None = None
) -> Iterator[Part]:  # fmt: skip
    """Sheets and papers that are handed over apart, and the papers that are not.

    papers: opens the bytes of one as it was brought; its hash must be the one in the data. Raises RenderFailed.
    """
    for sheet in render_envelope(data, tmpfs=tmpfs, limits=limits):
        yield Part(sheet.name, ROLE, [sheet.body], is_sealed=True)
    for paper in data.papers:
        if paper.has_file:
            is_sealed = paper.kind not in OPEN
            role = ROLE if is_sealed else CERTIFICATE
            yield Part(file_name(paper, data.reference), role, papers(paper), paper.sha256, is_sealed=is_sealed)
