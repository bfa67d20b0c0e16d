"""What a reader of an account is shown: folds by the catalogue's topics, corrections beside the earlier, remarks."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from cases import reading
from cases.access import Account, OpenedVersion
from cases.remarks import remarks
from cases.statement import catalogue

LONG = " ".join(["слова"] * 320)


def version(number: int, sections: dict[str, dict[str, Any]], of: str = catalogue.VERSION) -> OpenedVersion:
    told = {
        key: {name: {"value": value, "lang": "be"} for name, value in answers.items()}
        for key, answers in sections.items()
    }
    return OpenedVersion(uuid4(), number, of, "be", date(2026, 11, 29), told)


def runs(*versions: OpenedVersion) -> list[reading.Run]:
    return [run for sheet in reading.sheets(Account(list(versions), [])) for part in sheet.parts for run in part.runs]


def test_violent_answers_that_stand_together_are_one_fold_and_places_go_through_a_version() -> None:
    story = {
        "EPI-06": {"town": "Мінск"}, "EPI-08": f"{LONG}\n{LONG}", "EPI-07": ["bus"], "EPI-09": ["beat_object"],
        "EPI-12": ["kill"], "EPI-13": ["water"],
    }  # fmt: skip
    found = runs(version(3, {"story-1": story, "story-2": {"EPI-08": "Коратка."}}))
    assert [(run.place, [item.key for item in run.items]) for run in found] == [
        ("", ["story-1/EPI-06"]),
        ("3-1", ["story-1/EPI-08"]),
        ("", ["story-1/EPI-07"]),
        ("3-2", ["story-1/EPI-09", "story-1/EPI-12"]),
        ("", ["story-1/EPI-13"]),
        ("3-3", ["story-2/EPI-08"]),
    ]
    assert [run.title for run in found if run.place] == [
        "Paragraphs 2 to 3: What was done, in own words", "Kinds of violence; Threats",
        "Paragraph 4: What was done, in own words",
    ]  # fmt: skip
    assert [run.length for run in found if run.place] == [
        "About 4 minutes to read.", "Less than a minute to read.", "Less than a minute to read.",
    ]  # fmt: skip


def test_every_answer_before_which_the_person_was_warned_is_folded_for_the_reader() -> None:
    hard = [each for section in catalogue.sections() for each in section.questions if each.notice]
    bare = [each.id for each in hard if each.compartment == "account" and not each.topic]
    assert bare == ["PRP-00"], "a yes or no, of which there is nothing to read"


def test_an_account_of_before_is_folded_by_the_topics_of_today() -> None:
    [run] = runs(version(1, {"story": {"EPI-08": "Коратка."}}, of="2026-11"))
    assert run.place == "1-1"


def test_questions_and_topics_are_in_the_language_of_the_reader_and_answers_stay_as_they_are() -> None:
    with translation.override("ru"):
        [run] = runs(version(1, {"story-1": {"EPI-08": "Коратка."}}))
    assert run.topics == ["Что с ними делали, своими словами"]
    assert run.items[0].paragraphs[0].text == "Коратка."
    with translation.override("ar"):
        [run] = runs(version(1, {"story-1": {"EPI-08": "Коратка."}}))
    assert run.topics == ["What was done, in own words"]


def test_a_correction_stands_beside_what_it_corrects_and_an_addition_does_not() -> None:
    told = [version(1, {"you": {"LNG-04": "Аміна"}}), version(2, {"you": {"LNG-04": "Ася", "ELG-08": "yes"}})]
    [newest, first] = reading.sheets(Account(told, []), corrections=[2])
    assert [item.earlier and item.earlier[1].paragraphs[0].text for item in newest.parts[0].items] == ["Аміна", None]
    assert (newest.parts[0].corrects, newest.parts[0].corrected, first.parts[0].corrected) == (1, 1, 0)
    assert reading.sheets(Account(told, []))[0].parts[0].corrected == 0


@pytest.mark.parametrize(
    ("question", "value", "said"),
    [
        ("EPI-02", {"year": 2020, "month": 8, "day": 12}, []),
        ("EPI-02", {"year": 2020, "month": 8}, ["between 1 August 2020 and 31 August 2020"]),
        (
            "EPI-02",
            {"year": 2020, "month": 8, "day": 12, "precision": "few_days"},
            ["between 8 August 2020 and 16 August 2020"],
        ),
        ("EPI-02", {"anchor": "праз два дні"}, []),
        ("EPI-06", {"town": "Мінск", "text": "двор за крамай"}, ["place: not matched with the list"]),
        (
            "EPI-06",
            {"town": "Магілёў", "text": "турма 4"},
            ["place: perhaps, by its name, Mahiliou: prison no. 4 (Prison-4)"],
        ),
    ],
)
def test_what_the_system_can_say_of_a_day_and_a_place(question: str, value: dict[str, Any], said: list[str]) -> None:
    assert remarks(catalogue.question(question), {question: {"value": value}}, "en") == said


def test_the_story_says_below_when_and_where_as_it_was_answered() -> None:
    beside = {
        "EPI-02": {"value": {"year": 2020, "month": 8, "day": 12, "part": "evening"}},
        "EPI-05": {"value": "zhodzina_prison8"},
        "EPI-08": {"value": "Коратка."},
    }
    when, where = remarks(catalogue.question("EPI-08"), beside, "en")
    assert when == "12 August 2020, in the evening"
    assert where.startswith("place: ")
    assert where.endswith(", chosen from the list")
    beside |= {"EPI-05": {"value": "not_listed"}, "EPI-02": {"said": "forgotten"}}
    assert remarks(catalogue.question("EPI-08"), beside, "en") == []
