"""What is shown for a code, in the language of the passage. `words.toml` holds the words."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from cases.dossier.pseudonym.folding import fold
from cases.dossier.pseudonym.table import CLASS, LITERAL, RELATION

LEFT_OUT = "[…]"
BEGINNING = 5  # letters of a common word from which on it is a beginning of words
HOUSE = "en"  # for a language without words here


def shown(code: str, language: str) -> str:
    """A code in square brackets, which say that the words are not the person's: [C-7QK4MT], [mother], [sister 2]."""
    if not code:
        return LEFT_OUT
    if code.startswith(RELATION):
        name, _, number = code.removeprefix(RELATION).partition(":")
        return f"[{' '.join(filter(None, [said('relations', name, language), number]))}]"
    if code.startswith(CLASS):
        return f"[{said('classes', code.removeprefix(CLASS), language)}]"
    return f"[{code.removeprefix(LITERAL)}]"


def said(table: str, name: str, language: str) -> str:
    """A word of a table in a language, else in English. Raises KeyError for a name that is not there."""
    found: dict[str, str] = words()[table][name]
    return found.get(language, found[HOUSE])


def names_of(table: str) -> tuple[str, ...]:
    """The names in a table, in the order of the file."""
    return tuple(words()[table])


def is_common(word: str, *lists: str) -> bool:
    """Is it a word of these lists of `common`? Short ones are meant whole, longer ones also with what follows."""
    read = fold(word)
    return any(read == each or (len(each) >= BEGINNING and read.startswith(each)) for each in _common(lists))


@cache
def _common(lists: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(word) for name in lists for word in words()["common"][name])


@cache
def words() -> dict[str, Any]:
    """Everything in words.toml. Public data, read once."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
