"""Which sealed records are looked through, and where their words are. A further kind of record is one line of KINDS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import keys, rounds
from cases.actions import approving, handing_over, notes
from cases.reading import spoken
from cases.statement import catalogue, wording
from cases.statement.catalogue import LANGUAGES, Catalogue

TOLD = frozenset({keys.IDENTITY, keys.ACCOUNT})  # what is in there is an opening of the account


@dataclass(frozen=True, slots=True)
class Text:
    """Some words of a record. about: the question that they answer; topic: what they are about, if that is violence."""

    text: str
    language: str = ""
    about: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record. field: "" for all of its table. page: the name of the address where a person reads it."""

    words: Promise
    compartments: frozenset[str]
    table: str
    field: str
    page: str
    texts: Callable[[Any], Iterator[Text]]


def _named(*names: str) -> Callable[[Any], Iterator[Text]]:
    """The words under these names of a record."""

    def texts(content: dict[str, Any]) -> Iterator[Text]:
        for name in names:
            if content.get(name):
                yield Text(str(content[name]), str(content.get("lang", "")))

    return texts


def _answers(content: dict[str, Any]) -> Iterator[Text]:
    """What was typed and chosen in one section of a version; what was chosen, in each language of the questions."""
    known = catalogue.at(content["catalogue"])
    for question_id, answer in content["answers"].items():
        if question_id in known.questions and wording.is_given(answer):
            yield from _answer(known, question_id, answer)


def _answer(known: Catalogue, question_id: str, answer: dict[str, Any]) -> Iterator[Text]:
    question, own = known.question(question_id), str(answer.get("lang", ""))
    lines: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for line in wording.lines(question, answer, language):
            lines.setdefault(line, []).append(language)
    about, topic = question.text[spoken()], (catalogue.topic_of(question) or {}).get(spoken(), "")
    for line, languages in lines.items():  # what was typed is the same in each
        yield Text(line, own if len(languages) > 1 else languages[0], about, topic)


def _strings(content: Any) -> Iterator[Text]:
    """Every word of a record without an order of its own."""
    if isinstance(content, str):
        yield Text(content)
    elif isinstance(content, dict | list):
        for each in content.values() if isinstance(content, dict) else content:
            yield from _strings(each)


WORK, MESSAGES = frozenset({keys.WORK}), frozenset({keys.MESSAGES})
KINDS = (
    Kind(_("Letter"), MESSAGES, "message", "text", "cases:letters", _named("text")),
    Kind(_("Account"), TOLD, "statement", "", "cases:account", _answers),
    Kind(_("Name of an exhibit"), TOLD, "exhibit", "record", "cases:account", _named("name")),
    Kind(_("Note"), WORK, notes.TABLE, notes.FIELD, "cases:notes", _named("text")),
    Kind(_("Question to the person"), WORK, rounds.TABLE, rounds.FIELD, "cases:letters", _strings),
    Kind(_("Facts"), WORK, "facts", "confirmed", "cases:facts", _strings),
    Kind(_("Reason of a safety hold"), WORK, "hold", "reason", "cases:hold", _named("reason")),
    Kind(_("Note on a safety hold"), WORK, "hold_release", "", "cases:hold", _named("note", "reason")),
    Kind(_("Reason of a legal hold"), WORK, "legal_hold", "", "cases:case", _named("reason")),
    Kind(_("Question to a lead"), WORK, approving.TABLE, approving.ASKED, "cases:case", _strings),
    Kind(_("Answer of a lead"), WORK, approving.TABLE, approving.DECIDED, "cases:case", _named("reason")),
    Kind(_("Hand-over"), WORK, handing_over.TABLE, handing_over.FIELD, "cases:case", _named("body", "what")),
    Kind(_("Request for a dossier"), WORK, "dossier", "", "cases:case", _named("reason", "lawyer")),
    Kind(_("Request for the sealed part"), WORK, "sealed_release", "", "cases:sealed", _named("reason")),
    Kind(_("Refusal to erase"), WORK, "erasure", "", "cases:case", _named("reason")),
)
_BY_PLACE = {(kind.table, kind.field): kind for kind in KINDS}


def kind_of(table: str, field: str, compartment: str) -> Kind | None:
    """The kind of a record by its place; None for what is not looked through."""
    kind = _BY_PLACE.get((table, field)) or _BY_PLACE.get((table, ""))
    return kind if kind and compartment in kind.compartments else None
