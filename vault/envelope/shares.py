"""Two halves of a secret; either alone is random."""

import os

from vault.envelope.errors import BadKey


def split(secret: bytes) -> tuple[bytes, bytes]:
    """Two shares a, b, each as long as secret, with secret = a xor b; a is fresh from the operating system."""
    a = os.urandom(len(secret))
    return a, join(a, secret)


def join(a: bytes, b: bytes) -> bytes:
    """The secret of two shares. Raises BadKey if their lengths differ."""
    if len(a) != len(b):
        raise BadKey(f"shares: {len(a)} and {len(b)} bytes")
    return bytes(x ^ y for x, y in zip(a, b, strict=True))
