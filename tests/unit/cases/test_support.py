"""What supports each element: what answers tell of, what they name, what is here; and when two are independent."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from cases import bearing, support
from cases.access import Account, OpenedVersion
from cases.elements import ELEMENTS
from cases.statement import catalogue, vocab
from cases.support import Bearing, Seen


def account(*versions: dict[str, dict[str, Any]]) -> Account:
    opened = [
        OpenedVersion(
            uuid4(), number, catalogue.VERSION, "be", date(2026, 11, 29),
            {key: {name: given if isinstance(given, dict) and "value" in given else {"value": given} for name, given in
                   answers.items()} for key, answers in sections.items()},
        )
        for number, sections in enumerate(versions)
    ]  # fmt: skip
    return Account(opened, [])


def seen(*versions: dict[str, dict[str, Any]], corrections: tuple[int, ...] = ()) -> Seen:
    content = json.loads(json.dumps(support.computed(account(*versions), corrections)))
    return Seen.from_json(content)


def words(found: Seen, code: str, *bearings: Bearing) -> str:
    by_code = dict(zip(ELEMENTS, found.supports(bearings), strict=True))
    return " + ".join(str(each) for each in by_code[code][1].words)


@pytest.mark.parametrize(
    ("sections", "code", "said"),
    [
        ({}, "T1", ""),
        ({"story-1": {"EPI-08": "Словы."}}, "T1", "account"),
        ({"story-1": {"EPI-08": "Словы."}}, "D1", ""),
        ({"story-1": {"EPI-08": {"value": None, "said": "unsaid"}}}, "T1", ""),
        ({"you": {"ELG-06": "no"}}, "T4", ""),
        ({"you": {"ELG-06": "ordered"}}, "T4", "account"),
        ({"story-1": {"EPI-21": ["none"]}}, "T2", ""),
        ({"story-1": {"EPI-19": {"value": ["no_words"], "other": "Смяяліся."}}}, "T3", "account"),
        ({"leaving": {"EXL-06": "yes"}}, "D3", ""),
        ({"leaving": {"EXL-06": "no"}}, "D3", "account"),
        ({"consent": {"CNS-09": "yes"}}, "H2", ""),
        ({"story-1": {"EPI-08": "Словы."}, "files": {"EVD-01": ["photo_injury"]}}, "T1", "account + photo named"),
        ({"papers": {"OFF-01": ["verdict"]}}, "H6", "paper named"),
        ({"witnesses": {"WIT-00": ["cellmate"]}, "story-1": {"EPI-04": ["prison"]}}, "H5", "account + witness"),
        ({"witnesses": {"WIT-00": ["none"]}}, "H2", ""),
        ({"health": {"CSQ-04": "ip"}}, "T1", "medical care named"),
        ({"health": {"CSQ-04": "none"}}, "T1", ""),
    ],
)
def test_an_answer_counts_for_the_elements_of_its_question_when_it_tells_of_something(
    sections: dict[str, dict[str, Any]], code: str, said: str
) -> None:
    assert words(seen(sections), code) == said


def of_files(*authors: str) -> Seen:
    return seen({f"files-{number}": {"EVD-05": author} for number, author in enumerate(authors, start=1)})


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        (("doctor", "state"), "several independent"),
        (("doctor", "doctor"), "paper"),
        (("doctor", "me"), "paper"),
        (("family", "org"), "paper"),
        (("unknown", "state"), "paper"),
        (("doctor", ""), "paper"),
    ],
)
def test_several_are_independent_only_when_answers_say_that_they_come_from_different_hands(
    authors: tuple[str, ...], said: str
) -> None:
    bearings = [Bearing(number, "paper", frozenset({"H6"})) for number in (1, 2)]
    assert words(of_files(*authors), "H6", *bearings) == said
    assert words(of_files(*authors), "T1", *bearings) == ""
    assert words(of_files(*authors), "H6", bearings[0]) == "paper"


def test_what_is_here_is_not_said_to_be_only_named() -> None:
    found = seen({"story-1": {"EPI-08": "Словы."}, "files": {"EVD-01": ["photo_injury", "medical"]}})
    photo = Bearing(1, "photo", frozenset({"T1"}))
    assert words(found, "T1", photo) == "account + photo + medical care named"
    assert next(each.strength for _, each in found.supports([photo])) == 2


def test_a_correction_takes_the_place_of_what_it_corrects_and_an_addition_does_not() -> None:
    first, then = {"you": {"ELG-06": "did_it"}}, {"you": {"ELG-06": "no"}}
    assert words(seen({}, first, then, corrections=(2,)), "T4") == ""
    assert words(seen({}, first, then), "T4") == "account"


def test_people_have_codes_and_only_answers_from_lists() -> None:
    first = {
        "people-1": {"PRP-01": "person", "PRP-04": "gubopik", "PRP-07": "Высокі."},
        "witnesses-1": {"WIT-01": "yes", "WIT-04": "BY", "WIT-05": "Бачыў."},
    }
    then = {"people-1": {"PRP-01": "group"}}
    added, corrected = seen({}, first, then), seen({}, first, then, corrections=(2,))
    assert [each.code for each in added.people] == ["P-01", "W-01", "P-02"]
    assert [each.said.get("PRP-01") for each in corrected.people if not each.is_witness] == [["group"]]
    assert added.people[1].words("en") == ["agreed that we know the name", "in Belarus: never contact"]
    assert "Высокі" not in json.dumps(support.computed(account({}, first)), ensure_ascii=False)


def test_every_code_of_the_tables_is_a_code_of_the_lists() -> None:
    for question_id, table in (*bearing.NAMED.items(), *bearing.BY_NO.items()):
        question = catalogue.question(question_id)
        assert set(table) <= {code for name in question.lists for code in vocab.codes(name)}, question_id
    kinds = {kind for table in bearing.NAMED.values() for kind, _ in table.values()}
    assert kinds <= set(support.SAID)
    assert {code for table in bearing.NAMED.values() for _, codes in table.values() for code in codes} <= set(ELEMENTS)
    assert set(vocab.codes("file_author")) >= bearing.APART
