"""Generated passwords, and one way to write a password down as bytes."""

import secrets
import unicodedata

from shamir_mnemonic.wordlist import WORDLIST

# 1024 common English words of four to eight letters, each told apart by its first four: 10 bits a word, so seven
# words are 70 bits, a bit more than six from a list of 1024 (60) and in reach of nobody who must pay Argon2id.
WORDS = 7


def new_password() -> str:
    """Seven random words joined by hyphens, 70 bits."""
    return "-".join(secrets.choice(WORDLIST) for _ in range(WORDS))


def normalised(password: str) -> str:
    """The same password however a keyboard composed its letters, and without white space around it."""
    return unicodedata.normalize("NFKC", password).strip()
