"""The second word of a receipt: together with the code it opens more than the code alone does."""

from __future__ import annotations

import os
from unicodedata import category, normalize

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from vault.envelope.encoding import Bytes, exactly, pack
from vault.envelope.password import SALT, Cost
from vault.envelope.seeds import SEED

LABEL = b"second word"


def new_salt() -> bytes:
    """A fresh salt: bytes, length 16."""
    return os.urandom(SALT)


def plain(word: str) -> str:
    """The letters and digits of a word, small, with one space between words, however a keyboard wrote it.

    Unicode form NFKC. Spaces and hyphens part words; other signs, such as the several apostrophes, are left out.
    """
    signs = normalize("NFKC", word).casefold()
    spaced = "".join(" " if sign.isspace() or category(sign) == "Pd" else sign for sign in signs)
    kept = "".join(sign for sign in normalize("NFC", spaced) if sign == " " or category(sign)[0] in "LNM")
    return " ".join(kept.split())


def second_seed(receipt_seed: Bytes, word: str, salt: Bytes, cost: Cost) -> bytes:
    """The seed of a code and its second word: bytes, length 32, see seeds.

    receipt_seed: bytes, length 32, see receipt.derive(). word: in any spelling, see plain(). salt: bytes, length 16.
    Without the code a guess needs its 96 bits too; with the code each guess costs `cost`.
    Source: HKDF-Expand (RFC 5869) of the receipt's seed with the label "second word"; Argon2id (RFC 9106) over
    pack(label, that, word); HKDF-Expand with the label "seed". Raises BadKey for other lengths.
    """
    own = _expand(exactly(SEED, "receipt_seed", receipt_seed), LABEL)
    kdf = Argon2id(
        salt=exactly(SALT, "salt", salt), length=32, iterations=cost.iterations, lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )  # fmt: skip
    said = plain(word).encode("utf-8", "surrogatepass")  # never an error that carries the word
    return _expand(kdf.derive(pack(LABEL, own, said)), b"seed")


def _expand(secret: bytes, label: bytes) -> bytes:
    return HKDFExpand(SHA256(), 32, label).derive(secret)
