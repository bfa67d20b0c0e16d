"""What the machine can do at most: library calls only, the same bytes and the same fsync as the measured code."""

import os
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 64 * 1024
SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
LATTICE = 1184  # bytes of an ML-KEM-768 public key


def aes_gcm_file(source: Path, target: Path) -> int:
    """Read source, AES-256-GCM each 64 KiB in one call, write, fsync. Returns the bytes written.

    Nothing is padded, hashed or derived: the floor of sealing a file.
    """
    cipher = AESGCM(os.urandom(32))
    written = 0
    with source.open("rb") as plain, target.open("wb") as sealed:
        for counter in range(-(-source.stat().st_size // CHUNK)):
            written += sealed.write(cipher.encrypt(counter.to_bytes(12, "big"), plain.read(CHUNK), None))
        sealed.flush()
        os.fsync(sealed.fileno())
    return written


def hpke_seals(recipients: Iterable[bytes]) -> int:
    """Read each public key and seal 32 bytes to it in one call. Returns how many there were.

    recipients: MLKEM768-X25519 public keys, 1216 bytes each. Nothing is looked up, signed or stored.
    """
    secret, info, number = os.urandom(32), os.urandom(260), 0
    for raw in recipients:
        lattice = MLKEM768PublicKey.from_public_bytes(raw[:LATTICE])
        curve = X25519PublicKey.from_public_bytes(raw[LATTICE:])
        SUITE.encrypt(secret, hpke.MLKEM768X25519PublicKey(lattice, curve), info)
        number += 1
    return number
