"""Public findings about a place and a time, for the section "Context" and annex A8.

public_sources.json holds them as data: country, period, title, address, the day it was read, sentences in our
own words. They were read in copies of the pages named there, so each sentence asks counsel to read the original.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cases.dossier.inputs import FactSentence, PublicSource
from cases.dossier.variant import Variant

UNREAD = "unverified: counsel to read the original"


@dataclass(frozen=True)
class PublicContext:
    """Sources numbered from O-001 and the sentences that rest on them."""

    sources: tuple[PublicSource, ...]
    sentences: tuple[FactSentence, ...]


def public_context(facts: dict[str, Any], cited: Collection[str] = (), variant: Variant | None = None) -> PublicContext:
    """The findings that bear on the confirmed acts: same country, and a period that meets theirs; then those cited.

    facts: the shape of the route assessment. Acts without a country find nothing; a missing day is open. cited:
    addresses that sentences name; one that our list does not know any more is left out. variant: whose words the
    sentences have, where it has some.
    """
    labelled = _labelled(facts, cited)
    return PublicContext(
        tuple(_source(*each) for each in labelled),
        tuple(_sentences(labelled, variant.table("public") if variant else {})),
    )


def sources_for(facts: dict[str, Any], cited: Collection[str] = ()) -> list[tuple[PublicSource, tuple[Any, ...]]]:
    """The same sources with what the list says of each: {"text", "on"}."""
    return [(_source(*each), tuple(each[1]["sentences"])) for each in _labelled(facts, cited)]


def _labelled(facts: dict[str, Any], cited: Collection[str]) -> list[tuple[str, dict[str, Any]]]:
    bearing = [entry for entry in _known() if any(_meets(entry, act) for act in facts.get("acts", ()))]
    others = [entry for entry in _known() if entry not in bearing]
    labelled = [(f"O-{number:03d}", entry) for number, entry in enumerate([*bearing, *others], start=1)]
    return [each for each in labelled if each[1] in bearing or each[1]["address"] in cited]


def addresses() -> frozenset[str]:
    """Of every source in our list."""
    return frozenset(entry["address"] for entry in _known())


def _source(label: str, entry: dict[str, Any]) -> PublicSource:
    return PublicSource(label, entry["title"], entry["address"], entry["read_on"])


def english_sentences() -> tuple[str, ...]:
    """Every sentence as the data have it."""
    return tuple(sentence["text"] for entry in _known() for sentence in entry["sentences"])


def _sentences(labelled: Iterable[tuple[str, dict[str, Any]]], words: dict[str, Any]) -> Iterable[FactSentence]:
    for label, entry in labelled:
        for sentence in entry["sentences"]:
            yield FactSentence(
                str(words.get(sentence["id"], sentence["text"])), "public", label, "context", sentence["on"], UNREAD
            )


def _meets(entry: dict[str, Any], act: dict[str, Any]) -> bool:
    first = str(act.get("from") or act.get("to") or entry["from"])
    last = str(act.get("to") or act.get("from") or entry["to"])
    meets: bool = act.get("country") == entry["country"] and first <= entry["to"] and last >= entry["from"]
    return meets


@cache
def _known() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(Path(__file__).with_name("public_sources.json").read_text("utf-8"))
    return entries
