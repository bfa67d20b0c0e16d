"""Ed25519 signatures, each for one domain, so that a signature over a note is never one over an approval."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from vault.envelope.encoding import Bytes, exactly, pack
from vault.envelope.errors import BadSignature
from vault.envelope.seeds import SIGN_PUBLIC, sign_private

SIGNATURE = 64


def sign(seed: Bytes, domain: str, message: Bytes) -> bytes:
    """Sign message for one domain with the Ed25519 half of a seed.

    seed: bytes, length 32. Returns bytes, length 64, over pack("signature", domain, message).
    Raises BadKey unless seed has 32 bytes. Source: RFC 8032.
    """
    return SigningKey(seed).sign(domain, message)


class SigningKey:
    """The private half of one seed, derived once for many signatures. Raises BadKey unless seed has 32 bytes."""

    def __init__(self, seed: Bytes) -> None:
        self._private = sign_private(seed)

    def sign(self, domain: str, message: Bytes) -> bytes:
        """See sign()."""
        return self._private.sign(pack("signature", domain, message))


def verify(sign_public: Bytes, domain: str, message: Bytes, signature: Bytes) -> None:
    """Return if signature is that key's for this domain and message, else raise BadSignature.

    sign_public: bytes, length 32, else BadKey.
    """
    raw = exactly(SIGN_PUBLIC, "sign_public", sign_public)
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(bytes(signature), pack("signature", domain, message))
    except InvalidSignature:
        raise BadSignature(domain) from None
