"""What is shown for a code, in the language of the passage. `words.toml` holds the words."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from cases.dossier.pseudonym.table import CLASS, LITERAL, RELATION

LEFT_OUT = "[…]"
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


@cache
def words() -> dict[str, Any]:
    """Everything in words.toml. Public data, read once."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
