"""Passages in another language than the document: marked in the plain text, turned into markup after escaping.

The marks are private-use characters. `inert` takes them out of every text that somebody typed, so nobody can forge one.
"""

from __future__ import annotations

import re

from cases.dossier import names

OPEN, SPOKEN, CLOSE = "\ue000", "\ue001", "\ue002"
PASSAGE = re.compile(f"{OPEN}([a-z]{{2,3}}(?:-[a-z]{{2,8}})?){SPOKEN}([^{OPEN}{CLOSE}]*){CLOSE}")


def foreign(text: str, lang: str, document: str) -> str:
    """The text, marked when its language is not that of the document."""
    return text if lang == document or not text else f"{OPEN}{lang}{SPOKEN}{text}{CLOSE}"


def to_markup(markup: str) -> str:
    """Markup with a span for each passage, which says its direction where that is from the right."""
    return PASSAGE.sub(_span, markup)


def _span(found: re.Match[str]) -> str:
    side = ' dir="rtl"' if names.direction(found[1]) == "rtl" else ""
    return f'<span lang="{found[1]}"{side}>{found[2]}</span>'
