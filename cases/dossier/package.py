"""The bundle: one ZIP, stored, written as a stream, the same bytes for the same input.

The manifest comes last because it lists what went before it. Names are fixed patterns; nothing a person typed gets
into a file name.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from cases.dossier.errors import PackageFailed
from cases.dossier.inputs import DossierInput, ExhibitInput
from cases.dossier.variant import find

EPOCH = (1980, 1, 1, 0, 0, 0)
FORMAT = 1
DRAFT = "DRAFT, not for filing"  # the manifest is in English whatever is filed


@dataclass(frozen=True)
class Part:
    """A file of the bundle. chunks: its bytes in pieces. expected: hex SHA-256 it must have, or empty."""

    name: str
    role: str
    chunks: Iterable[bytes]
    expected: str = ""


@dataclass(frozen=True)
class Entry:
    """What the manifest says about a file."""

    name: str
    role: str
    size: int
    sha256: str


@dataclass
class Written:
    """Counts what went to the sink, so that a ZIP can be written to something that cannot seek."""

    write: Callable[[bytes], Any]
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)


class _Sink:
    """The little of a file that zipfile needs: write, flush, and no tell, so that it streams."""

    def __init__(self, written: Written) -> None:
        self.written = written

    def write(self, data: bytes) -> int:
        block = bytes(data)
        self.written.write(block)
        self.written.size += len(block)
        self.written.digest.update(block)
        return len(block)

    def flush(self) -> None:
        """Nothing is held back here."""


@dataclass(frozen=True)
class Package:
    """What was written: file name for the download, bytes, SHA-256 of the ZIP, entries of the manifest."""

    name: str
    size: int
    sha256: str
    entries: tuple[Entry, ...]


def write_package(data: DossierInput, parts: Iterable[Part], write: Callable[[bytes], Any]) -> Package:
    """Write the bundle of `parts`, then manifest.json and SHA256SUMS, to `write`.

    Raises PackageFailed: original-differs when a part has not the expected hash, name-twice.
    """
    written = Written(write)
    entries: list[Entry] = []
    with zipfile.ZipFile(cast(BinaryIO, _Sink(written)), "w", zipfile.ZIP_STORED) as archive:
        for part in parts:
            if part.name in {entry.name for entry in entries}:
                raise PackageFailed("name-twice")
            entries.append(_add(archive, part))
        for name, body in closing(data, entries).items():
            _add(archive, Part(name, "manifest", [body]))
    return Package(f"{data.reference}.zip", written.size, written.digest.hexdigest(), tuple(entries))


def original_part(exhibit: ExhibitInput, chunks: Iterable[bytes]) -> Part:
    """The original of an exhibit, byte for byte; its hash must be the one in the sealed record."""
    return Part(exhibit.original, "original", chunks, exhibit.sha256)


def account_part(data: DossierInput) -> Part:
    """The first account as data, exactly as typed, beside its printed form in annex B1."""
    sections = json.loads(data.to_bytes())["account"]
    text = json.dumps({"reference": data.reference, "account": sections}, ensure_ascii=False, indent=1, sort_keys=True)
    return Part("originals/B1_first_account.json", "account", [text.encode("utf-8", "backslashreplace")])


def closing(data: DossierInput, entries: Iterable[Entry]) -> dict[str, bytes]:
    """manifest.json and SHA256SUMS as bytes, in this order."""
    files = sorted(entries, key=lambda entry: entry.name)
    manifest = {
        "format": FORMAT,
        "reference": data.reference,
        "case_reference": data.case_reference,
        "variant": data.variant,
        "template": find(data.variant).template,
        "status": DRAFT,
        "built_on": data.built_on,
        "data_sha256": data.digest(),
        "account_versions": sorted({section.version for section in data.account}),
        "files": [{"name": e.name, "role": e.role, "bytes": e.size, "sha256": e.sha256} for e in files],
    }
    body = (json.dumps(manifest, indent=1, ensure_ascii=True) + "\n").encode()
    lines = [(entry.sha256, entry.name) for entry in files] + [(hashlib.sha256(body).hexdigest(), "manifest.json")]
    sums = "".join(f"{digest}  {name}\n" for digest, name in lines).encode()
    return {"manifest.json": body, "SHA256SUMS": sums}


def _add(archive: zipfile.ZipFile, part: Part) -> Entry:
    info = zipfile.ZipInfo(part.name, EPOCH)
    info.external_attr = 0o644 << 16
    info.create_system = 3
    digest = hashlib.sha256()
    size = 0
    with archive.open(info, "w") as target:
        for chunk in _blocks(part.chunks):
            target.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    if part.expected and digest.hexdigest() != part.expected:
        raise PackageFailed("original-differs")
    return Entry(part.name, part.role, size, digest.hexdigest())


def _blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    return (chunk for chunk in chunks if chunk)
