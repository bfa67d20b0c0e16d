"""Answers and days in words."""

from datetime import date

import pytest

from cases.statement import days, wording
from cases.statement.catalogue import question


@pytest.mark.parametrize(
    ("question_id", "answer", "expected"),
    [
        ("ELG-02", {"value": "LT", "lang": "be"}, ["Літва"]),
        ("ELG-02", {"value": "ZZ", "other": "Японія", "lang": "be"}, ["Іншая краіна", "Японія"]),
        ("ELG-02", {"value": None, "said": "unsaid", "lang": "be"}, ["Не хачу казаць"]),
        ("EPI-04", {"value": ["street", "home"], "lang": "be"}, ["Вуліца або плошча", "Мой дом"]),
        ("EPI-06", {"value": {"town": "Мінск", "text": "двор"}, "lang": "be"}, ["Мінск", "двор"]),
        ("EPI-08", {"value": "Мяне спынілі.", "lang": "be"}, ["Мяне спынілі."]),
        ("CNS-01", {"value": "yes", "lang": "be"}, ["Так, можна прачытаць гэта і адказаць мне"]),
        ("TEL-02", {"value": "yes", "lang": "be"}, ["Я хачу расказаць гэта толькі чалавеку"]),
        ("EPI-08", {"value": None, "lang": "be"}, []),
        ("EPI-08", None, []),
    ],
)
def test_an_answer_in_words(question_id: str, answer: dict | None, expected: list[str]) -> None:
    assert wording.lines(question(question_id), answer, "be") == expected


def test_a_date_says_what_is_known_and_how_exact_it_is() -> None:
    value = {"year": 2020, "month": 8, "day": 9, "part": "night", "precision": "few_days", "anchor": "пасля выбараў"}
    lines = wording.lines(question("EPI-02"), {"value": value, "lang": "be"}, "be")
    assert lines == ["9 жніўня 2020", "Уначы", "З дакладнасцю да некалькіх дзён", "пасля выбараў"]


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        ({"year": 2020, "month": 12}, "be", "снежань 2020"),
        ({"year": 2020, "month": 12, "day": 1}, "be", "1 снежня 2020"),
        ({"year": 2020}, "ru", "2020"),
        ({"month": 5, "day": 9}, "ru", "9 мая"),
        ({"year": 2021, "month": 3, "day": 2}, "en", "2 March 2021"),
        ({}, "en", ""),
    ],
)
def test_the_known_parts_of_a_date(value: dict, language: str, expected: str) -> None:
    assert days.known_parts(value, language) == expected


def test_a_day_with_its_weekday() -> None:
    day = date(2026, 11, 25)
    assert days.day_in_words(day, "be") == "25 лістапада (серада)"
    assert days.day_in_words(day, "ru") == "25 ноября (среда)"
    assert days.day_in_words(day, "en") == "25 November (Wednesday)"
