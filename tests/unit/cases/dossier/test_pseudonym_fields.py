"""The pseudonymised dossier as data: every field is decided about, and nothing that identifies is left in any."""

import dataclasses
import json
from dataclasses import fields, is_dataclass, replace
from typing import get_args, get_type_hints

import pytest

from cases.dossier.build import build
from cases.dossier.context import FiledExhibit
from cases.dossier.errors import BadInput
from cases.dossier.inputs import AccountSection, DossierInput, FactSentence
from cases.dossier.paragraphs import number_account
from cases.dossier.points import open_in
from cases.dossier.pseudonym.fields import FIELDS, Undeclared, pseudonymised
from cases.dossier.pseudonym.replace import RULES
from cases.dossier.pseudonym.table import KINDS, Identity, Term
from cases.dossier.sourced import Ground, without_source
from tests.factories.pseudonym import CODE, WHO, leaks, own, rich_input

FILED = (FiledExhibit("E-001", "E-001_sheet.pdf", "a" * 64, 1, "x"),)
NOT_IN_THE_FULL_ONE = {"identity", "witness_contacts", "whereabouts", "papers", "certificates", "mandate", "filing"}


def reachable(kind: type, found: set[type]) -> set[type]:
    """Every dataclass of which a dossier is made."""
    if is_dataclass(kind) and kind not in found:
        found.add(kind)
        for hint in get_type_hints(kind).values():
            for part in (hint, *get_args(hint), *(deep for each in get_args(hint) for deep in get_args(each))):
                if isinstance(part, type):
                    reachable(part, found)
    return found


def text_of(data: DossierInput) -> str:
    return json.dumps(json.loads(data.to_bytes()), ensure_ascii=False)


def printed(data: DossierInput) -> str:
    return json.dumps(build(data, FILED).to_plain(), ensure_ascii=False)


def test_something_is_decided_about_every_field():
    """Whoever adds a field to a dossier declares it in fields.FIELDS, or no pseudonymised one is made."""
    gone = {
        "Identity",
        "WitnessContact",
        "Whereabouts",
        "PaperInput",
        "Certificate",
        "Mandate",
        "Filing",
    }  # never in it
    for kind in reachable(DossierInput, set()):
        if kind.__name__ not in gone:
            assert set(FIELDS.get(kind, ())) == {each.name for each in fields(kind)}, kind.__name__
    assert not any(kind.__name__ in gone for kind in FIELDS)


def test_a_field_that_nobody_decided_about_stops_it(monkeypatch):
    monkeypatch.delitem(FIELDS[AccountSection], "hand")
    with pytest.raises(Undeclared, match=r"AccountSection\.hand"):
        pseudonymised(rich_input(), WHO)


def test_nothing_that_identifies_is_left_in_the_data_or_in_the_document():
    full = rich_input()
    made, counts = pseudonymised(full, WHO)
    assert set(leaks(text_of(full))) == set(RULES)  # the case has all of it
    assert leaks(text_of(made)) == {}
    assert leaks(printed(made)) == {}
    assert made.is_pseudonymised
    assert set(counts) <= {*KINDS, "cell", "day"}
    assert not NOT_IN_THE_FULL_ONE.intersection(name for name in NOT_IN_THE_FULL_ONE if getattr(made, name))


@pytest.mark.parametrize("rule", RULES)
def test_without_one_rule_the_search_finds_what_it_replaces(rule):
    others = {name: made for name, made in RULES.items() if name != rule}
    made, _ = pseudonymised(rich_input(), WHO, others)
    assert rule in leaks(text_of(made))


def test_it_comes_back_from_its_bytes_and_a_second_pass_changes_nothing():
    made, _ = pseudonymised(rich_input(), WHO)
    assert DossierInput.from_bytes(made.to_bytes()) == made
    again, _ = pseudonymised(made, WHO)
    assert again == made


