"""From answers to what identifies: names, dates, places, contacts and numbers, each with what stands for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cases.access import Account, OpenedVersion
from cases.annexed.people import WITNESSES, cards_of, coded, merged
from cases.annexed.seen import beside, day, place, words
from cases.dossier.pseudonym import wording
from cases.dossier.pseudonym.professions import class_of
from cases.dossier.pseudonym.table import (
    ADDRESS,
    BIRTH_PLACE,
    CLASS,
    CONTACT,
    DOCUMENT,
    EMPLOYER,
    NAME,
    OTHER,
    PROFESSION,
    RELATION,
    RELATIVE,
    SCHOOL,
    WITNESS,
    Identity,
    Term,
)
from cases.spelling import words as words_in

Answer = Mapping[str, Any]

NAMED = ("IDN-01", "IDN-02", "IDN-03", "IDN-04", "LNG-04")
BORN, BORN_IN, POST, PAPERS, LIVING, OFFICIAL = "IDN-05", "IDN-06", "IDN-08", "IDN-09", "IDN-10", "OFF-02"
REACHED = "CTC-02"
OTHERS = {"CTC-06": "trusted", "CNS-17": "relative", "REP-02": "lawyer"}  # contacts of others, and what they are
UNWANTED = "REP-05"
WITNESS_NAME, WITNESS_CONTACT = "WIT-02", "WIT-03"
NUMBERED = re.compile(r"[^\W\d]+\s*(?:№|#|номер|нумар|no\.?)?\s*\d{1,4}(?!\d)", re.IGNORECASE)
QUOTED = re.compile(r"[«\"„“]([^»\"“”]{2,80})[»\"“”]")


def identity_of(known: Identity, account: Account, sealed: Iterable[OpenedVersion] = ()) -> Identity:
    """The key table with everything that the answers of all versions say; what was known keeps its code.

    sealed: the versions of the sealed part, where it is open to whoever asks, for the names of witnesses.
    """
    apart = list(sealed)
    found = [term for version in account.versions for term in _of_version(version, known.code)]
    found += _witnesses(account, apart) if apart else []
    born = day(account.answer(BORN) or {})
    return Identity(known.code, known.with_terms(found).terms, born or known.born)


def _of_version(version: OpenedVersion, code: str) -> Iterator[Term]:
    answers = {key: answer for section in version.sections.values() for key, answer in section.items()}
    for question in NAMED:
        yield Term(NAME, words(answers.get(question, {})), code)
    yield Term(BIRTH_PLACE, place(answers.get(BORN_IN, {})))
    yield Term(ADDRESS, words(answers.get(POST, {})))
    for question in (REACHED, POST, *OTHERS):
        yield Term(CONTACT, words(answers.get(question, {})))
    for question, relation in OTHERS.items():
        yield Term(RELATIVE, " ".join(names_in(words(answers.get(question, {})))), f"{RELATION}{relation}")
    yield Term(OTHER, " ".join(names_in(words(answers.get(UNWANTED, {})))))
    yield Term(DOCUMENT, beside(answers.get(PAPERS, {})))
    yield Term(DOCUMENT, words(answers.get(OFFICIAL, {})))
    yield from _living(words(answers.get(LIVING, {})))


def _living(text: str) -> Iterator[Term]:
    """What the person did: kinds of work, and by what the place of work or study can be told apart."""
    for word in words_in(text):
        if name := class_of(word):
            yield Term(PROFESSION, word, f"{CLASS}{name}")
    for found in NUMBERED.finditer(text):
        yield Term(SCHOOL, found[0])
    yield Term(EMPLOYER, " ".join(dict.fromkeys([*names_in(text), *words_in(" ".join(QUOTED.findall(text)))])))


def _witnesses(account: Account, sealed: Iterable[OpenedVersion]) -> list[Term]:
    """The names on the cards of witnesses, with the codes that the annexes give them."""
    found = list[Term]()
    for code, card in coded(cards_of(merged(account, sealed), ()), WITNESSES, "W", 2):
        found.append(Term(WITNESS, words(card.answers.get(WITNESS_NAME, {})), code))
        found.append(Term(CONTACT, words(card.answers.get(WITNESS_CONTACT, {}))))
    return found


def names_in(text: str) -> list[str]:
    """The words of a note that may be names: with a capital, and none of those that everybody writes."""
    return [word for word in words_in(text) if _may_be_name(word)]


def _may_be_name(word: str) -> bool:
    is_written_so = word[:1].isupper() and word.isalpha() and len(word) > 1
    return is_written_so and not wording.is_common(word, "people", "words")
