"""Proposed sentences are careful and sourced; proposed rows of elements never claim more than there is."""

import pytest

from cases.dossier.elements import propose_elements
from cases.dossier.inputs import STRENGTHS, PublicSource
from cases.dossier.public import public_context
from cases.dossier.sentences import propose_sentences
from tests.factories.dossier import FACTS, account


def test_every_sentence_has_a_source_and_speaks_in_the_third_person():
    made = propose_sentences(FACTS, account())
    assert made
    for fact in made:
        assert fact.where.startswith(("¶", "EPI-"))
        assert fact.text.endswith(".")
        assert not {"I", "he", "she", "his", "her"} & set(fact.text.replace(",", "").split())


def test_confirmed_acts_become_a_dated_sentence():
    texts = {fact.text: fact for fact in propose_sentences(FACTS, account())}
    text = "According to the account, the acts took place in Belarus between 12 August 2020 and 14 August 2020."
    assert texts[text].on == "2020-08-12"
    assert texts[text].where == "EPI-02"


def test_chosen_answers_are_quoted_as_chosen():
    made = {fact.where: fact for fact in propose_sentences(FACTS, account())}
    assert made["EPI-28"].text == "Asked how it ended, the complainant answered: “Released”."
    assert made["EPI-28"].note == "answer chosen from a list"


def test_own_words_are_never_turned_into_sentences():
    text = " ".join(fact.text for fact in propose_sentences(FACTS, account("Адзін сказаў: «Ідзі ў машыну».")))
    assert text.isascii() or not any("а" <= letter <= "я" for letter in text.lower())


def test_no_facts_make_no_sentences():
    assert propose_sentences({}, ()) == []
    assert propose_sentences({"acts": [{}], "displacement": {}}, ()) == []


def test_two_episodes_are_told_apart():
    places = {fact.where for fact in propose_sentences({}, account() + account())}
    assert {"episode 1, EPI-28", "episode 2, EPI-28"} <= places


@pytest.mark.parametrize("facts", [FACTS, {}, {"acts": [{"crime_facts": ["custody"]}]}])
def test_rows_use_the_five_words_of_strength_and_never_say_proved(facts):
    rows = propose_elements(facts, account())
    assert {row.strength for row in rows} <= {"none", "account only"} <= set(STRENGTHS)
    assert "prove" not in " ".join(f"{row.element} {row.gap} {row.strength}" for row in rows)


def test_own_words_support_an_element_only_when_the_fact_is_confirmed():
    custody = {row.code: row for row in propose_elements({"acts": [{"crime_facts": ["custody"]}]}, account())}
    assert custody["H5"].paragraphs.startswith("¶ 1 to ")
    assert not custody["T2"].paragraphs
    assert custody["T2"].strength == "none"


def test_rows_on_deportation_need_displacement():
    assert any(row.group.startswith("Deportation") for row in propose_elements(FACTS, account()))
    assert not any(row.group.startswith("Deportation") for row in propose_elements({}, account()))


def test_two_public_sources_bear_on_the_attack_alone():
    sources = [PublicSource(f"O-00{n}", "t", "a", "2026-11-20") for n in (1, 2)]
    rows = propose_elements({}, (), sources)
    strong = {row.code for row in rows if row.strength == "several independent"}
    assert strong == {"H1", "H2, H3"}


def test_public_findings_meet_the_place_and_the_time():
    found = public_context(FACTS)
    assert [source.id for source in found.sources] == ["O-001", "O-002", "O-003"]
    assert {fact.where for fact in found.sentences} == {"O-001", "O-002", "O-003"}
    assert all((fact.source, fact.topic) == ("public", "context") for fact in found.sentences)


@pytest.mark.parametrize("act", [{}, {"country": "LT", "from": "2020-08-12"}, {"country": "BY", "from": "2010-12-19"}])
def test_other_places_and_times_find_nothing(act):
    assert public_context({"acts": [act]}).sources == ()


def test_a_later_act_finds_only_the_sources_that_reach_it():
    assert len(public_context({"acts": [{"country": "BY", "from": "2021-05-01", "to": "2021-06-01"}]}).sources) == 2


def test_each_public_source_is_dated_and_addressed():
    for source in public_context({"acts": [{"country": "BY"}]}).sources:
        assert source.address.startswith("https://")
        assert source.day == "2026-11-22"
