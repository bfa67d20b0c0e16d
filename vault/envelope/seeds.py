"""A key pair is a 32-byte seed; every private and public half is derived from it when needed and not kept."""

import os
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from vault.envelope.encoding import Bytes, exactly, pack

SEED = 32
KEM_PUBLIC = 1216  # ML-KEM-768 encapsulation key (1184), X25519 public key (32)
SIGN_PUBLIC = 32


@dataclass(frozen=True)
class Public:
    """The public halves of one seed.

    kem: bytes, length 1216. sign: bytes, length 32. Raises BadKey for other lengths.
    """

    kem: bytes
    sign: bytes

    def __post_init__(self) -> None:
        exactly(KEM_PUBLIC, "kem_public", self.kem)
        exactly(SIGN_PUBLIC, "sign_public", self.sign)

    @property
    def fingerprint(self) -> bytes:
        """See fingerprint()."""
        return fingerprint(self.kem, self.sign)


class Halves:
    """Everything that comes from one seed, derived once: for whoever needs several of them. Raises BadKey.

    Lives as long as what holds it, never longer, like the seed itself.
    """

    def __init__(self, seed: Bytes) -> None:
        lattice, curve = _kem_halves(seed)
        self.kem = hpke.MLKEM768X25519PrivateKey(lattice, curve)
        self.sign = sign_private(seed)
        kem_public = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
        self.public = Public(kem_public, self.sign.public_key().public_bytes_raw())

    def __repr__(self) -> str:
        return "Halves(hidden)"


def new_seed() -> bytes:
    """A fresh seed: bytes, length 32, from the operating system."""
    return os.urandom(SEED)


def public_of(seed: Bytes) -> Public:
    """Both public halves of a seed. Raises BadKey unless seed has 32 bytes."""
    return Public(kem_public(seed), sign_public(seed))


def kem_public(seed: Bytes) -> bytes:
    """The public half to seal to: bytes, length 1216, ML-KEM-768 (1184) then X25519 (32). Raises BadKey."""
    lattice, curve = _kem_halves(seed)
    return lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()


def kem_private(seed: Bytes) -> hpke.MLKEM768X25519PrivateKey:
    """The private half to open with. Raises BadKey unless seed has 32 bytes."""
    return hpke.MLKEM768X25519PrivateKey(*_kem_halves(seed))


def sign_private(seed: Bytes) -> Ed25519PrivateKey:
    """The private half to sign with. Raises BadKey unless seed has 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(_expand(seed, "ed25519", 32))


def sign_public(seed: Bytes) -> bytes:
    """The public half to verify with: bytes, length 32 (RFC 8032). Raises BadKey unless seed has 32 bytes."""
    return sign_private(seed).public_key().public_bytes_raw()


def fingerprint(kem_public: Bytes, sign_public: Bytes) -> bytes:
    """SHA-256 over pack("fingerprint", kem_public, sign_public): bytes, length 32."""
    return sha256(pack("fingerprint", kem_public, sign_public)).digest()


def _kem_halves(seed: Bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    lattice = MLKEM768PrivateKey.from_seed_bytes(_expand(seed, "ml-kem-768", 64))  # FIPS 203: d (32), z (32)
    return lattice, X25519PrivateKey.from_private_bytes(_expand(seed, "x25519", 32))  # RFC 7748


def _expand(seed: Bytes, label: str, length: int) -> bytes:
    """HKDF-Expand with SHA-256: the seed is already uniform. Source: RFC 5869 section 2.3 and 3.3."""
    return HKDFExpand(SHA256(), length, label.encode()).derive(exactly(SEED, "seed", seed))
