"""Public findings about a place and a time, for the section "Context" and annex A8.

public_sources.json holds them as data: country, period, title, address, the day it was read, sentences in our
own words. They were read in copies of the pages named there, so each sentence asks counsel to read the original.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cases.dossier.inputs import FactSentence, PublicSource

UNREAD = "unverified: counsel to read the original"


@dataclass(frozen=True)
class PublicContext:
    """Sources numbered from O-001 and the sentences that rest on them."""

    sources: tuple[PublicSource, ...]
    sentences: tuple[FactSentence, ...]


def public_context(facts: dict[str, Any]) -> PublicContext:
    """The findings that bear on the confirmed acts: same country, and a period that meets theirs.

    facts: the shape of the route assessment. Acts without a country find nothing; a missing day is open.
    """
    found = [entry for entry in _known() if any(_meets(entry, act) for act in facts.get("acts", ()))]
    labelled = [(f"O-{number:03d}", entry) for number, entry in enumerate(found, start=1)]
    sources = (PublicSource(label, entry["title"], entry["address"], entry["read_on"]) for label, entry in labelled)
    return PublicContext(tuple(sources), tuple(_sentences(labelled)))


def _sentences(labelled: Iterable[tuple[str, dict[str, Any]]]) -> Iterable[FactSentence]:
    for label, entry in labelled:
        for sentence in entry["sentences"]:
            yield FactSentence(sentence["text"], "public", label, "context", sentence["on"], UNREAD)


def _meets(entry: dict[str, Any], act: dict[str, Any]) -> bool:
    first = str(act.get("from") or act.get("to") or entry["from"])
    last = str(act.get("to") or act.get("from") or entry["to"])
    meets: bool = act.get("country") == entry["country"] and first <= entry["to"] and last >= entry["from"]
    return meets


@cache
def _known() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(Path(__file__).with_name("public_sources.json").read_text("utf-8"))
    return entries
