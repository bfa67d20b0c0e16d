"""Ed25519 signatures, each for one domain, so that a signature over a note is never one over an approval."""

from hmac import compare_digest

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from vault.envelope.encoding import Bytes, exactly, pack
from vault.envelope.errors import BadSignature
from vault.envelope.seeds import SIGN_PUBLIC, Halves, sign_private

SIGNATURE = 64


def sign(seed: Bytes, domain: str, message: Bytes) -> bytes:
    """Sign message for one domain with the Ed25519 half of a seed.

    seed: bytes, length 32. Returns bytes, length 64, over pack("signature", domain, message).
    Raises BadKey unless seed has 32 bytes. Source: RFC 8032.
    """
    return SigningKey(seed).sign(domain, message)


class SigningKey:
    """The private half of one seed, derived once for many signatures. Raises BadKey unless seed has 32 bytes.

    public: its other half, bytes, length 32.
    """

    def __init__(self, seed: Bytes | Halves) -> None:
        self._private = seed.sign if isinstance(seed, Halves) else sign_private(seed)
        self.public = self._private.public_key().public_bytes_raw()

    def sign(self, domain: str, message: Bytes) -> bytes:
        """See sign()."""
        return self._private.sign(pack("signature", domain, message))

    def verify_own(self, domain: str, message: Bytes, signature: Bytes) -> None:
        """Like verify() with this key's public half, at a third of the cost: Ed25519 is deterministic, so what this key
        signed is what it would sign again. Raises BadSignature."""
        if not compare_digest(self.sign(domain, message), bytes(signature)):
            raise BadSignature(domain)


def verify(sign_public: Bytes, domain: str, message: Bytes, signature: Bytes) -> None:
    """Return if signature is that key's for this domain and message, else raise BadSignature.

    sign_public: bytes, length 32, else BadKey.
    """
    raw = exactly(SIGN_PUBLIC, "sign_public", sign_public)
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(bytes(signature), pack("signature", domain, message))
    except InvalidSignature:
        raise BadSignature(domain) from None
