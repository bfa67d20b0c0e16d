"""The key of a compartment needs what was granted and a share that can be erased."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vault.envelope.encoding import Bytes, exactly, pack


def compartment_key(secret: Bytes, erase_share: Bytes, context: bytes) -> bytes:
    """HKDF-SHA256 with salt erase_share, input secret, info pack("compartment", context): bytes, length 32.

    secret, erase_share: bytes, length 32 each; without either the key cannot be made. Raises BadKey for other lengths.
    Source: RFC 5869.
    """
    salt = exactly(32, "erase_share", erase_share)
    return HKDF(SHA256(), 32, salt, pack("compartment", context)).derive(exactly(32, "secret", secret))