def test_the_accused_keep_their_names_and_the_survivor_has_the_code():
    made, _ = pseudonymised(rich_input(), WHO)
    assert made.persons[0].name == "Людвік Бяздоннік"
    assert "Людвіка Бяздонніка" in made.account[0].answers[2].value
    assert made.complainant.name == CODE
    assert f"[{CODE}]" in made.facts[0].text


def test_exhibits_have_no_title_and_no_hash_and_only_this_rendering_may_do_without():
    made, _ = pseudonymised(rich_input(), WHO)
    assert [(each.name, each.sha256) for each in made.exhibits] == [("", ""), ("", "")]
    with pytest.raises(BadInput, match=r"exhibits\.sha256"):
        replace(made, rendering="full")


def test_days_stay_where_an_element_needs_them_and_become_months_elsewhere():
    made, _ = pseudonymised(rich_input(), WHO)
    assert [fact.on for fact in made.facts[:2]] == ["2020-08-13", "2021-06"]
    assert (made.episodes[0].begin, made.episodes[0].end, made.episodes[0].town) == ("2020-08-12", "2021-06", "")
    assert made.confirmed["acts"][0]["from"] == "2020-08-12"
    assert made.confirmed["complaints"][0]["date"] == "2021-06"


def test_public_findings_stay_word_for_word_and_their_points_with_them():
    full = rich_input()
    made, _ = pseudonymised(full, WHO)
    public = [fact for fact in full.facts if fact.source == "public"]
    assert public
    assert [fact for fact in made.facts if fact.source == "public"] == public
    assert open_in(made) == open_in(full)


def test_chosen_answers_stay_so_that_the_facility_is_kept():
    full = rich_input()
    made, _ = pseudonymised(full, replace(WHO, terms=(*WHO.terms, Term("birth_place", "Вуліца"))))
    assert made.account[0].answers[1] == full.account[0].answers[1]


def test_the_consent_record_is_a_reference_only():
    made, _ = pseudonymised(rich_input(), WHO)
    assert {each.answer for each in made.consent} == {"on record in the full set"}


@pytest.mark.parametrize("name", ["Ё", "Сыракваш", "Сыракваш " * 9])
def test_paragraphs_keep_their_numbers_however_long_what_stands_for_a_name_is(name):
    """Sentences point to paragraphs by number, and a paragraph that grows would else be cut anew."""
    sentence = f"{name} сказаў, што {name} быў там. "
    words = "\n\n".join((sentence * 40, "Другі.", "Трэці. " * 300, f"{name}"))
    section = AccountSection("episode-1", "x", 1, "2026-11-18", "be", (own("EPI-08", words, "be"),))
    long = Identity(CODE, (Term("name", "Сыракваш", "literal:" + "вельмі доўгая назва " * 9),))
    full = rich_input(account=(section,))
    made, _ = pseudonymised(full, long)
    before, after = number_account(full.account), number_account(made.account)
    assert len(before) == len(after) > 4
    assert [each.text.startswith("Другі") for each in before] == [each.text.startswith("Другі") for each in after]


def test_every_source_of_a_sentence_is_still_there():
    made, _ = pseudonymised(rich_input(), WHO)
    assert without_source(made.facts, Ground.of(made)) == ()


def test_a_sentence_of_ours_that_rests_on_a_public_source_is_read_too():
    fact = FactSentence("Report names Сыракваш.", "public", "O-001", "context")
    made, _ = pseudonymised(rich_input(facts=(fact,)), WHO)
    assert made.facts[0].text == f"Report names [{CODE}]."


def test_the_key_table_comes_back_and_keeps_a_code_that_was_given():
    assert Identity.from_plain(json.loads(json.dumps(WHO.to_plain()))) == WHO
    again = WHO.with_terms(
        [Term("witness", "Павел Шэршань", "W-09"), Term("witness", "Новы", "W-03"), Term("word", " ")]
    )
    assert {term.text: term.code for term in again.of(["witness"])}["Павел Шэршань"] == "W-01"
    assert len(again.terms) == len(WHO.terms) + 1
    assert dataclasses.replace(again, terms=()).year == "1987"
