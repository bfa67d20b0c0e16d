"""Words to offer as a second word: six plain nouns in the person's own language, about 42 bits."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path

COUNT = 6
FOLDER = Path(__file__).parent / "data" / "words"


def offer(language: str) -> str:
    """Six different random words with spaces between."""
    return " ".join(secrets.SystemRandom().sample(word_list(language), COUNT))


@cache
def word_list(language: str) -> tuple[str, ...]:
    """The 128 words of a language: 7 bits each."""
    return tuple((FOLDER / f"{language}.txt").read_text(encoding="utf-8").split())
