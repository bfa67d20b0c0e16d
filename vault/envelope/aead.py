"""One sealed value: a section of answers, a note, a message, a file key."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault.envelope.encoding import Bytes, pack
from vault.envelope.errors import Corrupt
from vault.envelope.header import Kind
from vault.envelope.padding import pad, unpad
from vault.envelope.preamble import LENGTH as PREAMBLE
from vault.envelope.preamble import new_preamble, read_preamble

NONCE = 12


def seal_value(key: Bytes, plaintext: Bytes, context: bytes) -> bytes:
    """Seal plaintext under key, bound to its context.

    key: bytes, length 32. context: the place, canonically encoded; only the same context opens it.
    Returns header (8), salt (32), commitment (32), AES-256-GCM of the padded plaintext (1024 or more) with tag (16).
    Raises BadKey unless key has 32 bytes.
    Source: HKDF-SHA256 (RFC 5869) over salt and pack("value", context) gives key (32), nonce (12), commitment (32);
    the associated data of AES-GCM (NIST SP 800-38D) is the first 72 bytes and the context.
    """
    preamble, derived = new_preamble(Kind.VALUE, key, pack("value", context), NONCE)
    return preamble + AESGCM(derived.key).encrypt(derived.nonce, pad(plaintext), preamble + context)


def open_value(key: Bytes, blob: Bytes, context: bytes) -> bytes:
    """Open what seal_value() made.

    Raises WrongKey if it was sealed under another key or for another context (or its salt or commitment was changed),
    Corrupt if it is cut, changed or not a value, UnknownVersion, BadKey.
    """
    sealed = bytes(blob)
    derived = read_preamble(sealed, Kind.VALUE, key, pack("value", context), NONCE)
    try:
        padded = AESGCM(derived.key).decrypt(derived.nonce, sealed[PREAMBLE:], sealed[:PREAMBLE] + context)
    except InvalidTag:
        raise Corrupt("value: changed") from None
    return unpad(padded)
