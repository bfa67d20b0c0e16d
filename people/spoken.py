"""The spoken code: six words that two people compare by telephone, so that a swapped key is noticed.

The words are 60 bits of the SHA-256 of a key's fingerprint. Somebody who exchanges the key between joining and
admission would have to find another one with the same words in those hours.
"""

from __future__ import annotations

import hashlib
import re
from hmac import compare_digest

from shamir_mnemonic.wordlist import WORDLIST

from vault.directory import own_fingerprint
from vault.models import KeyPair

WORDS, BITS = 6, 10  # words, and bits in each
BETWEEN = re.compile(r"[\s,.;-]+")


class NotWords(Exception):
    """What was typed is not six words of the list; `unknown` names those that are not in it."""

    def __init__(self, unknown: list[str]) -> None:
        super().__init__("not_words")
        self.unknown = unknown


def words_of(pair: KeyPair) -> list[str]:
    """The six words of a key. Raises vault.errors.Unstated when halves and fingerprint of the row differ."""
    digest = hashlib.sha256(own_fingerprint(pair)).digest()
    bits = int.from_bytes(digest[:8], "big") >> (64 - WORDS * BITS)
    places = range((WORDS - 1) * BITS, -1, -BITS)
    return [WORDLIST[bits >> place & (1 << BITS) - 1] for place in places]


def read(typed: str) -> list[str]:
    """The six words as somebody typed them, in any case, with spaces, commas or hyphens between. Raises NotWords."""
    words = [word for word in BETWEEN.split(typed.lower().strip()) if word]
    unknown = [word for word in words if word not in WORDLIST]
    if unknown or len(words) != WORDS:
        raise NotWords(unknown)
    return words


def matches(pair: KeyPair, typed: str) -> bool:
    """Do these words belong to this key? Compared in constant time. Raises NotWords, vault.errors.Unstated."""
    return compare_digest(" ".join(words_of(pair)), " ".join(read(typed)))
