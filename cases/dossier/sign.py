"""Signing, the last step: PAdES on the documents, two signatures and a time stamp on the manifest.

The worker's own process holds the keys and parses no PDF; a child that parses the PDF holds no key.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from cases.dossier.authority import BAD_ANSWER, Authority, NoToken, Token
from cases.dossier.errors import PackageFailed, RenderFailed
from cases.dossier.keys import PackageKeys
from cases.dossier.render import DOCUMENT, Rendered, require
from cases.dossier.sandbox import Limits, run
from cases.dossier.signer import DocumentSigner

PLAIN, STAMPED = "PAdES B-B", "PAdES B-T"
Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Signing:
    """Whatever signs: the organisation's name and keys, and the authorities that are asked for the time."""

    organisation: str
    keys: PackageKeys
    signer: DocumentSigner
    authorities: tuple[Authority, ...] = ()
    now: Clock = field(default=_now)

    @property
    def is_self_made(self) -> bool:
        """Is one of the keys made by `make_secrets`?"""
        return self.keys.is_self_made or self.signer.is_self_made

    def statement(self) -> bytes:
        """keys.json: whose keys these are, the public halves and the certificates."""
        public = {name: value.hex() for name, value in self.keys.public.items()}
        says = {
            "format": "dossier-package-keys/2", "organisation": self.organisation,
            "origin": "self-made" if self.is_self_made else "organisation", "fingerprint": self.keys.fingerprint,
            **public, "document_certificates": self.signer.pem,
        }  # fmt: skip
        return (json.dumps(says, indent=1, ensure_ascii=True) + "\n").encode()

    def tokens(self, digest: bytes) -> list[Token | None]:
        """A token of each authority over a digest, or None where there is none now."""
        return [_token(authority, digest) for authority in self.authorities]


@dataclass(frozen=True)
class Signed:
    """A signed document: the bytes that were rendered with the signature after them. level: see PLAIN, STAMPED."""

    body: bytes
    pages: int
    level: str


def sign_document(made: Rendered, signing: Signing, *, day: str, tmpfs: Path) -> Signed:
    """Sign a document; the time stamp in it is left out when no authority answers.

    Raises PackageFailed("signer-expired"), or RenderFailed: what the sandbox raises, check-... when the result does not
    hold.
    """
    now = signing.now()
    if not signing.signer.is_valid_at(now):
        raise PackageFailed("signer-expired")
    prepared, place = run("hole", [made.body, now.isoformat().encode()], day=day, tmpfs=tmpfs, limits=Limits())
    start, end = _hole(made.body, prepared, json.loads(place))
    digest = hashlib.sha256(prepared[:start] + prepared[end:]).digest()
    cms, level = _cms(signing, digest, now)
    body = _filled(prepared, start, end, cms)
    _require_signed(body, day, tmpfs, made.attached)
    return Signed(body, made.pages, level)


def _hole(pdf: bytes, prepared: bytes, place: list[int]) -> tuple[int, int]:
    """Where the signature goes, if the child only added to the file, and room for nothing but one signature."""
    start, end = place
    is_added = prepared.startswith(pdf) and len(pdf) < start < end < len(prepared)
    if not is_added or prepared[start:end] != b"<" + b"0" * (end - start - 2) + b">":
        raise RenderFailed("check-hole")
    return start, end


def _cms(signing: Signing, digest: bytes, now: datetime) -> tuple[bytes, str]:
    """A detached CMS signature over a digest, with a time stamp of the first authority that gives one, or without."""
    for authority in signing.authorities:
        try:
            return _cms_of(signing.signer, digest, now, authority), STAMPED
        except (*BAD_ANSWER, OSError):
            continue
    return _cms_of(signing.signer, digest, now, None), PLAIN


def _cms_of(signer: DocumentSigner, digest: bytes, now: datetime, authority: Authority | None) -> bytes:
    settings = PdfCMSSignedAttributes(signing_time=now)
    made = _signer(signer).async_sign(
        digest, "sha256", use_pades=True, timestamper=authority, signed_attr_settings=settings
    )
    return bytes(asyncio.run(made).dump())


def _signer(signer: DocumentSigner) -> SimpleSigner:
    own, *others = (Certificate.load(each.public_bytes(Encoding.DER)) for each in signer.chain)
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple(others)
    return SimpleSigner(signing_cert=own, signing_key=PrivateKeyInfo.load(signer.key), cert_registry=registry)


def _filled(prepared: bytes, start: int, end: int, cms: bytes) -> bytes:
    written = cms.hex().encode()
    if len(written) > end - start - 2:
        raise RenderFailed("check-room")
    return prepared[: start + 1] + written + prepared[start + 1 + len(written) :]


def _require_signed(body: bytes, day: str, tmpfs: Path, attached: Mapping[str, str]) -> None:
    """Raise RenderFailed unless the structure holds as before and the signature is intact over the whole file."""
    answer = run("signed", [body], day=day, tmpfs=tmpfs, limits=Limits())
    require(json.loads(answer[0]), DOCUMENT, attached)
    for code in json.loads(answer[1]):
        raise RenderFailed(f"check-signature-{code}")


def _token(authority: Authority, digest: bytes) -> Token | None:
    try:
        return authority.stamp(digest)
    except NoToken:
        return None
