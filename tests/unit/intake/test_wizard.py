"""What comes next, and how far a section is."""

from typing import Any

import pytest

from cases.statement import catalogue
from intake import wizard
from intake.wizard import State

STORY = catalogue.section("story")
SHOWN: dict[str, Any] = {"value": None, "lang": "be"}


def test_the_first_contact_has_five_pages_and_the_address_stands_beside_its_channel() -> None:
    pages = [[question.id for question in page] for page in wizard.first_pages()]
    assert pages == [["ELG-01"], ["ELG-02"], ["SAF-04"], ["CTC-01", "CTC-02"], ["CNS-01"]]


def test_an_empty_answer_counts_but_the_consent_to_read_does_not() -> None:
    answers = dict.fromkeys(catalogue.FIRST_CONTACT, SHOWN)
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
    assert wizard.step_after(STORY, 3, {"EPI-04": {"value": ["street"]}}) == 5
    assert wizard.step_after(STORY, 3, {"EPI-04": {"value": ["street", "prison"]}}) == 4
    assert wizard.step_before(STORY, 5, {"EPI-04": {"value": ["street"]}}) == 3
    assert wizard.step_after(STORY, 7, {}) is None
    assert wizard.step_before(STORY, 1, {}) is None


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({}, State.NONE),
        ({"EPI-02": SHOWN}, State.SOME),
        ({each.id: SHOWN for each in STORY.pages if each.id != "EPI-05"}, State.DONE),
        ({"EPI-02": SHOWN, "TEL-02": {"value": "yes"}}, State.PERSON),
        ({"EPI-02": SHOWN, "TEL-02": {"value": None}}, State.SOME),
    ],
)
def test_o4_states_of_a_section(answers: dict, state: State) -> None:
    assert wizard.state(STORY, answers) is state


def test_a_section_is_opened_where_it_was_left() -> None:
    assert wizard.first_open_step(STORY, {}) == 1
    assert wizard.first_open_step(STORY, {"EPI-02": SHOWN, "EPI-03": SHOWN}) == 3
    assert wizard.first_open_step(STORY, {each.id: SHOWN for each in STORY.pages}) == 1
