"""The files of whoever signs packages here. Apart from what signs with them: a check at the start only reads."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from cases.dossier.errors import PackageFailed
from cases.dossier.keys import PackageKeys, read_keys
from cases.dossier.signer import DocumentSigner, read_signer


def package_keys() -> PackageKeys:
    """The package keys, if they are the ones whose fingerprint this deployment tells people.

    Raises PackageFailed: no-keys, keys, other-keys.
    """
    keys = read_keys(read(settings.PACKAGE_KEYS, "no-keys").decode("ascii", "replace"))
    if settings.PACKAGE_FINGERPRINT and keys.fingerprint != settings.PACKAGE_FINGERPRINT:
        raise PackageFailed("other-keys")
    return keys


def document_signer() -> DocumentSigner:
    """The certificate and key for documents. Raises PackageFailed: no-signer, signer."""
    return read_signer(read(settings.DOCUMENT_SIGNER, "no-signer"))


def read(path: Path, code: str) -> bytes:
    """The bytes of a file, or PackageFailed(code)."""
    try:
        return path.read_bytes()
    except OSError:
        raise PackageFailed(code) from None
