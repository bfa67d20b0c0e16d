"""Typed text as it is kept: exactly as typed, without the few signs that no database and no paper can hold."""

from __future__ import annotations

import re
from typing import NamedTuple

# Control characters but tab and line feed, halves of surrogate pairs, non-characters, and U+FFFD, which is what
# Django makes of bytes that are no UTF-8 (a lone surrogate arrives as three of them).
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd\ufffe\uffff]")


class Cleaned(NamedTuple):
    """The text that can be kept, and how many signs were taken out of it."""

    text: str
    taken_out: int


def clean(typed: str) -> Cleaned:
    """Take out what cannot be kept; line ends become line feeds, nothing else changes."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return Cleaned(*UNFIT.subn("", lines))


def one_line(typed: str, length: int) -> str:
    """A name for a list: one line, at most `length` characters."""
    return " ".join(clean(typed).text.split())[:length]
