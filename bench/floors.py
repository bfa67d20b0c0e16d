"""What the machine can do at most: library calls only, the same bytes and the same fsync as the measured code."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import psycopg
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench.browser import Browser
from portal.environment import BASE_DIR
from portal.ops.processes import Child, Program, accepts, free_port, stop, wait_for

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


def send_calls(recipients: Sequence[bytes], opened: Sequence[int], sealed: Sequence[int], grants: int) -> float:
    """The library calls that sending an account cannot do without; returns their processor time in seconds.

    recipients: the public key of each new grant. opened, sealed: the size in bytes of each value that is opened and
    sealed. grants: how many are opened. Each value and grant has one signature, made or made again; the seed's halves
    are derived once. Nothing is read, packed, padded or compared.
    """
    seed, key = os.urandom(64), AESGCM(os.urandom(32))
    texts = {size: key.encrypt(bytes(12), bytes(size), None) for size in {*opened, *sealed}}
    lattice, curve = MLKEM768PrivateKey.from_seed_bytes(seed), X25519PrivateKey.from_private_bytes(seed[:32])
    own = hpke.MLKEM768X25519PublicKey(lattice.public_key(), curve.public_key())
    given = [SUITE.encrypt(os.urandom(32), own, b"") for _ in range(grants)]
    started = time.process_time()
    private = hpke.MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(seed), X25519PrivateKey.from_private_bytes(seed[:32])
    )
    signer = Ed25519PrivateKey.from_private_bytes(seed[32:])
    for each in given:
        SUITE.decrypt(each, private, b"")
    hpke_seals(recipients)
    for size in opened:
        key.decrypt(bytes(12), texts[size], None)
    for size in sealed:
        key.encrypt(bytes(12), bytes(size), None)
    for _ in range(grants + len(recipients) + len(opened) + len(sealed)):
        signer.sign(bytes(200))
    return time.process_time() - started


def rows(place: str, sizes: Sequence[int]) -> float:
    """Keep a row of each size in a table, and as many more out of it, in one durable transaction.

    Returns our processor time in seconds; the server's is for the caller to see.
    """
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS floor (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), blob bytea)"
        )
        blobs = [os.urandom(size) for size in sizes]
        marks = ", ".join(["(%s)"] * len(blobs))
        started = time.process_time()
        with connection.transaction():
            made = connection.execute(f"INSERT INTO floor (blob) VALUES {marks} RETURNING id", blobs).fetchall()
            found = connection.execute("SELECT id, blob FROM floor LIMIT %s", [len(made)]).fetchall()
            connection.execute("DELETE FROM floor WHERE id = ANY(%s)", [[row for row, _ in found]])
        return time.process_time() - started


class BareForms:
    """bench.plain_forms in a gunicorn of the portal's kind, on the same database. Use as a context manager."""

    def __init__(self, database_url: str) -> None:
        self.port, self._url, self._child = free_port(), database_url, None
        self._state = tempfile.TemporaryDirectory(prefix="bench-")

    @property
    def pid(self) -> int:
        """The process whose children answer."""
        assert self._child is not None
        return self._child.process.pid

    def __enter__(self) -> BareForms:
        """Start, and wait until it accepts connections."""
        command = [sys.executable, "-m", "gunicorn", "--config", "python:portal.ops.gunicorn_conf", "bench.plain_forms"]
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | {
            "DATABASE_URL": self._url, "PORTAL_BIND": f"127.0.0.1:{self.port}", "PORTAL_WEB_GRACE": "2",
            "PORTAL_STATE_DIR": self._state.name,
        }  # fmt: skip
        child: Child = Program("bare forms", command, environment, folder=BASE_DIR).start()
        self._child = child
        wait_for(lambda: accepts(self.port), child, 30)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        if self._child is not None:
            stop([self._child], 3.5)
        self._state.cleanup()


def bare_journey(port: int, gets: int, posts: int) -> None:
    """Open and send as many bare form pages as a journey has; no more forms are sent than pages are opened."""
    browser = Browser(port, origin="http://localhost")
    for number in range(gets):
        if number < posts:
            browser.fill(f"/{number}/", {"value": "Ціха было ў доме."})
        else:
            browser.get(f"/{number}/")
