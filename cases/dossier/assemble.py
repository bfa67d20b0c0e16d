"""The whole way from approved data to the bundle, in steps a worker can report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cases.dossier.build import build
from cases.dossier.exhibits import Prepared, prepare_exhibit
from cases.dossier.inputs import DossierInput, ExhibitInput
from cases.dossier.package import Package, Part, account_part, original_part, write_package
from cases.dossier.render import Rendered, render_complaint, render_cover, render_note
from cases.dossier.sandbox import Limits
from cases.dossier.variant import find

Originals = Callable[[ExhibitInput], Iterable[bytes]]
Progress = Callable[[str], Any]


@dataclass(frozen=True)
class Documents:
    """The rendered documents of a dossier."""

    cover: Rendered
    complaint: Rendered
    note: Rendered


def prepare_all(
    data: DossierInput, originals: Originals, *, tmpfs: Path, limits: Limits | None = None
) -> list[Prepared]:
    """Every exhibit, cleaned and stamped, in the order of the input. originals: opens the bytes of one exhibit."""
    return [
        prepare_exhibit(
            exhibit,
            b"".join(originals(exhibit)),
            reference=data.reference,
            built_on=data.built_on,
            tmpfs=tmpfs,
            words=find(data.variant),
            limits=limits,
        )
        for exhibit in data.exhibits
    ]


def render_all(
    data: DossierInput, prepared: Iterable[Prepared], *, tmpfs: Path, limits: Limits | None = None
) -> Documents:
    """Complaint, cover letter and note to counsel. Raises RenderFailed."""
    document = build(data, tuple(entry.filed for entry in prepared))
    complaint = render_complaint(document, tmpfs=tmpfs, limits=limits)
    cover = render_cover(document, complaint, address=data.lawyer.line, tmpfs=tmpfs, limits=limits)
    return Documents(cover, complaint, render_note(document, tmpfs=tmpfs, limits=limits))


def package_parts(
    data: DossierInput, documents: Documents, prepared: Iterable[Prepared], originals: Originals
) -> Iterator[Part]:
    """The files of the bundle in the order they are written; originals are opened one by one."""
    yield Part(f"00_cover_{data.reference}.pdf", "cover letter D0", [documents.cover.body])
    yield Part(f"01_complaint_{data.reference}.pdf", "complaint D1 with annexes", [documents.complaint.body])
    yield Part(f"02_note-to-counsel_{data.reference}.pdf", "privileged, not for filing", [documents.note.body])
    for entry in prepared:
        yield Part(entry.filed.file_name, f"exhibit {entry.filed.label}, filed copy", [entry.body])
    yield account_part(data)
    for exhibit in data.exhibits:
        yield original_part(exhibit, originals(exhibit))


def assemble(
    data: DossierInput,
    originals: Originals,
    write: Callable[[bytes], Any],
    *,
    tmpfs: Path,
    limits: Limits | None = None,
    progress: Progress = lambda step: None,
) -> Package:
    """Make the bundle and write it to `write` as it grows.

    originals: gives the bytes of an exhibit in chunks, asked twice for each. progress: told "exhibits", "documents",
    "package" when that step is done. Raises RenderFailed, PackageFailed; after PackageFailed what was written is void.
    """
    prepared = prepare_all(data, originals, tmpfs=tmpfs, limits=limits)
    progress("exhibits")
    documents = render_all(data, prepared, tmpfs=tmpfs, limits=limits)
    progress("documents")
    package = write_package(data, package_parts(data, documents, prepared, originals), write)
    progress("package")
    return package
