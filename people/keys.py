"""What a person's password and seed open: the seed itself, and the secret of the second factor."""

from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from django.conf import settings

from people.passwords import normalised
from vault.envelope import aead, password
from vault.envelope.encoding import pack
from vault.models import KeyPair


def cost() -> password.Cost:
    """What one guess of a password costs in this deployment."""
    return password.Cost(
        memory_kib=settings.ARGON2["memory_kib"],
        iterations=settings.ARGON2["iterations"],
        lanes=settings.ARGON2["lanes"],
    )


def seal_seed(seed: bytes, pair: KeyPair, words: str) -> bytes:
    """Seal a person's seed (32 bytes) under the password, bound to this deployment and key pair."""
    return password.seal_seed(seed, normalised(words), cost(), _seed_context(pair))


def open_seed(pair: KeyPair, words: str) -> bytes:
    """Open a person's seed. Raises WrongKey for a wrong password, Corrupt for a damaged row."""
    return password.open_seed(bytes(pair.password_seed or b""), normalised(words), _seed_context(pair))


def seal_totp(seed: bytes, secret: bytes, person: UUID) -> bytes:
    """Seal the secret of the second factor (20 bytes) so that only the person's seed opens it."""
    return aead.seal_value(_totp_key(seed), secret, _totp_context(person))


def open_totp(seed: bytes, sealed: bytes, person: UUID) -> bytes:
    """Open the secret of the second factor. Raises WrongKey or Corrupt."""
    return aead.open_value(_totp_key(seed), sealed, _totp_context(person))


def _seed_context(pair: KeyPair) -> bytes:
    return pack("person", settings.DEPLOYMENT, pair.id.bytes, bytes(pair.fingerprint))


def _totp_context(person: UUID) -> bytes:
    return pack("totp", settings.DEPLOYMENT, person.bytes)


def _totp_key(seed: bytes) -> bytes:
    return HKDFExpand(SHA256(), 32, b"totp").derive(seed)
