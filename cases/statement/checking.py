"""What must be true of a catalogue: `python -m cases.statement.checking [FILE ...]` says what is not."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from cases.statement import catalogue, loading, vocab
from cases.statement.catalogue import Question, Section
from cases.statement.conditions import BadCondition

READ = ("long", "choiceN")  # types whose answers are more than a word
BLAMING = ("виновн", "вінават", "why did you not")


def wrong_with(section: Section, known: frozenset[str]) -> list[str]:
    """What breaks a rule in a section, one line each. known: the ids that conditions may name."""
    lines = [line for question in section.questions for line in _of_question(question)]
    asked = [section.only_if, *(each.only_if for each in section.questions)]
    named = frozenset[str]().union(*(each.asks() for each in asked if each))
    lines += [f"{section.id}: a condition names {name}" for name in sorted(named - known)]
    if section.card and section.card.name not in {each.id for each in section.questions}:
        lines.append(f"{section.id}: the card is named by {section.card.name}")
    return lines


def _of_question(question: Question) -> Iterator[str]:
    codes = set(_codes(question))
    for name in ("likely", "apart", "left_out", "help_on"):
        if unknown := set(getattr(question, name)) - codes:
            yield f"{question.id}: {name} has unknown codes {sorted(unknown)}"
    if question.own_words and (unknown := set(question.own_words.codes) - codes):
        yield f"{question.id}: own_words has unknown codes {sorted(unknown)}"
    if unknown := set(question.answers) - codes:
        yield f"{question.id}: answers has unknown codes {sorted(unknown)}"
    if unknown := set(question.said) - set(vocab.codes(vocab.SAID)):
        yield f"{question.id}: said has unknown codes {sorted(unknown)}"
    if question.type.startswith("choice") and not codes:
        yield f"{question.id}: no list"
    if question.page and question.notice:
        yield f"{question.id}: a hard question stands alone on its page"
    if question.notice and question.type in READ and question.compartment != "sealed" and not question.topic:
        yield f"{question.id}: readers are not told what a hard answer is about"
    yield from _of_groups(question, codes)
    yield from _of_words(question)


def _codes(question: Question) -> list[str]:
    known = [name for name in question.lists if name != vocab.EPISODES]
    return [code for name in known for code in vocab.codes(name)] or list(question.lists)


def _of_groups(question: Question, codes: set[str]) -> Iterator[str]:
    grouped = [code for group in question.groups for code in group.codes]
    if double := sorted({code for code in grouped if grouped.count(code) > 1}):
        yield f"{question.id}: twice in groups {double}"
    if unknown := set(grouped) - codes:
        yield f"{question.id}: groups have unknown codes {sorted(unknown)}"
    homes = {*grouped, *question.likely, *question.apart, *question.left_out}
    own = question.own_words.codes[:1] if question.own_words else ()
    if grouped and (lost := codes - homes - set(own)):
        yield f"{question.id}: in no group {sorted(lost)}"


def _of_words(question: Question) -> Iterator[str]:
    for language, text in question.text.items():
        if any(word in text.casefold() for word in BLAMING):
            yield f"{question.id}: {language} says who is guilty"


def main(paths: list[str]) -> int:
    """Check files of sections, or the newest catalogue; 0 when nothing is wrong."""
    try:
        if paths:
            sections = [loading.section(json.loads(Path(path).read_text(encoding="utf-8"))) for path in paths]
        else:
            sections = list(catalogue.sections())
    except (loading.BadCatalogue, BadCondition, KeyError, ValueError) as error:
        sys.stdout.write(f"{type(error).__name__}: {error}\n")
        return 1
    whole = None if paths else frozenset(catalogue.at(catalogue.VERSION).questions)
    lines = [line for each in sections for line in wrong_with(each, whole or _every_id(each))]
    sound = f"{sum(len(each.questions) for each in sections)} questions, nothing wrong"
    sys.stdout.write("\n".join(lines or [sound]) + "\n")
    return 1 if lines else 0


def _every_id(section: Section) -> frozenset[str]:
    """For one file alone: any id that a condition names is taken as known."""
    found = [section.only_if, *(each.only_if for each in section.questions)]
    return frozenset[str]().union(*(each.asks() for each in found if each))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
