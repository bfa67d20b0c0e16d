"""A plain text as printed pages: every line as it was typed, nothing interpreted. Runs in the child."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator

from cases.dossier.errors import ExhibitUnusable
from cases.dossier.inert import inert, newlines

COLUMNS, LINES, PAGES = 84, 54, 60  # of one page in a fixed width; of a text that is printed
ENCODINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
WINDOWS = "windows-1251"  # code of a note: its letters were read as Windows wrote Cyrillic


def pages_of(original: bytes) -> tuple[list[str], tuple[str, ...]]:
    """The text of each page, and codes of notes for the slip. Raises ExhibitUnusable: pages, when it is too long."""
    if len(original) > PAGES * LINES * COLUMNS * 4:
        raise ExhibitUnusable("pages")
    text, notes = _decoded(original)
    lines = [part for line in newlines(text).split("\n") for part in _wrapped(line)]
    if len(lines) > PAGES * LINES:
        raise ExhibitUnusable("pages")
    pages = ["\n".join(lines[at : at + LINES]) for at in range(0, len(lines), LINES)]
    return pages, (f"text {len(pages)}", *notes)


def _decoded(original: bytes) -> tuple[str, tuple[str, ...]]:
    encoding = next((name for mark, name in ENCODINGS.items() if original.startswith(mark)), "utf-8")
    try:
        return original.decode(encoding), ()
    except UnicodeDecodeError:
        name = encoding if encoding == "utf-16" else "cp1251"
        return original.decode(name, "replace"), (WINDOWS,) if name == "cp1251" else ()


def _wrapped(line: str) -> Iterator[str]:
    """A line cut to the width of the page; marks stand for what cannot be printed."""
    shown = inert(line.expandtabs(4), len(line) * 4 + 1)
    wide = any(unicodedata.east_asian_width(character) in "WF" for character in shown)
    width = COLUMNS // 2 if wide else COLUMNS
    yield from textwrap.wrap(shown, width, replace_whitespace=False, drop_whitespace=False) or [""]
