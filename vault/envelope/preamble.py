"""The 72 bytes before a sealed value or stream: header (8), salt (32), commitment to the key (32).

AES-GCM alone lets one ciphertext open under two keys; the commitment is compared first, so a wrong key or place is
told apart from damage. Source: RFC 5869 (HKDF); Albertini et al. 2022, "How to abuse and fix authenticated
encryption without key commitment".
"""

import hmac
import os
from typing import NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vault.envelope.encoding import Bytes, exactly
from vault.envelope.errors import Corrupt, WrongKey
from vault.envelope.header import LENGTH as HEADER
from vault.envelope.header import Kind, read_header, write_header

KEY = 32
SALT = 32
COMMITMENT = 32
LENGTH = HEADER + SALT + COMMITMENT


class Derived(NamedTuple):
    """What HKDF makes of a key, a salt and a place."""

    key: bytes
    nonce: bytes
    commitment: bytes


def new_preamble(kind: Kind, key: Bytes, info: bytes, nonce_length: int) -> tuple[bytes, Derived]:
    """A fresh preamble (bytes, length 72) and the keys that belong to it. Raises BadKey unless key has 32 bytes."""
    salt = os.urandom(SALT)
    derived = _derive(key, salt, info, nonce_length)
    return write_header(kind) + salt + derived.commitment, derived


def read_preamble(blob: bytes, kind: Kind, key: Bytes, info: bytes, nonce_length: int) -> Derived:
    """The keys of the preamble that blob starts with.

    Raises Corrupt, UnknownVersion (see read_header), WrongKey if the commitment is of another key or place,
    BadKey unless key has 32 bytes.
    """
    read_header(blob, kind)
    if len(blob) < LENGTH:
        raise Corrupt("preamble: cut")
    derived = _derive(key, blob[HEADER : HEADER + SALT], info, nonce_length)
    if not hmac.compare_digest(derived.commitment, blob[HEADER + SALT : LENGTH]):
        raise WrongKey("commitment")
    return derived


def _derive(key: Bytes, salt: bytes, info: bytes, nonce_length: int) -> Derived:
    length = KEY + nonce_length + COMMITMENT
    okm = HKDF(SHA256(), length, salt, info).derive(exactly(KEY, "key", key))
    return Derived(okm[:KEY], okm[KEY:-COMMITMENT], okm[-COMMITMENT:])
