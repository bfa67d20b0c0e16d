"""Language per passage in the tags. WeasyPrint 70 writes the language of the document alone; this adds the others.

PDF readers choose the voice and the hyphenation by it. `_build_box_tree` is internal to WeasyPrint: if it goes, the
import fails and the tests of the pages say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags

_without_languages = tags._build_box_tree


def _with_languages(box: Any, *args: Any) -> Iterator[Any]:
    """The structure elements of a box, each with /Lang when its element says a language."""
    source = box._box if isinstance(box, AbsolutePlaceholder) else box
    lang = source.element.get("lang") if source.element is not None else None
    for element in _without_languages(box, *args):
        if lang and source.element_tag != "html":
            element["Lang"] = pydyf.String(lang)
        yield element


def install() -> None:
    """From now on, tags carry languages in this process."""
    tags._build_box_tree = _with_languages
