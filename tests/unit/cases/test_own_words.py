"""Own words beside a list, with a code or without one: whoever reads the account sees them as the person's own."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from cases import reading
from cases.access import Account, OpenedVersion
from cases.statement import catalogue, states

WITH_WORDS = [each for section in catalogue.sections() for each in section.questions if each.own_words]
WORDS = "Глядзеў убок і маўчаў"


def read(question_id: str, answer: dict[str, object], version: str = catalogue.VERSION) -> reading.Item:
    section = catalogue.at(version).section_of(question_id)
    question = catalogue.at(version).question(question_id)
    key = f"{section.id}-1" if question.per else section.id
    opened = OpenedVersion(
        uuid4(), 1, version, "be", date(2026, 11, 29), {key: {question_id: {**answer, "lang": "be"}}}
    )
    [sheet] = reading.sheets(Account([opened], []))
    [part] = sheet.parts
    [item] = part.items
    return item


@pytest.mark.parametrize("question", WITH_WORDS, ids=lambda question: question.id)
def test_own_words_without_a_code_are_paragraphs_of_the_person(question: catalogue.Question) -> None:
    item = read(question.id, {"value": None, "other": WORDS})
    assert [paragraph.text for paragraph in item.paragraphs] == [WORDS]
    assert item.chosen == []
    assert item.language == "be"


@pytest.mark.parametrize("question", WITH_WORDS, ids=lambda question: question.id)
def test_beside_a_code_they_stay_apart_from_it(question: catalogue.Question) -> None:
    code = next(iter(question.own_words.codes if question.own_words else ()), "") or "none"
    item = read(question.id, {"value": [code] if question.type == "choiceN" else code, "other": WORDS})
    assert [paragraph.text for paragraph in item.paragraphs] == [WORDS]
    assert WORDS not in item.chosen


@pytest.mark.parametrize("version", ["2026-11", catalogue.VERSION])
@pytest.mark.parametrize("code", ["BY", "JP", "XK", "KR"])
def test_a_state_has_its_name_in_an_account_of_every_version(version: str, code: str) -> None:
    assert read("ELG-01", {"value": code}, version).chosen == [states.name(code, "en")]


def test_an_account_of_before_shows_the_country_as_it_was_typed() -> None:
    item = read("ELG-02", {"value": "ZZ", "other": "Японія"}, "2026-11")
    assert item.chosen == ["Another country"]
    assert [paragraph.text for paragraph in item.paragraphs] == ["Японія"]
