"""What a person's password and seed open: the seed itself, and the second factors."""

import hmac
from base64 import b32encode
from urllib.parse import quote
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


def totp_words(secret: bytes) -> str:
    """The secret as authenticator apps want it typed: 32 letters and digits for 20 bytes."""
    return b32encode(secret).decode("ascii")


def totp_uri(secret: bytes, login: str) -> str:
    """The otpauth address that apps read as a QR code."""
    return f"otpauth://totp/Workspace:{quote(login)}?secret={totp_words(secret)}&issuer=Workspace"


def passkey_seal(seed: bytes, person: UUID, credential: bytes, public_key: bytes) -> bytes:
    """What only the holder of the seed can put beside a passkey: HMAC-SHA256, 32 bytes, over whose it is and its key.

    A row that was added or changed in the database has no valid one.
    """
    fields = pack("passkey", settings.DEPLOYMENT, person.bytes, credential, public_key)
    return hmac.digest(_expand(seed, b"passkey"), fields, "sha256")


def recovery_tag(seed: bytes, person: UUID, row: UUID, code: str) -> bytes:
    """A recovery code as it is stored: HMAC-SHA256, 32 bytes, bound to the person and to its row."""
    fields = pack("recovery code", settings.DEPLOYMENT, person.bytes, row.bytes, code)
    return hmac.digest(_expand(seed, b"recovery code"), fields, "sha256")


def _seed_context(pair: KeyPair) -> bytes:
    return pack("person", settings.DEPLOYMENT, pair.id.bytes, bytes(pair.fingerprint))


def _totp_context(person: UUID) -> bytes:
    return pack("totp", settings.DEPLOYMENT, person.bytes)


def _totp_key(seed: bytes) -> bytes:
    return _expand(seed, b"totp")


def _expand(seed: bytes, label: bytes) -> bytes:
    return HKDFExpand(SHA256(), 32, label).derive(seed)
