"""Recovery shares as words (SLIP-39): split, read what somebody typed from paper, put together.

Errors carry the wrong word in an attribute for the page that it was typed into, never in their text.
Source: SLIP-0039, https://github.com/satoshilabs/slips/blob/master/slip-0039.md
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share
from shamir_mnemonic.wordlist import WORDLIST

from vault.envelope.seeds import public_of

WORDS = 33  # in a share of a seed of 32 bytes
WORD = re.compile(r"[^\W\d_]+")
KNOWN = frozenset(WORDLIST)


class BadShare(Exception):
    """One share cannot be read. args[0] is a code: empty, word, length, checksum. share and position count from 1."""

    def __init__(self, code: str, share: int, position: int = 0, word: str = "", near: str = "") -> None:
        super().__init__(code)
        self.code, self.share, self.position, self.word, self.near = code, share, position, word, near


class BadSet(Exception):
    """The shares do not make the key. args[0] is a code: few, twice, mixed, other_kit. share counts from 1."""

    def __init__(self, code: str, share: int = 0, needed: int = 0) -> None:
        super().__init__(code)
        self.code, self.share, self.needed = code, share, needed


@dataclass(frozen=True, slots=True)
class Read:
    """A share whose words and checksum fit."""

    number: int  # as printed on the kit, from 1
    needed: int
    kit: int  # what all shares of one kit have in common
    words: str

    def __repr__(self) -> str:
        return f"Read({self.number})"


def split(seed: bytes, *, needed: int, total: int) -> list[str]:
    """Split a seed of 32 bytes into `total` shares of 33 words, of which any `needed` give it back."""
    return list(generate_mnemonics(1, [(needed, total)], seed)[0])


def words_of(text: str) -> list[str]:
    """The words of a text in lower case; numbers, line breaks and marks between them do not count."""
    return WORD.findall(text.lower())


def read(text: str, share: int) -> Read:
    """Read one typed share. share: its place on the page, for the error. Raises BadShare."""
    words = words_of(text)
    if not words:
        raise BadShare("empty", share)
    for position, word in enumerate(words, 1):
        if word not in KNOWN:
            raise BadShare("word", share, position, word, nearest(word))
    if len(words) != WORDS:
        raise BadShare("length", share, len(words))
    try:
        found = Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        raise BadShare("checksum", share) from None
    return Read(found.index + 1, found.member_threshold, found.identifier, " ".join(words))


def nearest(word: str) -> str:
    """The word of the list that somebody most likely meant, or "". The first four letters tell all apart."""
    same = [known for known in WORDLIST if len(word) >= 4 and known.startswith(word[:4])]
    return next(iter(same or get_close_matches(word, WORDLIST, 1)), "")


def combine(shares: Sequence[Read], fingerprint: bytes) -> bytes:
    """The seed that enough shares of one kit make; its fingerprint must be the known one. Raises BadSet.

    Nothing is computed before there are as many different shares of one kit as that kit asks for.
    """
    needed = shares[0].needed if shares else 0
    for place, share in enumerate(shares, 1):
        if share.kit != shares[0].kit:
            raise BadSet("mixed", place)
        if share.number in {other.number for other in shares[: place - 1]}:
            raise BadSet("twice", place)
    if not shares or len(shares) < needed:
        raise BadSet("few", needed=needed)
    return _combine([share.words for share in shares[:needed]], fingerprint)


def _combine(mnemonics: list[str], fingerprint: bytes) -> bytes:
    try:
        seed = bytes(combine_mnemonics(mnemonics))
    except MnemonicError:
        raise BadSet("mixed") from None
    if public_of(seed).fingerprint != fingerprint:
        raise BadSet("other_kit")
    return seed
