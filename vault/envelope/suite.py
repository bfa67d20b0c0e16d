"""Seal bytes to one public key: HPKE base mode with MLKEM768-X25519, HKDF-SHA256, AES-256-GCM.

Hybrid: it holds while either the lattice or the curve holds. It authenticates nobody; sign what must have an author.
Source: RFC 9180 sections 5.1.1 and 6.1; KEM 0x647a of draft-ietf-hpke-pq.
"""

from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from vault.envelope.encoding import Bytes, exactly
from vault.envelope.errors import BadKey, Corrupt, WrongKey
from vault.envelope.header import LENGTH as HEADER
from vault.envelope.header import Kind, read_header, write_header
from vault.envelope.seeds import KEM_PUBLIC, Halves, kem_private

ENCAPSULATION = 1120
TAG = 16
LATTICE_PUBLIC = 1184
SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def seal_to(kem_public: Bytes, plaintext: Bytes, info: bytes) -> bytes:
    """Seal plaintext to one recipient; only the same info opens it.

    kem_public: bytes, length 1216. plaintext: any length, not padded: meant for keys.
    Returns header (8), encapsulation (1120), ciphertext (as long as plaintext), tag (16).
    Raises BadKey if kem_public has another length or is not a valid key.
    """
    recipient = _parsed(exactly(KEM_PUBLIC, "kem_public", kem_public))
    try:
        return write_header(Kind.HPKE) + SUITE.encrypt(plaintext, recipient, info)
    except ValueError:
        raise BadKey("kem_public: not a valid key") from None


def open_with(seed: Bytes, sealed: Bytes, info: bytes) -> bytes:
    """Open what seal_to() made for the key of this seed under this info.

    seed: bytes, length 32. Returns the plaintext.
    Raises WrongKey if it is for another key or info or was changed (HPKE cannot tell these apart), Corrupt if it is too
    short or has no such header, UnknownVersion, BadKey.
    """
    return Opener(seed).open(sealed, info)


class Opener:
    """The private half of one seed, derived once for many openings. Lives as long as its keyring, never longer."""

    def __init__(self, seed: Bytes | Halves) -> None:
        self._private = seed.kem if isinstance(seed, Halves) else kem_private(seed)

    def open(self, sealed: Bytes, info: bytes) -> bytes:
        """See open_with()."""
        read_header(sealed, Kind.HPKE)
        if len(sealed) < HEADER + ENCAPSULATION + TAG:
            raise Corrupt("hpke: cut")
        try:
            return SUITE.decrypt(sealed[HEADER:], self._private, info)
        except InvalidTag:
            raise WrongKey("hpke") from None


@lru_cache(maxsize=256)
def _parsed(raw: bytes) -> hpke.MLKEM768X25519PublicKey:
    """A public key read from its bytes; the organisation's own come again and again. Raises BadKey."""
    try:
        lattice = MLKEM768PublicKey.from_public_bytes(raw[:LATTICE_PUBLIC])
        curve = X25519PublicKey.from_public_bytes(raw[LATTICE_PUBLIC:])
    except ValueError:
        raise BadKey("kem_public: not a valid key") from None
    return hpke.MLKEM768X25519PublicKey(lattice, curve)
