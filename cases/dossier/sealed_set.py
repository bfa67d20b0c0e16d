"""What belongs into the sealed envelope, and whether any of it stands in what is handed over openly."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from cases.dossier.inputs import DossierInput

ENVELOPE = frozenset({"identity", "witness_contacts", "whereabouts", "salt"})  # fields of DossierInput
SHORTEST = 4  # characters of a value that can be looked for without finding it in half of all texts
CODES = frozenset({"code", "lang", "country", "gender", "documents"})  # fields that hold no words of a person
ENDING = 2  # letters at the end of a name that its cases change
WORDS = re.compile(r"\w+")


def sealed_values(data: DossierInput) -> frozenset[str]:
    """The words that no open part may hold: names, contacts, birth date and place, papers, whereabouts."""
    owners: list[Any] = [data.identity] if data.identity else []
    plain = [asdict(each) for each in (*owners, *data.witness_contacts, *data.whereabouts)]
    found = (str(value) for each in plain for key, value in each.items() if key not in CODES and value)
    return frozenset(value.strip() for value in found if len(value.strip()) >= SHORTEST)


def found_in_open(data: DossierInput) -> tuple[str, ...]:
    """The fields of the input ("account", "facts") that are printed openly and hold a sealed value as it was given."""
    values = [_flat(each) for each in sealed_values(data)]
    plain = json.loads(data.to_bytes())
    return tuple(
        name
        for name in sorted(set(plain) - ENVELOPE)
        if any(value in text for text in map(_flat, _texts(plain[name])) for value in values)
    )


def without_names(text: str, named: Sequence[tuple[str, str]]) -> str:
    """The text with each name, in the forms that a case ending gives it, replaced by its code. named: name and code."""
    for name, code in named:
        for word in (each for each in WORDS.findall(name) if len(each) >= SHORTEST):
            stem = re.escape(word[: max(SHORTEST, len(word) - ENDING)])
            text = re.sub(rf"\b{stem}\w{{0,3}}\b", code, text, flags=re.IGNORECASE)
    codes = "|".join(re.escape(code) for _, code in named)
    return re.sub(rf"\b({codes})(?: \1\b)+", r"\1", text) if codes else text


def _texts(plain: Any) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, (list, dict)):
        for each in plain.values() if isinstance(plain, dict) else plain:
            yield from _texts(each)


def _flat(text: str) -> str:
    return " ".join(text.casefold().split())
