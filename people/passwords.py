"""Generated passwords, and one way to write a password down as bytes."""

import secrets
import unicodedata
from functools import cache
from importlib.resources import files

# From the long list of the Electronic Frontier Foundation: 12.9 bits a word, so six of them have 77 bits.
WORDS = 6


def new_password() -> str:
    """Six random words joined by hyphens, 77 bits."""
    return "-".join(secrets.choice(word_list()) for _ in range(WORDS))


def is_generated(password: str) -> bool:
    """Could new_password() have made it?"""
    words = password.split("-")
    return len(words) == WORDS and set(words) <= set(word_list())


def normalised(password: str) -> str:
    """The same password however a keyboard composed its letters, and without white space around it."""
    return unicodedata.normalize("NFKC", password).strip()


@cache
def word_list() -> tuple[str, ...]:
    """The list without its four words that have a hyphen, so that six words look like six: 7772 of small letters."""
    text = files("xkcdpass").joinpath("static", "eff-long").read_text(encoding="ascii")
    return tuple(word for word in text.split() if "-" not in word)
