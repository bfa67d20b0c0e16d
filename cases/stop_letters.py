"""Letters after a permission was taken back: to the person, and to whoever holds a copy. Drafts; a member edits each.

The texts are data (stop_letters.json). No native speaker with trauma training has reviewed those in Belarusian, Russian
and Arabic.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils import translation

from cases.copies import Copy
from cases.statement.days import day_in_words

DATA = Path(__file__).with_suffix(".json")
_TEXTS: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
TO_PERSON: dict[str, dict[str, str]] = _TEXTS["to_person"]  # by language: letter, held (who has a copy), nobody
TO_HOLDER: dict[str, str] = _TEXTS["to_holder"]


def to_person(copies: Iterable[Copy], language: str) -> str:
    """The letter to the person in a language of the letters; who holds a copy stands in it by name and day."""
    texts = TO_PERSON[language]
    lines = "\n".join(f"– {each.who}, {day_in_words(each.on, language)}" for each in copies if each.is_over)
    return texts["letter"].format(held=texts["held"].format(lines=lines) if lines else texts["nobody"])


def to_holder(copy: Copy, reference: str) -> tuple[str, str]:
    """The letter to a holder, and its language: the holder's, if there is a text in it, else English."""
    language = copy.language if copy.language in TO_HOLDER else "en"
    with translation.override(language):
        what = str(copy.what)
    text = TO_HOLDER[language].format(reference=reference, day=day_in_words(copy.on, language), what=what)
    return text, language
