"""The catalogue keeps its own rules."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from cases.statement import catalogue, checking, loading
from cases.statement.catalogue import EVERYWHERE, Question, Text

ALL = [question for section in catalogue.sections() for question in section.questions]
COUNTED = {  # of statement.md; the ninth of ELG is computed, the eighth of CTC is the yes to a neutral e-mail
    "SAF": 5, "LNG": 7, "ELG": 9, "CTC": 8, "CNS": 17, "IDN": 11, "EPI": 30, "PRP": 16, "WIT": 7, "EVD": 11, "OFF": 10,
    "CMP": 8, "CSQ": 8, "EXL": 11, "IMM": 4, "WSH": 6, "REP": 8, "SND": 4,
}  # fmt: skip
IDENTITY, SEALED = {"LNG", "CTC", "REP", "IDN"}, {"EPI-10", "EPI-11", "PRP-02", "PRP-12", "WIT-02", "WIT-03", "EXL-03"}


def texts(question: Question) -> list[str]:
    return [text[language] for text in all_of(question) for language in text]


def all_of(question: Question) -> list[Text]:
    found = [question.text, question.why, question.hint, question.tick, question.fold]
    found += [group.title for group in question.groups]
    found += [question.own_words.label] if question.own_words else []
    found += [question.notice.title, *question.notice.lines] if question.notice else []
    return [text for text in found if text]


def test_it_has_every_question_of_the_statement_once_and_a_mark_for_a_talk_in_each_section() -> None:
    asked = [question.id for question in ALL if question.type != "mark"]
    assert Counter(each[:3] for each in asked) == COUNTED
    assert len(set(asked)) == len(asked) == 180
    marks = [section.id for section in catalogue.sections() if section.tell is None]
    assert marks == ["first", "end", "after"]


def test_every_question_is_asked_on_a_page_but_those_that_are_not() -> None:
    pages = [page for each in catalogue.sections() for page in (*each.pages, *each.card_pages, *each.file_pages)]
    shown = {question.id for page in pages for question in page}
    assert {each.id for each in ALL if each.type != "mark"} - shown == {"ELG-S1", "EPI-29"}


def test_nothing_is_wrong_with_it() -> None:
    known = frozenset(catalogue.at(catalogue.VERSION).questions)
    assert [line for section in catalogue.sections() for line in checking.wrong_with(section, known)] == []


def test_what_is_wrong_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = json.loads((catalogue.DATA / catalogue.VERSION / "leaving.json").read_text(encoding="utf-8"))
    raw["questions"][3]["likely"] = ["nowhere"]
    raw["questions"][3]["text"]["ru"] = "Кто из виновных?"
    path = tmp_path / "leaving.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert checking.main([str(path)]) == 1
    told = capsys.readouterr().out
    assert "EXL-04: likely has unknown codes ['nowhere']" in told
    assert "EXL-04: ru says who is guilty" in told
    assert checking.main([]) == 0


def test_the_older_version_stays_readable() -> None:
    older = catalogue.at("2026-11")
    assert older.question("EPI-08").text["en"].startswith("Tell in your own words")
    assert older.section_of("EPI-05").id == "story"
    with pytest.raises(KeyError):
        catalogue.at("2020-01")


def test_the_first_contact_has_five_answers_and_an_address() -> None:
    first = [question.id for question in catalogue.section("first").questions]
    assert set(first) == {"ELG-01", "ELG-02", "SAF-04", "CTC-01", "CTC-02", "CNS-01"}
    assert all(set(text) == set(EVERYWHERE) for each in catalogue.section("first").questions for text in all_of(each))


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.id)
def test_each_question_says_who_sees_it_what_for_and_where_it_is_sealed(question: Question) -> None:
    assert question.seen_by
    assert question.purpose
    assert question.compartment in catalogue.COMPARTMENTS


def test_identity_and_the_sealed_part_hold_what_belongs_there() -> None:
    account = {"IDN-10", "IDN-11"}
    identity = {each.id for each in ALL if each.id[:3] in IDENTITY} | {"CNS-17", "SAF-05"}
    assert {each.id for each in ALL if each.compartment == "identity"} == identity - account
    assert {each.id for each in ALL if each.compartment == "sealed"} == SEALED


def test_own_words_come_before_the_list_of_what_was_done() -> None:
    pages = [question.id for page in catalogue.section("story").card_pages for question in page]
    assert pages.index("EPI-08") < pages.index("EPI-07") < pages.index("EPI-09")


def test_a_hard_question_stands_alone_and_nothing_is_ticked_before() -> None:
    pages = [page for each in catalogue.sections() for page in (*each.pages, *each.card_pages)]
    assert [page for page in pages if len(page) > 1 and any(each.notice for each in page)] == []
    assert [each.id for each in ALL if each.preset] == ["CNS-11"]


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.id)
def test_no_text_calls_anybody_guilty(question: Question) -> None:
    assert not [text for text in texts(question) if re.search("guilty|виновн|вінават", text, re.IGNORECASE)]


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.id)
def test_no_text_uses_a_straight_apostrophe(question: Question) -> None:
    assert not [text for text in texts(question) if "'" in text]


def test_the_first_contact_says_nothing_of_violence() -> None:
    words = re.compile("tortur|violen|пытк|насил|катаван|гвалт", re.IGNORECASE)
    assert not [text for each in catalogue.section("first").questions for text in texts(each) if words.search(text)]


def test_a_question_is_found_with_its_section() -> None:
    assert catalogue.section_of("EPI-08").id == "story"
    with pytest.raises(KeyError):
        catalogue.question("EPI-99")


@pytest.mark.parametrize(
    ("field", "value"),
    [("type", "drawing"), ("compartment", "open"), ("required", "X"), ("text", {"en": "One", "ru": "Два"})],
)
def test_a_broken_question_is_refused_by_name(field: str, value: object) -> None:
    raw = json.loads((catalogue.DATA / catalogue.VERSION / "story.json").read_text(encoding="utf-8"))
    raw["questions"][2][field] = value
    with pytest.raises(loading.BadCatalogue, match="EPI-02"):
        loading.section(raw)


def test_nobody_is_asked_at_what_time_of_day_they_were_born_or_a_permit_ends() -> None:
    assert {each.id for each in ALL if each.by_day} == {"ELG-03", "IDN-05", "IMM-02"}
    assert {each.type for each in ALL if each.by_day} == {"date~"}
