"""From answers to the key table: what identifies, of which kind, and what stands for it."""

from datetime import date
from uuid import uuid4

import pytest

from cases.access import Account, OpenedVersion
from cases.dossier.pseudonym.table import (
    CLASS,
    CONTACT,
    DOCUMENT,
    EMPLOYER,
    NAME,
    PROFESSION,
    RELATIVE,
    SCHOOL,
    Identity,
    Term,
)
from cases.pseudonyms.answers import identity_of, names_in

EMPTY = Identity("C-1")


def told(**answers) -> OpenedVersion:
    """A version with answers by question id, a low line for the hyphen."""
    section = {name.replace("_", "-"): {"value": value, "lang": "be"} for name, value in answers.items()}
    return OpenedVersion(uuid4(), 1, "2026-12", "be", date(2026, 11, 18), {"s": section})


def terms(*versions: OpenedVersion, known: Identity = EMPTY) -> set[tuple[str, str, str]]:
    found = identity_of(known, Account(list(versions), []))
    return {(term.kind, term.text, term.code) for term in found.terms}


def test_names_of_every_version_are_known_and_get_the_code():
    found = terms(told(IDN_01="Сыракваш", LNG_04="Птушка"), told(IDN_01="Зязюля"))
    assert {(NAME, each, "C-1") for each in ("Сыракваш", "Птушка", "Зязюля")} <= found


def test_the_birth_date_is_as_exact_as_it_was_given():
    born = {"year": "1987", "month": "3", "day": "11"}
    assert identity_of(EMPTY, Account([told(IDN_05=born)], [])).born == "1987-03-11"
    assert identity_of(EMPTY, Account([told(IDN_05={"year": "1987"})], [])).born == "1987"
    assert identity_of(Identity("C-1", born="1987-03"), Account([told()], [])).born == "1987-03"


def test_a_living_is_a_kind_of_work_an_employer_and_a_school():
    found = terms(told(IDN_10="настаўнік хіміі, гімназія № 37, ААТ «Крышталік», завод Бяліца"))
    assert (PROFESSION, "настаўнік", f"{CLASS}education") in found
    assert (SCHOOL, "гімназія № 37", "") in found
    assert any(kind == EMPLOYER and "Крышталік" in text and "Бяліца" in text for kind, text, _ in found)


def test_others_whom_one_may_ask_are_called_by_what_they_are():
    found = terms(told(CTC_06="Мая сястра Вольга, +370 612 34567", REP_02="адвакат Несцяровіч"))
    assert (RELATIVE, "Вольга", "relation:trusted") in found
    assert (RELATIVE, "Несцяровіч", "relation:lawyer") in found
    assert any(kind == CONTACT and "+370" in text for kind, text, _ in found)


def test_numbers_of_papers_come_from_both_questions():
    version = told(OFF_02="пратакол 1234567")
    version.sections["s"]["IDN-09"] = {"value": ["by_passport"], "other": "MP 7654321", "lang": "be"}
    assert {(DOCUMENT, "пратакол 1234567", ""), (DOCUMENT, "MP 7654321", "")} <= terms(version)


def test_the_names_of_witnesses_come_from_the_sealed_part_when_it_is_open():
    version = told()
    version.sections["witnesses"] = {}
    sealed = OpenedVersion(version.id, 1, "2026-12", "be", version.sent_on, {
        "witnesses-1": {"WIT-02": {"value": "Павел Шэршань", "lang": "be"}}})  # fmt: skip
    without = identity_of(EMPTY, Account([version], []))
    assert not [term for term in without.terms if term.text == "Павел Шэршань"]
    found = identity_of(EMPTY, Account([version], []), [sealed])
    assert Term("witness", "Павел Шэршань", "W-01") in found.terms


def test_what_is_known_keeps_its_code():
    known = Identity("C-1", (Term(RELATIVE, "Вольга", "relation:sister"),))
    assert (RELATIVE, "Вольга", "relation:sister") in terms(told(CTC_06="Вольга"), known=known)


@pytest.mark.parametrize(
    ("text", "names"),
    [("Мой брат Пятро або Ганна", ["Пятро", "Ганна"]), ("тэл 123", []), ("Signal, толькі вечарам", []), ("", [])],
)  # fmt: skip
def test_names_in_a_note_are_words_with_a_capital_that_are_no_common_words(text, names):
    assert names_in(text) == names
