"""A seed in memory that may sign in the name of its key pair."""

from dataclasses import dataclass, field

from vault.envelope.signature import SigningKey
from vault.models import KeyPair


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs records with the Ed25519 key of one pair."""

    pair: KeyPair
    seed: bytes = field(repr=False)
    _key: SigningKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_key", SigningKey(self.seed))

    def sign(self, domain: str, message: bytes) -> bytes:
        """Return the 64 byte signature over the domain and the message."""
        return self._key.sign(domain, message)
