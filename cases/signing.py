"""Who signs packages here, from the secret files and settings of this deployment."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from cases.dossier.authority import Authority
from cases.dossier.errors import PackageFailed
from cases.dossier.sign import Signing
from cases.key_files import document_signer, package_keys, read


def signing() -> Signing:
    """Read the files anew for each job. Raises PackageFailed: see cases.key_files, and "authority"."""
    return Signing(settings.CONTROLLER["organisation"], package_keys(), document_signer(), authorities())


def authorities() -> tuple[Authority, ...]:
    """The time stamping authorities of the settings, in their order. Raises PackageFailed("authority")."""
    try:
        return tuple(Authority(url, read(Path(file), "authority")) for url, file in settings.TIME_AUTHORITIES)
    except ValueError:
        raise PackageFailed("authority") from None
