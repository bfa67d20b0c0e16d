"""ML-DSA-65 signatures beside Ed25519 ones, for words that must still count when a quantum computer forges curves."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from vault.envelope.encoding import Bytes, exactly, pack
from vault.envelope.errors import BadSignature
from vault.envelope.seeds import SEED

PQ_PUBLIC = 1952
PQ_SIGNATURE = 3309


def pq_public(seed: Bytes) -> bytes:
    """The public half of a seed to verify with: bytes, length 1952. Raises BadKey unless seed has 32 bytes."""
    return _private(seed).public_key().public_bytes_raw()


def pq_sign(seed: Bytes, domain: str, message: Bytes) -> bytes:
    """Sign message for one domain with the ML-DSA-65 half of a seed; two signatures of the same differ.

    seed: bytes, length 32. Returns bytes, length 3309, over pack("signature", domain, message), with an empty context.
    Raises BadKey unless seed has 32 bytes. Source: FIPS 204 algorithm 2.
    """
    return _private(seed).sign(pack("signature", domain, message))


def pq_verify(public: Bytes, domain: str, message: Bytes, signature: Bytes) -> None:
    """Return if signature is that key's for this domain and message, else raise BadSignature.

    public: bytes, length 1952, else BadKey. Source: FIPS 204 algorithm 3.
    """
    key = MLDSA65PublicKey.from_public_bytes(exactly(PQ_PUBLIC, "pq_public", public))
    try:
        key.verify(bytes(signature), pack("signature", domain, message))
    except InvalidSignature:
        raise BadSignature(domain) from None


def _private(seed: Bytes) -> MLDSA65PrivateKey:
    """HKDF-Expand under a label of its own gives the 32 bytes that FIPS 204 calls xi."""
    return MLDSA65PrivateKey.from_seed_bytes(HKDFExpand(SHA256(), 32, b"ml-dsa-65").derive(exactly(SEED, "seed", seed)))
