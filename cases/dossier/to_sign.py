"""Forms to sign, in the person's language and in English with the headings of the State: dossier.md, B3 and B4.

They carry the reference of the case and the State of the mandate, and nothing else that is known of anybody: names,
days and places are blank lines, filled in by hand. Drafts, until a lawyer of each State has read them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cases.dossier.render import DOCUMENT, Rendered, released
from cases.dossier.sandbox import Limits, run

SOURCE = Path(__file__).parent / "data" / "to_sign.json"
FORMS = ("statement", "power", "mandate")
LANGUAGES = ("be", "ru", "en")  # whole; any other person's language gets English
HEADINGS = {"LT": "lt", "PL": "pl", "DE": "de", "AT": "de", "CH": "de"}  # State -> language of its headings
ENGLISH = "en"
LINES = 24  # ruled ones on a page of the statement
LIMITS = Limits(cpu_seconds=30, wall_seconds=60.0)


def make(
    form: str, *, language: str, state: str, names: Mapping[str, str], reference: str, day: str, tmpfs: Path
) -> Rendered:  # fmt: skip
    """A form as a PDF. names: of the State, by language. Raises cases.dossier.errors.RenderFailed with a code."""
    values = content(form, language=language, state=state, names=names)
    parts = [json.dumps({**values, "reference": reference, "built_on": day}).encode()]
    answer = run("form", parts, day=day, tmpfs=tmpfs, limits=LIMITS)
    return released(answer[0], DOCUMENT, day=day, tmpfs=tmpfs)


def content(form: str, *, language: str, state: str, names: Mapping[str, str]) -> dict[str, Any]:
    """What stands in a form: each text as a row of (language, text), the person's first, once if both are English."""
    own = language if language in LANGUAGES else ENGLISH
    found, words = _source()["forms"][form], _source()["words"]
    heading = HEADINGS.get(state, ENGLISH)

    def row(text: Mapping[str, str]) -> list[dict[str, str]]:
        both = [(own, text[own])] + ([(ENGLISH, text[ENGLISH])] if own != ENGLISH else [])
        return [{"lang": code, "text": said.replace("{country}", names.get(code, state))} for code, said in both]

    def headed(text: Mapping[str, str]) -> list[dict[str, str]]:
        extra = [{"lang": heading, "text": text[heading]}] if heading in text and heading != ENGLISH else []
        return [*row(text), *extra]

    return {
        "own": own, "foot": words["foot"][own], "title": headed(found["title"]),
        "reference_words": headed(words["reference"]), "sign": headed(words["sign"]),
        "blanks": [row(each) for each in found["blanks"]], "parts": [row(each) for each in found["parts"]],
        "signers": [headed(each) for each in found["signers"]],
        "space": row(found["space"]) if "space" in found else [],
        "added": row(found["added"]) if "added" in found else [], "lines": list(range(LINES)),
    }  # fmt: skip


@cache
def _source() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SOURCE.read_text(encoding="utf-8"))
    return found
