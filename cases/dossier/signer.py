"""The certificate that signs the documents of a package, with its key and chain, from one PEM file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from cases.dossier.errors import PackageFailed
from cases.dossier.new_keys import SELF_MADE_NAME


@dataclass(frozen=True)
class DocumentSigner:
    """A key with its certificate first and the chain after it. key: PKCS #8 in DER."""

    key: bytes = field(repr=False)
    chain: tuple[x509.Certificate, ...]

    @property
    def is_self_made(self) -> bool:
        """Did `make_secrets` make it?"""
        names = self.chain[0].subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return any(name.value == SELF_MADE_NAME for name in names)

    @property
    def pem(self) -> list[str]:
        """The certificates as PEM, the signer's own first."""
        return [each.public_bytes(Encoding.PEM).decode("ascii") for each in self.chain]

    def is_valid_at(self, moment: datetime) -> bool:
        """Is the signer's own certificate valid then?"""
        return self.chain[0].not_valid_before_utc <= moment <= self.chain[0].not_valid_after_utc


def read_signer(pem: bytes) -> DocumentSigner:
    """Read a private key and at least one certificate, the signer's own first. Raises PackageFailed("signer")."""
    try:
        key, chain = load_pem_private_key(pem, password=None), tuple(x509.load_pem_x509_certificates(pem))
    except (ValueError, TypeError):
        raise PackageFailed("signer") from None
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key.public_key().public_bytes(*form) != chain[0].public_key().public_bytes(*form):
        raise PackageFailed("signer")
    return DocumentSigner(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), chain)
