"""What can go wrong with an envelope. No text here ever holds content, keys or codes that a person typed."""

from typing import Literal

Reason = Literal["length", "sign", "check"]


class EnvelopeError(Exception):
    """Any failure of this package."""


class WrongKey(EnvelopeError):
    """Not for this key or not for this place: try the next key."""


class Corrupt(EnvelopeError):
    """Cut, changed, reordered or badly formed: stop, no other key will help."""


class UnknownVersion(EnvelopeError):
    """Written by a newer program: stop."""


class BadKey(EnvelopeError):
    """A key, seed, share or salt has the wrong length or is not a valid key."""


class BadSignature(EnvelopeError):
    """The signature is missing or does not belong to this key, domain and message."""


class BadCode(EnvelopeError):
    """What was typed is not a receipt code.

    reason: "sign" (a character that is neither digit nor separator), "length" (not 30 digits), "check" (a typing slip).
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
