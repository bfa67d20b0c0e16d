"""The bundle: one ZIP, stored, written as a stream; docs/package-format.md describes it.

The manifest comes after the files because it lists them; signatures and time stamp come after the manifest because they
are over it. Names are fixed patterns; nothing a person typed gets into a file name.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, BinaryIO, cast

from cases.dossier.authority import Token, imprint
from cases.dossier.errors import PackageFailed
from cases.dossier.inputs import DossierInput, ExhibitInput
from cases.dossier.parted import EPOCH
from cases.dossier.sign import Signing
from cases.dossier.token_names import token_name
from cases.dossier.variant import find

FORMAT = "dossier-package/2"
DRAFT, FILING = "DRAFT, not for filing", "for filing"  # the manifest is in English whatever is filed
MANIFEST, SUMS, KEYS = "manifest.json", "SHA256SUMS", "keys.json"
SALT = 32  # bytes


@dataclass(frozen=True)
class Part:
    """A file of the bundle.

    chunks: its bytes in pieces. expected: hex SHA-256 it must have, or empty. exhibit: "E-001", or empty. signed: how
    the file itself is signed, such as "PAdES B-T", or empty. is_for_counsel: privileged, taken out before filing.
    derived: how a copy was made, and the hex SHA-256 of what it was made from, or empty. is_sealed: handed over apart,
    in the sealed envelope.
    """

    name: str
    role: str
    chunks: Iterable[bytes]
    expected: str = ""
    exhibit: str = ""
    signed: str = ""
    is_for_counsel: bool = False
    derived: tuple[str, str] = ("", "")
    is_sealed: bool = False


@dataclass(frozen=True)
class Entry:
    """What the manifest says about a file."""

    name: str
    role: str
    size: int
    sha256: str
    exhibit: str = ""
    signed: str = ""
    is_for_counsel: bool = False
    derived: tuple[str, str] = ("", "")
    is_sealed: bool = False

    def to_plain(self) -> dict[str, Any]:
        """As the manifest lists it; what is empty is left out."""
        how, source = self.derived
        more = {
            "exhibit": self.exhibit, "signature": self.signed, "for_counsel": self.is_for_counsel,
            "sealed": self.is_sealed,
            "derived": how, "derived_from": source,
        }  # fmt: skip
        said = {key: value for key, value in more.items() if value}
        return {"name": self.name, "role": self.role, "bytes": self.size, "sha256": self.sha256, **said}


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
    """What was written.

    name: of the download. sha256: of the ZIP. imprint: SHA-256 of the manifest. tokens: of each authority, in the order
    of the settings, None where it gave none.
    """

    name: str
    size: int
    sha256: str
    entries: tuple[Entry, ...]
    imprint: bytes
    tokens: tuple[Token | None, ...]


def write_package(
    data: DossierInput, parts: Iterable[Part], write: Callable[[bytes], Any], *, signing: Signing, salt: bytes
) -> Package:
    """Write the bundle of `parts`, the keys, the manifest, its sums and signatures, and what time stamps there are.

    salt: 32 random bytes, so that the hash of the manifest, which leaves the house, confirms no guess at what is in it.
    Raises PackageFailed: original-differs when a part has not the expected hash, name-twice, salt.
    """
    if len(salt) != SALT:
        raise PackageFailed("salt")
    written = Written(write)
    entries: list[Entry] = []
    with zipfile.ZipFile(cast(BinaryIO, _Sink(written)), "w", zipfile.ZIP_STORED) as archive:
        for part in chain(parts, [Part(KEYS, "public keys", [signing.statement()])]):
            if part.name in {entry.name for entry in entries}:
                raise PackageFailed("name-twice")
            entries.append(_add(archive, part))
        manifest = manifest_of(data, entries, signing, salt)
        digest = imprint(manifest)
        tokens = tuple(signing.tokens(digest))
        for name, body in closing(manifest, entries, signing, tokens).items():
            _add(archive, Part(name, "manifest", [body]))
    return Package(
        f"{data.named}.zip", written.size, written.digest.hexdigest(), tuple(entries), digest, tokens
    )  # fmt: skip


def original_part(exhibit: ExhibitInput, chunks: Iterable[bytes]) -> Part:
    """The original of an exhibit, byte for byte; its hash must be the one in the sealed record."""
    return Part(exhibit.original, "original", chunks, exhibit.sha256, exhibit.label)


def account_part(data: DossierInput) -> Part:
    """The first account as data, exactly as typed, beside its printed form in annex B1."""
    sections = json.loads(data.to_bytes())["account"]
    text = json.dumps({"reference": data.reference, "account": sections}, ensure_ascii=False, indent=1, sort_keys=True)
    return Part("originals/B1_first_account.json", "account", [text.encode("utf-8", "backslashreplace")])


def manifest_of(data: DossierInput, entries: Iterable[Entry], signing: Signing, salt: bytes) -> bytes:
    """manifest.json: what the package is, who signs it, and every file with its size and hash."""
    manifest = {
        "format": FORMAT,
        "salt": salt.hex(),
        "reference": data.reference,
        "case_reference": data.case_reference,
        "variant": data.variant,
        "rendering": data.rendering,
        "template": find(data.variant).template,
        "status": FILING if data.filing else DRAFT,
        "built_on": data.built_on,
        "data_sha256": data.digest(),
        "account_versions": sorted({section.version for section in data.account}),
        "key_fingerprint": signing.keys.fingerprint,
        "files": [entry.to_plain() for entry in sorted(entries, key=lambda entry: entry.name)],
    }
    return (json.dumps(manifest, indent=1, ensure_ascii=True) + "\n").encode()


def closing(
    manifest: bytes, entries: Iterable[Entry], signing: Signing, tokens: Iterable[Token | None]
) -> dict[str, bytes]:
    """The manifest and what is made of it, in the order in which it is written."""
    listed = [(entry.sha256, entry.name) for entry in sorted(entries, key=lambda entry: entry.name)]
    lines = [*listed, (imprint(manifest).hex(), MANIFEST)]
    sums = "".join(f"{digest}  {name}\n" for digest, name in lines).encode()
    signatures = {f"manifest.{name}": value for name, value in signing.keys.sign(manifest).items()}
    stamps = {token_name(place): token.der for place, token in enumerate(tokens, 1) if token}
    return {MANIFEST: manifest, SUMS: sums, **signatures, **stamps}


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
    return Entry(
        part.name,
        part.role,
        size,
        digest.hexdigest(),
        part.exhibit,
        part.signed,
        part.is_for_counsel,
        part.derived,
        part.is_sealed,
    )


def _blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    return (chunk for chunk in chunks if chunk)
