"""One text with everything replaced that identifies a person, and everything else as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping

from cases.dossier.pseudonym.days import Days, Needed
from cases.dossier.pseudonym.kept import Kept
from cases.dossier.pseudonym.names import Names
from cases.dossier.pseudonym.patterns import Cells, Contacts, Documents
from cases.dossier.pseudonym.places import Places
from cases.dossier.pseudonym.professions import Professions
from cases.dossier.pseudonym.spans import Rule, applied, merged
from cases.dossier.pseudonym.table import (
    ADDRESS,
    BIRTH_PLACE,
    CONTACT,
    DOCUMENT,
    EMPLOYER,
    NAMES,
    PROFESSION,
    SCHOOL,
    WORD,
    Identity,
)
from cases.dossier.variant import Variant

Maker = Callable[[Identity, Needed, Variant], Rule]
# Every rule by name; a test takes each out and must then find what it had replaced.
RULES: dict[str, Maker] = {
    "names": lambda who, *_: Names(who.of(NAMES)),
    "birth date": lambda who, needed, words: Days(who.born, needed, words, coarsens=False),
    "days": lambda who, needed, words: Days("", needed, words),
    "birth place": lambda who, *_: Places(who.of([BIRTH_PLACE])),
    "addresses": lambda who, *_: Places(who.of([ADDRESS])),
    "employer": lambda who, *_: Places(who.of([EMPLOYER])),
    "school": lambda who, *_: Places(who.of([SCHOOL])),
    "words": lambda who, *_: Places(who.of([WORD])),
    "contacts": lambda who, *_: Contacts(who.of([CONTACT])),
    "documents": lambda who, *_: Documents(who.of([DOCUMENT])),
    "cells": lambda *_: Cells(),
    "professions": lambda who, *_: Professions(who.of([PROFESSION])),
}


class Replacer:
    """Replaces in many texts of one dossier. counts: how often, by kind. Lives as long as the making of the input.

    kept: full names of those who are accused. They stay, also where a word of them is a name of the survivor's.
    """

    def __init__(
        self, who: Identity, needed: Needed, words: Variant, rules: Mapping[str, Maker] | None = None, *,
        kept: Collection[str] = (),
    ) -> None:  # fmt: skip
        made = RULES if rules is None else rules
        self.needed = needed
        self.counts: Counter[str] = Counter()
        self._rules = {name: make(who, needed, words) for name, make in made.items()}
        self._kept = Kept(kept)

    def replace(self, text: str, language: str, only: Collection[str] | None = None) -> str:
        """The text with codes where something identified somebody. language: of the passage, for the words of codes.

        only: the names of the rules that apply; all of them unless given.
        """
        rules = [rule for name, rule in self._rules.items() if only is None or name in only]
        spans = [span for rule in rules for span in rule.spans(text, language)]
        found = merged(self._kept.without(spans, text), text)
        self.counts.update(span.kind for span in found)
        return applied(found, text)
