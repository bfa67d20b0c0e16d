"""Text of strangers made harmless to print: nothing is hidden, nothing reorders the page, nothing is without end.

Escaping of markup is the template's business. Here characters that cannot be printed become visible marks such as
[U+202E], piles of combining marks are cut, and each field has a limit. The untouched text is in the package.
"""

from __future__ import annotations

import re
import unicodedata

LONG = 100_000  # characters in one answer; the forms accept no more either
SHORT = 4_000  # titles, names, questions
MARKS = 6  # combining marks on one letter; living orthographies need fewer

BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
# Controls, bidirectional embeddings, overrides and isolates, deprecated controls, byte order mark, surrogates,
# noncharacters, private use, tags. Joiners and left/right marks stay: living scripts need them, alone they do nothing.
HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u206f\ufeff\ufff0-\ufffc\ufffe\uffff"
    "\ud800-\udfff\ufdd0-\ufdef\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
RUN = re.compile(r"(\[U\+[0-9A-F]{4,6}\])\1+")


def inert(text: str, limit: int = SHORT) -> str:
    """Printable form of a text of any origin, at most about `limit` characters, line breaks as \\n.

    Cut text ends with a visible note. Never raises.
    """
    cut = text[:limit]
    shown = HIDDEN.sub(_mark, newlines(cut).replace("\t", " "))
    shown = _thin_marks(RUN.sub(_run, shown))[: 2 * limit]
    return shown + cut_note(text, limit)


def cut_note(text: str, limit: int) -> str:
    """The visible note at the end of a text that is longer than its limit; empty for others."""
    if len(text) <= limit:
        return ""
    return f"\n\n[Cut here by the printer: the whole text has {len(text)} characters.]"


def newlines(text: str) -> str:
    """Every kind of line and paragraph separator as \\n."""
    return BREAKS.sub("\n", text)


def one_line(text: str, limit: int = SHORT) -> str:
    """As inert, for labels: line breaks and runs of blanks become one space."""
    return " ".join(inert(text, limit).split())


def _mark(match: re.Match[str]) -> str:
    return f"[U+{ord(match.group()):04X}]"


def _run(match: re.Match[str]) -> str:
    mark = match.group(1)
    return f"{mark[:-1]} \u00d7 {len(match.group()) // len(mark)}]"


def _thin_marks(text: str) -> str:
    if len(text) < MARKS or text.isascii():
        return text
    kept: list[str] = []
    pile = 0
    for character in text:
        pile = pile + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if pile <= MARKS:
            kept.append(character)
        elif pile == MARKS + 1:
            kept.append("[marks cut]")
    return "".join(kept)
