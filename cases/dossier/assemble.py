"""The whole way from approved data to the bundle, in steps a worker can report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from secrets import token_bytes
from typing import Any, Protocol

from cases.dossier import volumes
from cases.dossier.ahead import ahead
from cases.dossier.binding import plan
from cases.dossier.build import build
from cases.dossier.context import FiledExhibit
from cases.dossier.envelope_parts import Papers, envelope_parts, no_papers
from cases.dossier.exhibits import Prepared, prepare_exhibit
from cases.dossier.inputs import DossierInput, ExhibitInput
from cases.dossier.package import SALT, Package, Part, account_part, original_part, write_package
from cases.dossier.render import Rendered, render_complaint, render_cover, render_note
from cases.dossier.sandbox import Limits
from cases.dossier.sign import Signed, Signing, sign_document

Originals = Callable[[ExhibitInput], Iterable[bytes]]
Progress = Callable[[str], Any]


class Filed(Protocol):
    """An exhibit that was cleaned, wherever its bytes are until they are packed."""

    @property
    def filed(self) -> FiledExhibit:
        """What the index says about it."""

    def chunks(self) -> Iterable[bytes]:
        """The bytes of its PDF, in pieces."""


@dataclass(frozen=True)
class Documents:
    """The rendered documents of a dossier."""

    cover: Rendered
    complaint: Rendered
    note: Rendered


@dataclass(frozen=True)
class SignedDocuments:
    """The same with what is filed signed; the note to counsel is not, because nobody but counsel reads it."""

    cover: Signed
    complaint: Signed
    note: Rendered


def prepare_all(
    data: DossierInput, originals: Originals, *, tmpfs: Path, limits: Limits | None = None
) -> list[Prepared]:
    """Every exhibit, cleaned and stamped, in the order of the input. originals: opens the bytes of one exhibit."""
    words = data.words

    def calls() -> Iterator[Callable[[], Prepared]]:
        for exhibit in data.exhibits:
            yield partial(
                prepare_exhibit, exhibit, _whole(originals, exhibit), reference=data.reference, built_on=data.built_on,
                tmpfs=tmpfs, words=words, limits=limits,
            )  # fmt: skip

    return list(ahead(calls()))


def _whole(originals: Originals, exhibit: ExhibitInput) -> bytes:
    """The bytes of an exhibit, or nothing where it is withheld."""
    return b"".join(originals(exhibit)) if exhibit.sha256 else b""


def render_all(
    data: DossierInput, prepared: Iterable[Filed], *, fingerprint: str, tmpfs: Path, limits: Limits | None = None
) -> Documents:
    """Complaint, cover letter and note to counsel. fingerprint: of the package keys, for the cover letter.

    Raises RenderFailed.
    """
    document = build(data, tuple(entry.filed for entry in prepared))
    complaint = render_complaint(document, tmpfs=tmpfs, limits=limits)
    cover = render_cover(
        document, complaint, address=data.lawyer.line, fingerprint=fingerprint, tmpfs=tmpfs, limits=limits
    )
    return Documents(cover, complaint, render_note(document, tmpfs=tmpfs, limits=limits))


def sign_all(data: DossierInput, made: Documents, signing: Signing, *, tmpfs: Path) -> SignedDocuments:
    """Sign what is filed, as the last thing that is done to it. Raises RenderFailed, PackageFailed."""
    cover, complaint = (
        sign_document(each, signing, day=data.built_on, tmpfs=tmpfs) for each in (made.cover, made.complaint)
    )
    return SignedDocuments(cover, complaint, made.note)


def package_parts(
    data: DossierInput, documents: SignedDocuments, prepared: Iterable[Filed], originals: Originals, *, tmpfs: Path
) -> Iterator[Part]:
    """The files of the bundle in the order they are written; volumes and originals are made or opened one by one."""
    filed = list(prepared)
    cover, complaint = documents.cover, documents.complaint
    yield Part(f"00_cover_{data.named}.pdf", "cover letter D0", [cover.body], signed=cover.level)
    yield Part(f"01_complaint_{data.named}.pdf", "complaint D1 with annexes", [complaint.body],
               signed=complaint.level)  # fmt: skip
    yield Part(
        f"02_note-to-counsel_{data.named}.pdf", "privileged, not for filing", [documents.note.body],
        is_for_counsel=True,
    )  # fmt: skip
    sources = {exhibit.label: exhibit.sha256 for exhibit in data.exhibits}
    for entry in filed:
        label = entry.filed.label
        made = (entry.filed.derived, sources[label])
        yield Part(entry.filed.file_name, f"exhibit {label}, filed copy", entry.chunks(), exhibit=label, derived=made)
    yield from _volumes(data, filed, tmpfs)
    if data.is_pseudonymised:
        return  # neither the account as typed nor an original
    yield account_part(data)
    for exhibit in data.exhibits:
        yield original_part(exhibit, originals(exhibit))


def _volumes(data: DossierInput, filed: list[Filed], tmpfs: Path) -> Iterator[Part]:
    bodies, planned = {each.filed.label: each.chunks for each in filed}, plan(each.filed for each in filed)
    for volume in planned:
        chunks = volumes.bind(data, volume, len(planned), bodies, tmpfs=tmpfs)
        role = f"exhibits volume {volume.number} of {len(planned)}, {volume.span}"
        yield Part(f"volumes/V-{volume.number:02d}_{data.named}.pdf", role, chunks)


def assemble(
    data: DossierInput,
    originals: Originals,
    write: Callable[[bytes], Any],
    *,
    signing: Signing,
    tmpfs: Path,
    salt: bytes | None = None,
    limits: Limits | None = None,
    papers: Papers = no_papers,
    progress: Progress = lambda step: None,
) -> Package:
    """Make the bundle and write it to `write` as it grows.

    originals: gives the bytes of an exhibit in chunks, asked twice for each. salt: of the manifest, fresh unless given.
    papers: gives the bytes of a signed paper that goes along.
    progress: told "exhibits", "documents", "package" when that step is done. Raises RenderFailed, PackageFailed; after
    PackageFailed what was written is void.
    """
    prepared = prepare_all(data, originals, tmpfs=tmpfs, limits=limits)
    progress("exhibits")
    documents = render_all(data, prepared, fingerprint=signing.keys.fingerprint, tmpfs=tmpfs, limits=limits)
    progress("documents")
    signed = sign_all(data, documents, signing, tmpfs=tmpfs)
    parts = chain(
        package_parts(data, signed, prepared, originals, tmpfs=tmpfs),
        envelope_parts(data, papers, tmpfs=tmpfs, limits=limits),
    )
    package = write_package(data, parts, write, signing=signing, salt=salt or token_bytes(SALT))
    progress("package")
    return package
