"""What belongs into the sealed envelope, and whether any of it stands in what is handed over openly."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from cases.dossier.inputs import DossierInput

ENVELOPE = frozenset({"identity", "witness_contacts", "whereabouts", "salt"})  # fields of DossierInput
SHORTEST = 4  # letters of a part of a name that gives way to a code
TELLING = 6  # letters and digits of a value that identifies somebody: a first name alone does not
ENDING = 2  # letters at the end of a name that its cases change
WORDS = re.compile(r"\w+")


def sealed_values(data: DossierInput) -> frozenset[str]:
    """The words that no open part may hold: full names, contacts, numbers of papers, whereabouts.

    Place and day of birth and given names are not among them: half of all accounts say such words of something else.
    """
    who = data.identity
    found = [who.family_name, who.latin_name, who.other_names, who.document_numbers] if who else []
    found += [value for each in data.witness_contacts for value in (each.name, each.contact)]
    found += [each.text for each in data.whereabouts]
    return frozenset(flat for each in found if len("".join(WORDS.findall(flat := _flat(each)))) >= TELLING)


def found_in_open(data: DossierInput) -> tuple[str, ...]:
    """The fields of the input ("account", "facts") that are printed openly and hold a sealed value as it was given."""
    values = [re.compile(rf"(?<!\w){re.escape(each)}(?!\w)") for each in sorted(sealed_values(data))]
    plain = json.loads(data.to_bytes()) if values else {}
    return tuple(
        name
        for name in sorted(set(plain) - ENVELOPE)
        if any(value.search(text) for text in map(_flat, _texts(plain[name])) for value in values)
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
