"""What comes next, and how far a section is."""

from typing import Any

import pytest

from cases.statement import catalogue
from cases.statement.asked import is_asked
from intake import wizard
from intake.wizard import State

STORY, STATUS = catalogue.section("story"), catalogue.section("status")
SHOWN: dict[str, Any] = {"value": None, "lang": "be"}


def test_the_first_contact_has_five_pages_and_the_address_stands_beside_its_channel() -> None:
    pages = [[question.id for question in page] for page in wizard.first_pages()]
    assert pages == [["ELG-01"], ["ELG-02"], ["SAF-04"], ["CTC-01", "CTC-02"], ["CNS-01"]]


def test_an_empty_answer_counts_but_the_consent_to_read_does_not() -> None:
    answers = dict.fromkeys((each.id for each in catalogue.section("first").questions), SHOWN)
    assert wizard.missing_page({}) == 1
    assert wizard.missing_page({key: answers[key] for key in ("ELG-01", "ELG-02", "SAF-04")}) == 4
    assert wizard.missing_page(answers) == 5
    assert wizard.missing_page({**answers, "CNS-01": {"value": "yes"}}) is None


@pytest.mark.parametrize(
    ("channel", "keeps_address"),
    [
        ({"value": "signal"}, True),
        ({"value": "code_only"}, False),
        ({"value": None, "said": "unsaid"}, False),
        ({"value": None}, True),
    ],
)
def test_an_address_is_sent_only_when_its_channel_was_not_given_up(channel: dict, keeps_address: bool) -> None:
    answers = {"CTC-01": channel, "CTC-02": {"value": "+48 555"}}
    assert ("CTC-02" in wizard.asked_only(answers)) is keeps_address


def test_the_facility_is_asked_only_after_a_place_that_is_one() -> None:
    pages = STORY.card_pages
    places = [[question.id for question in page] for page in pages]
    kinds, facility = places.index(["EPI-04"]) + 1, places.index(["EPI-05"]) + 1
    assert wizard.step_after(pages, kinds, {"EPI-04": {"value": ["street"]}}) == facility + 1
    assert wizard.step_after(pages, kinds, {"EPI-04": {"value": ["street", "prison"]}}) == facility
    assert wizard.step_before(pages, facility + 1, {"EPI-04": {"value": ["street"]}}) == kinds
    assert wizard.step_after(pages, len(pages), {}) is None
    assert wizard.step_before(pages, 1, {}) is None


def test_a_question_that_hangs_on_another_of_its_page_stands_there_with_it() -> None:
    channel, address = catalogue.question("CTC-01"), catalogue.question("CTC-02")
    assert wizard.on_page((channel, address), {}) == [channel, address]
    assert wizard.on_page((address,), {"CTC-01": {"value": "code_only"}}) == []


EVERY = {each.id: SHOWN for page in (*STATUS.pages,) for each in page}


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({}, State.NONE),
        ({"IMM-01": SHOWN}, State.SOME),
        (EVERY, State.DONE),
        ({"IMM-01": SHOWN, "TEL-07": {"value": "yes"}}, State.PERSON),
        ({"IMM-01": SHOWN, "TEL-07": {"value": None}}, State.SOME),
    ],
)
def test_o4_states_of_a_section(answers: dict, state: State) -> None:
    assert wizard.state(STATUS, {"status": answers}) is state


def test_a_section_with_cards_is_done_when_each_card_is() -> None:
    once = {each.id: SHOWN for page in STORY.pages for each in page}
    card = {each.id: SHOWN for page in STORY.card_pages for each in page}
    assert wizard.state(STORY, {}) is State.NONE
    assert wizard.state(STORY, {"story": once}) is State.SOME
    assert wizard.state(STORY, {"story": once, "story-1": {"EPI-02": SHOWN}}) is State.SOME
    assert wizard.state(STORY, {"story": once, "story-1": card, "story-2": card}) is State.DONE
    assert wizard.card_state(STORY, 2, {"story-2": {"EPI-02": SHOWN}}) is State.SOME


def test_a_section_is_opened_where_it_was_left() -> None:
    pages = STORY.card_pages
    first = pages[0][0].id
    assert wizard.first_open_step(pages, {}, {}) == 1
    assert wizard.first_open_step(pages, {}, {first: SHOWN}) == 2
    assert wizard.first_open_step(pages, {}, {each.id: SHOWN for page in pages for each in page}) == 1


@pytest.mark.parametrize(
    ("now", "home", "is_in_danger"),
    [
        ("belarus", "LT", True),
        ("safe_abroad", "BY", False),
        (None, "RU", True),
        (None, "LT", False),
        (None, None, False),
    ],
)
def test_s2_in_belarus_or_russia_only_the_first_contact(now: str | None, home: str | None, is_in_danger: bool) -> None:
    assert wizard.is_in_danger({"SAF-02": {"value": now}, "ELG-02": {"value": home}}) is is_in_danger


@pytest.mark.parametrize("teller", ["family", "helper", "lawyer", "for_detained", "for_dead"])
def test_the_story_freezes_until_the_person_was_asked(teller: str) -> None:
    answers = {"SAF-03": {"value": teller}, "REP-08": {"value": "not_asked"}}
    assert wizard.is_frozen(answers)
    assert wizard.asks_safety_alone(answers)
    assert not wizard.is_frozen(answers | {"REP-08": {"value": "agrees"}})
    assert not wizard.is_frozen({"SAF-03": {"value": teller}})


@pytest.mark.parametrize("teller", ["self", "witness", None])
def test_a_story_of_the_own_never_freezes(teller: str | None) -> None:
    assert not wizard.is_frozen({"SAF-03": {"value": teller}, "REP-08": {"value": "not_asked"}})


OTHERS = ("family", "helper", "lawyer", "witness", "for_detained", "for_dead")


@pytest.mark.parametrize("teller", OTHERS)
def test_nobody_is_asked_about_sexual_violence_or_sealed_things_for_another(teller: str) -> None:
    answers = {"SAF-03": {"value": teller}, "CNS-13": {"value": "yes"}, "EPI-10": {"value": "here"}}
    for section in catalogue.sections():
        for question in section.questions:
            if question.compartment == "sealed" or question.id in ("EPI-09", "EPI-15"):
                assert not is_asked(question, answers), question.id


def test_the_person_is_asked_all_of_it_as_before() -> None:
    answers = {"SAF-03": {"value": "self"}, "CNS-13": {"value": "yes"}, "EPI-10": {"value": "here"}}
    for question_id in ("EPI-09", "EPI-10", "EPI-11", "EPI-15", "EXL-03", "PRP-12"):
        assert is_asked(catalogue.question(question_id), answers), question_id
        assert is_asked(catalogue.question(question_id), {k: v for k, v in answers.items() if k != "SAF-03"})
