"""The organisation's package keys, Ed25519 and ML-DSA-65, and the one fingerprint that stands for both.

They sign manifests and nothing else, and are not the organisation root: a worker must reach them at any hour.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey

from cases.dossier.errors import PackageFailed
from cases.dossier.new_keys import NAMES, SELF_MADE

DOMAIN = b"dossier-package-keys/2\n"


@dataclass(frozen=True)
class PackageKeys:
    """Both private halves. is_self_made: made by `make_secrets`, not brought by the organisation."""

    ed25519: Ed25519PrivateKey = field(repr=False)
    mldsa65: MLDSA65PrivateKey = field(repr=False)
    is_self_made: bool

    @property
    def public(self) -> dict[str, bytes]:
        """The public halves by name: 32 and 1952 bytes."""
        return {
            "ed25519": self.ed25519.public_key().public_bytes_raw(),
            "mldsa65": self.mldsa65.public_key().public_bytes_raw(),
        }

    @property
    def fingerprint(self) -> str:
        """SHA-256 over a fixed text and both public halves, 64 hexadecimal digits."""
        return hashlib.sha256(DOMAIN + b"".join(self.public[name] for name in NAMES)).hexdigest()

    def sign(self, manifest: bytes) -> dict[str, bytes]:
        """Both signatures over a manifest, by name: 64 and 3309 bytes (RFC 8032; FIPS 204, no context)."""
        return {"ed25519": self.ed25519.sign(manifest), "mldsa65": self.mldsa65.sign(manifest)}


def read_keys(text: str) -> PackageKeys:
    """Read a key file: a line for each algorithm with its seed of 32 bytes in hexadecimal digits, and the mark.

    Raises PackageFailed("keys") for anything else; the text is never in the error.
    """
    lines = [line.split() for line in text.splitlines() if line.strip()]
    marks = [line for line in lines if line == [SELF_MADE]]
    seeds = {line[0]: line[1] for line in lines if len(line) == 2}
    if set(seeds) != set(NAMES) or len(lines) != len(NAMES) + len(marks) or len(set(seeds.values())) != len(NAMES):
        raise PackageFailed("keys")
    try:
        ed25519, mldsa65 = (bytes.fromhex(seeds[name]) for name in NAMES)
        return PackageKeys(
            Ed25519PrivateKey.from_private_bytes(ed25519), MLDSA65PrivateKey.from_seed_bytes(mldsa65), bool(marks)
        )
    except ValueError:
        raise PackageFailed("keys") from None
