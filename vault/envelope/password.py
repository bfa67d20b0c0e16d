"""A person's seed sealed under a password, with salt and cost inside, so that the cost can be raised later."""

import os
import struct
from dataclasses import dataclass
from unicodedata import normalize

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from vault.envelope.aead import open_value, seal_value
from vault.envelope.encoding import Bytes, exactly, pack
from vault.envelope.errors import Corrupt, UnknownVersion
from vault.envelope.seeds import SEED

VERSION = 1
SALT = 16
MOST_MEMORY_KIB = 2**20  # a changed row must not make the server take more
MOST_ITERATIONS = 16
_LAYOUT = struct.Struct(f">BIIB{SALT}s")  # version, memory in KiB, iterations, lanes, salt


@dataclass(frozen=True)
class Cost:
    """What one try at a password costs. memory_kib: 8 per lane to 2**20. iterations: 1 to 16. lanes: 1 to 255.

    Raises ValueError for anything else.
    """

    memory_kib: int
    iterations: int
    lanes: int

    def __post_init__(self) -> None:
        lanes_fit = 1 <= self.lanes <= 255 and 8 * self.lanes <= self.memory_kib <= MOST_MEMORY_KIB
        if not (lanes_fit and 1 <= self.iterations <= MOST_ITERATIONS):
            raise ValueError("cost out of bounds")


def seal_seed(seed: Bytes, password: str, cost: Cost, context: bytes) -> bytes:
    """Seal a seed under a password.

    seed: bytes, length 32. context: whose seed it is; only the same context opens it.
    Returns version (1), memory (4), iterations (4), lanes (1), salt (16), then the seed as a sealed value whose context
    is pack("password", those 26 bytes, context). Raises BadKey unless seed has 32 bytes.
    Source: Argon2id, RFC 9106; the password is taken in Unicode form NFC (RFC 8265 section 4.2.2).
    """
    body = exactly(SEED, "seed", seed)
    salt = os.urandom(SALT)
    header = _LAYOUT.pack(VERSION, cost.memory_kib, cost.iterations, cost.lanes, salt)
    return header + seal_value(_stretch(password, cost, salt), body, pack("password", header, context))


def open_seed(blob: Bytes, password: str, context: bytes) -> bytes:
    """The seed that seal_seed() sealed: bytes, length 32.

    Raises WrongKey for another password or context (or a changed cost or salt), Corrupt if it is cut, changed or its
    cost is out of bounds (nothing is computed then), UnknownVersion.
    """
    sealed = bytes(blob)
    cost, salt = _read(sealed)
    header, value = sealed[: _LAYOUT.size], sealed[_LAYOUT.size :]
    return open_value(_stretch(password, cost, salt), value, pack("password", header, context))


def cost_of(blob: Bytes) -> Cost:
    """What a try at this blob costs. Raises Corrupt if it is cut or its cost is out of bounds, UnknownVersion."""
    return _read(bytes(blob))[0]


def _read(sealed: bytes) -> tuple[Cost, bytes]:
    if len(sealed) < _LAYOUT.size:
        raise Corrupt("password: cut")
    version, memory_kib, iterations, lanes, salt = _LAYOUT.unpack(sealed[: _LAYOUT.size])
    if version != VERSION:
        raise UnknownVersion(f"password: version {version}")
    try:
        return Cost(memory_kib, iterations, lanes), salt
    except ValueError:
        raise Corrupt("password: cost out of bounds") from None


def _stretch(password: str, cost: Cost, salt: bytes) -> bytes:
    secret = normalize("NFC", password).encode("utf-8", "surrogatepass")  # never an error that carries the password
    kdf = Argon2id(salt=salt, length=32, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(secret)
