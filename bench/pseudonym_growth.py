"""pseudonym.growth: replacing names in a text of 40 000 signs against one of 10 000, for signs of one kind.

Somebody may send half a million signs of one kind; patterns that go back and forth would stop a page. Processor time;
the worst kind counts. A square of the length would be 16.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

NAME = "pseudonym.growth"
GOAL = 10.0
LENGTHS = (10_000, 40_000)
LEAST = 0.05  # seconds: below it the clock says little
KINDS = ("a", "1", " ", ".", "a.", "1-", "8 0", "a@", "кам", "1 \n", "№ ", "\u200b", "К ")


def run() -> Iterator[dict[str, object]]:
    """The largest growth of all kinds of signs, and the seconds of the longest."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    growth: dict[str, float] = {}
    longest = 0.0
    for kind in KINDS:
        _seconds(kind, LENGTHS[0])  # what is loaded once is loaded
        short, long = (_seconds(kind, length) for length in LENGTHS)
        growth[kind] = long / max(short, LEAST)
        longest = max(longest, long)
    ratio = max(growth.values())
    yield {"name": NAME, "ratio": round(ratio, 2), "goal": GOAL, "ok": ratio <= GOAL, "longest_s": round(longest, 2)}


def _seconds(kind: str, length: int) -> float:
    replacer, text = _replacer(), (kind * length)[:length]
    started = time.process_time()
    replacer.replace(text, "be")
    return time.process_time() - started


def _replacer() -> Any:
    from cases.dossier.pseudonym.days import Needed
    from cases.dossier.pseudonym.replace import Replacer
    from cases.dossier.variant import find
    from tests.factories.dossier import FACTS
    from tests.factories.pseudonym import WHO

    return Replacer(WHO, Needed.of(FACTS), find("LT"))
