"""A seed in memory that may sign in the name of its key pair."""

from vault.envelope import signature
from vault.envelope.seeds import Halves
from vault.envelope.signature import SigningKey
from vault.models import KeyPair


class Signer:
    """Signs records with the Ed25519 key of one pair. halves: what was derived of this seed already, if anything."""

    __slots__ = ("_key", "pair", "seed")

    def __init__(self, pair: KeyPair, seed: bytes, halves: Halves | None = None) -> None:
        self.pair, self.seed = pair, seed
        self._key = SigningKey(halves or seed)

    def __repr__(self) -> str:
        return f"Signer({self.pair.id})"

    def sign(self, domain: str, message: bytes) -> bytes:
        """Return the 64 byte signature over the domain and the message."""
        return self._key.sign(domain, message)

    def verify(self, by: KeyPair, domain: str, message: bytes, signed: bytes) -> None:
        """Raise BadSignature unless the key `by` signed this message; if it is this very one, by signing it again."""
        if bytes(by.sign_public) == self._key.public:
            self._key.verify_own(domain, message, signed)
        else:
            signature.verify(bytes(by.sign_public), domain, message, signed)
